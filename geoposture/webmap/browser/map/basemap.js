"use strict";
// The base map as Leaflet paths, from whole-number steps; colours come from the style sheet, so dark mode needs nothing here.

(function (page) {
  const PANE = "base";

  page.BaseMap = L.Layer.extend({
    options: { zIndex: 150 },

    initialize(data, options) {
      this._data = data;
      L.setOptions(this, options);
    },

    onAdd(map) {
      map.createPane(PANE).style.zIndex = this.options.zIndex;
      map.getPane(PANE).style.pointerEvents = "none";
      this._renderer = L.svg({ pane: PANE, padding: 0.7 });
      this._paths = this._made();
      this._paths.forEach((path) => path.addTo(map));
      return this;
    },

    onRemove(map) {
      this._paths.forEach((path) => path.remove());
      this._renderer.remove();
      L.DomUtil.remove(map.getPane(PANE));
      delete map._panes[PANE];
    },

    _made() {
      const { land, coast, lakes, rivers, provinces, borders } = this._data;
      const at = (line) => decoded(line, this._data.decimals);
      const fill = (polygons, name) => L.polygon(polygons.map((rings) => rings.map(at)), this._look(name, true));
      const draw = (lines, name) => L.polyline(lines.map(at), this._look(name, false));
      const ofClass = (kind) => borders.filter((border) => border.class === kind).map((border) => border.line);
      return [
        fill(land, "base-land"),
        draw(provinces, "base-province"),
        ...[4, 3, 2, 1].map((rank) => draw(rivers.filter((river) => river.rank === rank).map((river) => river.line), `base-river rank-${rank}`)),
        fill(lakes, "base-lake"),
        draw(coast, "base-shore"),
        draw(ofClass(0), "base-border"),
        draw(ofClass(1), "base-border disputed"),
      ].filter((path) => path.getLatLngs().length > 0);
    },

    _look(className, filled) {
      return { className, renderer: this._renderer, pane: PANE, interactive: false, stroke: true, fill: filled, color: null, smoothFactor: 0.7 };
    },
  });

  /** [x0, y0, dx, dy, …] as points [latitude, longitude]. */
  function decoded(flat, decimals) {
    const unit = 10 ** decimals;
    const points = [];
    let x = 0;
    let y = 0;
    for (let at = 0; at < flat.length; at += 2) {
      x += flat[at];
      y += flat[at + 1];
      points.push([y / unit, x / unit]);
    }
    return points;
  }
})(geoposture.page);
