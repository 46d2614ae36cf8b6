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

    /** Layer pixels of a place. */
    spot(place) {
      return this._map.latLngToLayerPoint([place.lat, place.lon]);
    },
  });

  /** What Leaflet's own controls cover, in layer pixels. */
  page.controlBoxes = function controlBoxes(map) {
    const origin = map.getContainer().getBoundingClientRect();
    return [...map.getContainer().querySelectorAll(".leaflet-control")].map((control) => {
      const box = control.getBoundingClientRect();
      const [from, to] = [[box.left, box.top], [box.right, box.bottom]].map(([x, y]) => map.containerPointToLayerPoint([x - origin.left, y - origin.top]));
      return [from.x - 4, from.y - 4, to.x + 4, to.y + 4];
    });
  };
})(geoposture.page);
