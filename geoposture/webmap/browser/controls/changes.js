"use strict";
// What changed between two moments, in two lists: what happened, and what was only learned.

(function (page) {
  const { el, svg, words } = page;
  const { days } = geoposture;

  page.Changes = page.Docked.extend({
    options: { slot: "panel-changes" },

    onAdd() {
      this._block = el("div", { class: "changes" });
      this.watch([...page.ROWS, "compare", "tab"], this._update);
      return this._block;
    },

    _update(state) {
      if (state.tab !== "changes") return;
      if (!state.compare) {
        this._block.replaceChildren(el("p", { class: "empty", text: "Press Compare to hold this moment and move on to another." }));
        return;
      }
      const { happened, learned } = this._app.comparison();
      const known = page.firstKnown(state);
      this._block.replaceChildren(
        this._choice(state),
        this._list("Happened", "between the two days, by what is known at the second", happened, "Nothing that is known changed between the two days."),
        this._list("Learned", "about the first day, since it was looked at", learned, known === state.known ? "Both days are shown as known at the same time, so nothing was learned in between." : "Nothing that was learned since changes the first day."),
      );
    },

    /** The first day as known at the second, or as it was known then. */
    _choice(state) {
      const { store } = this._app;
      const asThen = state.compare.known === state.compare.day;
      const box = el("input", { type: "checkbox", on: { change: () => store.set({ compare: { day: state.compare.day, known: box.checked ? state.compare.day : "same" } }) } });
      box.checked = asThen;
      return el("label", { class: "choice then" }, box, el("span"), el("span", { class: "name", text: `Show ${days.long(state.compare.day)} as it was known then` }), el("span"));
    },

    _list(title, note, rows, none) {
      const heading = el("h2", { class: "panel-title" }, `${title} `, el("small", { text: note }));
      const list = rows.length ? el("ol", { class: "change-list" }, this._merged(rows).map((row) => el("li", {}, this._row(row)))) : el("p", { class: "empty", text: none });
      return el("section", { class: "panel-group" }, heading, list);
    },

    /** Forces of one place that change in the same way share a row. */
    _merged(rows) {
      const { model } = this._app;
      const found = new Map();
      for (const { place, force, change, before, after } of rows) {
        const from = before ? words.standing(model, before) : "Not reported";
        const to = after ? words.standing(model, after) : "Not reported";
        const key = [place, change, from, to].join("|");
        if (!found.has(key)) found.set(key, { place, change, from, to, forces: [] });
        found.get(key).forces.push(model.forces[force].name);
      }
      return [...found.values()];
    },

    _row({ place, change, from, to, forces }) {
      const { model, store } = this._app;
      const picture = svg("svg", { class: "small-glyph", viewBox: "-13 -13 26 26", "aria-hidden": "true" }, page.changeGlyph(change, false));
      return el(
        "button",
        { type: "button", class: "change-row", on: { click: () => store.set({ selected: place, tab: "evidence" }) } },
        picture,
        el("span", {}, el("b", {}, el("bdi", { text: model.places[place].name })), ` ${page.changeWords[change]}`, el("span", { class: "change-from", text: `${from} → ${to.toLowerCase()}` }), el("span", { class: "change-from", text: forces.join(", ") })),
      );
    },
  });
})(geoposture.page);
