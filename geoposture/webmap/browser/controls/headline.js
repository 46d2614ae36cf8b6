"use strict";
// The headline: the title, and in one sentence which day is shown and as known when; beside it the count of places.

(function (page) {
  const { el } = page;
  const { days } = geoposture;
  const TALLIES = [["present", "present"], ["absent", "absent"], ["contested", "contested"]];

  page.Headline = page.Docked.extend({
    options: { slot: "headline" },

    onAdd() {
      const { recipe } = this._app.model;
      this._sentence = el("p", { class: "headline-sentence", role: "status", "aria-live": "polite" });
      this._tally = el("dl", { class: "tally", "aria-label": "Places on this day" });
      const words = el(
        "div",
        { class: "headline-words" },
        el("h1", { text: recipe.title }),
        recipe.subtitle ? el("p", { class: "headline-subtitle", text: recipe.subtitle }) : null,
        this._sentence,
      );
      this._block = el("div", { class: "headline-block" }, words, this._tally);
      this.watch(page.ROWS, this._update);
      return this._block;
    },

    _update(state) {
      const known = state.known === null ? [el("b", { class: "known", text: "known today" })] : ["known on ", el("b", { class: "known", text: days.long(state.known) })];
      this._sentence.replaceChildren("Situation on ", el("b", { class: "day", text: days.long(state.day) }), ", as ", ...known);
      const { tally } = this._app.situation();
      this._tally.replaceChildren(
        ...TALLIES.map(([standing, word]) => el("div", { class: tally[standing] ? standing : "" }, el("dt", { text: word }), el("dd", { text: String(tally[standing]) }))),
      );
    },
  });
})(geoposture.page);
