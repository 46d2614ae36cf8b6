"use strict";
// A layer that draws SVG in the map's own pixels: places itself again when the view has changed, hides while Leaflet zooms.

(function (page) {
  page.Drawing = L.Layer.extend({
    options: { pane: "drawing", zIndex: 400, label: "" },

    onAdd(map) {
      const pane = map.getPane(this.options.pane) || map.createPane(this.options.pane);
      pane.style.zIndex = this.options.zIndex;
      this._svg = page.svg("svg", { class: "drawing leaflet-zoom-hide", ...(this.options.label ? { role: "group", "aria-label": this.options.label } : { "aria-hidden": "true" }) });
      pane.append(this._svg);
      this.draw();
      return this;
    },

    onRemove() {
      this._svg.remove();
      this._svg = null;
    },

    /** To be overridden. */
    draw() {},

    /** The visible part of the map in layer pixels, [left, top, right, bottom], less a margin. */
    view(margin) {
      const topLeft = this._map.containerPointToLayerPoint([0, 0]);
      const size = this._map.getSize();
      return [topLeft.x + margin, topLeft.y + margin, topLeft.x + size.x - margin, topLeft.y + size.y - margin];
    },

    /** Layer pixels of a place, worked out once for a zoom: a step of the day asks for hundreds. */
    spot(place) {
      const [origin, zoom] = [this._map.getPixelOrigin(), this._map.getZoom()];
      if (!this._spots || origin !== this._spots.origin || zoom !== this._spots.zoom) this._spots = { origin, zoom, found: new Map() };
      const { found } = this._spots;
      if (!found.has(place)) found.set(place, Object.freeze(this._map.latLngToLayerPoint([place.lat, place.lon])));
      return found.get(place);
    },
  });

  const measured = new WeakMap();

  /** What Leaflet's own controls cover, in layer pixels. Measured once for a view, because measuring makes the browser lay out the page. */
  page.controlBoxes = function controlBoxes(map) {
    const controls = [...map.getContainer().querySelectorAll(".leaflet-control")];
    const view = [map.getPixelOrigin(), map.containerPointToLayerPoint([0, 0]), map.getSize(), map.getZoom(), controls.length].join();
    const before = measured.get(map);
    if (before && before.view === view) return before.boxes;
    const origin = map.getContainer().getBoundingClientRect();
    const boxes = controls.map((control) => {
      const box = control.getBoundingClientRect();
      const [from, to] = [[box.left, box.top], [box.right, box.bottom]].map(([x, y]) => map.containerPointToLayerPoint([x - origin.left, y - origin.top]));
      return [from.x - 4, from.y - 4, to.x + 4, to.y + 4];
    });
    measured.set(map, { view, boxes });
    return boxes;
  };
})(geoposture.page);
