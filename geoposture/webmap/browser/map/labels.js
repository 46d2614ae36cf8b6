"use strict";
// Names of countries and towns, set where the marks and their labels leave room; redone whenever the view has changed.

(function (page) {
  const { svg } = page;
  const TRACKING = 0.22;
  const ANCHORS = ["start", "end", "middle", "middle", "start", "start", "end", "end", "start", "start", "end", "end"];
  /** How far from a covered town its name may stand. */
  const ASIDE = [8, 16, 24, 32];

  page.BaseLabels = page.Drawing.extend({
    options: { pane: "base-labels", zIndex: 410 },

    /** @param {{countries: Array, cities: Array}} data the clip's label points */
    initialize(data, options) {
      this._data = data;
      this._hidden = new Set();
      this._nodes = new Map();
      L.setOptions(this, options);
    },

    /** Draw in what is left of the paper. `taken` is the marks' occupancy; `hidden` are names that already stand as badges. */
    layout(taken, hidden) {
      this._taken = taken;
      this._hidden = hidden;
      this.draw();
    },

    draw() {
      if (!this._svg || !this._taken) return;
      this._measure = this._measure || page.layout.ruler();
      this._covered = new Set(this._data.cities.filter((city) => city.rank === 1 && this._isCovered(city)));
      // Most steps of the day leave nearly every name where it is.
      const before = this._nodes;
      this._nodes = new Map([...this._countries(), ...this._cities()].map(({ look, make }) => [look, before.get(look) || make()]));
      page.arrange(this._svg, [...this._nodes.values()]);
    },

    /** Each as `look`, the same for names that stand the same, and `make`, which gives the node. */
    _countries() {
      const found = [];
      for (const country of this._data.countries) {
        if (this._hidden.has(country.name)) continue;
        const { x, y } = this.spot(country);
        const text = country.name.toUpperCase();
        const width = this._measure(text, 13, 600, 13 * TRACKING);
        const spots = [0, -13, 13].map((shift) => [x - width / 2, y + shift - 9, x + width / 2, y + shift + 7]);
        const free = this._taken.first(spots);
        if (free < 0) continue;
        const box = spots[free];
        const words = { class: "label-country", x: Math.round(x + (13 * TRACKING) / 2), y: Math.round(box[3] - 3), text: country.name };
        found.push({ look: [words.x, words.y, words.text].join(), make: () => svg("text", words) });
      }
      return found;
    },

    _cities() {
      const zoomIn = this._map.getZoom() - this._map.options.homeZoom;
      const found = [];
      for (const city of this._data.cities) {
        if (city.rank > 2 + Math.max(0, zoomIn)) continue;
        const name = this._city(city, city.rank === 1);
        if (name) found.push(name);
      }
      return found;
    },

    /** Whether marks stand on the town. */
    _isCovered(city) {
      const { x, y } = this.spot(city);
      const [left, top, right, bottom] = this.view(8);
      return x > left && x < right && y > top && y < bottom && !this._taken.isFree([x - 3, y - 3, x + 3, y + 3]);
    },

    _city(city, isMajor) {
      const { x, y } = this.spot(city);
      const width = this._measure(city.name, isMajor ? 12 : 11.5, isMajor ? 600 : 400) + 2;
      const isClear = this._taken.isFree([x - 3, y - 3, x + 3, y + 3]);
      // A capital is named even where marks stand on it: further off, and without its dot.
      if (!isClear && !this._covered.has(city)) return null;
      const spots = (isClear ? [6] : ASIDE).flatMap((gap) => around(x, y, gap, width));
      const free = this._taken.first(spots);
      if (free < 0) return null;
      if (isClear) this._taken.take([x - 3, y - 3, x + 3, y + 3]);
      const anchor = ANCHORS[free % ANCHORS.length];
      const box = spots[free];
      const at = { start: box[0], end: box[2], middle: (box[0] + box[2]) / 2 }[anchor];
      const words = { class: `label-city${isMajor ? " major" : ""}${isClear ? "" : " aside"}`, x: Math.round(at), y: Math.round(box[3] - 3), "text-anchor": anchor, text: city.name };
      return {
        look: [isClear, x, y, words.x, words.y, anchor, city.name].join(),
        make: () => svg("g", {}, isClear ? svg("circle", { class: "city-dot", cx: x, cy: y, r: isMajor ? 2.6 : 2 }) : null, svg("text", words)),
      };
    },
  });

  /** Boxes to the right, to the left, above and below a spot, and aslant. */
  function around(x, y, gap, width) {
    return [
      [x + gap, y - 8, x + gap + width, y + 7],
      [x - gap - width, y - 8, x - gap, y + 7],
      [x - width / 2, y - gap - 14, x + width / 2, y - gap + 1],
      [x - width / 2, y + gap - 1, x + width / 2, y + gap + 14],
      ...[6, 11].flatMap((down) => [
        [x + gap, y + down, x + gap + width, y + down + 14],
        [x + gap, y - down - 15, x + gap + width, y - down - 1],
        [x - gap - width, y + down, x - gap, y + down + 14],
        [x - gap - width, y - down - 15, x - gap, y - down - 1],
      ]),
    ];
  }
})(geoposture.page);
