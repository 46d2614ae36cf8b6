"use strict";
// The legend: how a mark is drawn and what that means, and the sizes; drawn by the same code as the marks.

(function (page) {
  const { el, svg } = page;
  const SAMPLE = 9;
  /** On a lower page, such as a notebook's frame, the legend waits to be opened. */
  const LOW = 640;

  page.Legend = page.Docked.extend({
    options: { slot: "side" },

    /** Under the other panels, or on a phone in a panel of its own. */
    addTo(map) {
      this.options.slot = page.isPhone() ? "panel-legend" : "side";
      page.Docked.prototype.addTo.call(this, map);
      this.listen(page.phoneQuery, "change", () => this.addTo(map));
      return this;
    },

    onAdd() {
      const { style } = this._app;
      const glyphs = style.glyphs.map(({ id, word, meaning }) => el("li", { title: meaning }, sample(id), el("span", { text: word }), el("span", { class: "spoken", text: `: ${meaning}` })));
      const marks = el(
        "div",
        {},
        el("ul", { class: "legend-glyphs" }, glyphs, area()),
        this._sizes(),
        el("p", { class: "legend-note", text: `Colour is the source. ${style.segmentsNote} Paler is carried: the source has not spoken since.` }),
      );
      const changes = changeKey();
      this._details = el("details", { id: "legend", open: innerHeight >= LOW || page.isPhone() }, el("summary", { text: "How to read a mark" }), marks, changes);
      this.watch(["compare", "tab"], (state) => {
        marks.hidden = Boolean(state.compare);
        changes.hidden = !state.compare;
        // On a low screen the evidence needs the room; what the reader then opens stays open.
        if (innerHeight < 800 && innerHeight >= LOW && !page.isPhone()) this._details.open = state.tab !== "evidence";
      });
      return this._details;
    },

    _sizes() {
      const most = this._app.most;
      if (!most) return null;
      const steps = [0.1, 0.4, 1].map((part) => tidy(most * part));
      const items = [...new Set(steps)].map((people) => {
        const r = page.radius(people, most);
        const size = 2 * r + 2;
        return el("li", {}, svg("svg", { width: size, height: size, "aria-hidden": "true" }, svg("circle", { cx: r + 1, cy: r + 1, r })), el("span", { text: geoposture.figures.grouped(people) }));
      });
      return el("ul", { class: "legend-sizes", "aria-label": "Area by the reported figure; small where there is none" }, items, el("li", { class: "quiet legend-people", text: "people; small if no figure is given" }));
    },
  });

  /** A round number near this one. */
  function tidy(number) {
    const step = 10 ** Math.max(0, Math.floor(Math.log10(number)));
    return Math.max(1, Math.round(number / step) * step);
  }

  /** A mark in the way that the legend's line speaks of, with the first two source colours. */
  function sample(id) {
    const states = {
      present: [["present", false], ["present", false]],
      absent: [["absent", false], ["absent", false]],
      carried: [["present", true], ["absent", true]],
      faint: [["faint-present", true]],
      outlook: [["outlook", false]],
      contested: [["present", false], ["absent", false]],
      unclear: [["present", false], ["absent", false]],
    }[id];
    const segments = states.map(([state, carried], index) => ({ state, carried, colour: index }));
    const mark = { r: SAMPLE, segments, ring: id === "contested" || id === "unclear" ? id : "" };
    return svg("svg", { viewBox: "-14 -13 28 26", "aria-hidden": "true" }, page.glyph(mark));
  }

  const CHANGES = ["now_present", "now_absent", "newly_present", "newly_absent", "up", "down", "shifted", "lapsed", "disputed", "settled"];

  /** The glyphs of the comparison. */
  function changeKey() {
    const item = (word, glyph) => el("li", {}, svg("svg", { viewBox: "-14 -13 28 26", "aria-hidden": "true" }, glyph), el("span", { text: word }));
    return el("div", {}, el("ul", { class: "legend-glyphs" }, CHANGES.map((change) => item(page.changeWords[change], page.changeGlyph(change, false))), item("first day revised", page.changeGlyph("same", true))));
  }

  /** The badge of an area. */
  function area() {
    const square = (x, absent) => svg("g", { class: `badge ${absent ? "absent" : "present"}` }, svg("rect", { class: "badge-glyph", x, y: -4, width: 8, height: 8 }));
    return el("li", { title: "a total for an area, on a badge; never a mark" }, svg("svg", { viewBox: "-14 -13 28 26", "aria-hidden": "true" }, square(-11, false), square(3, true)), el("span", { text: "area: present, absent" }));
  }

  page.legendSample = sample;
})(geoposture.page);
