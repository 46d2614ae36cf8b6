"use strict";
// The headline: the title, and in one sentence which day is shown and as known when; beside it the count of places.

(function (page) {
  const { el } = page;
  const { days } = geoposture;
  const TALLIES = ["present", "absent", "contested"];

  page.Headline = page.Docked.extend({
    options: { slot: "headline" },

    onAdd() {
      const { model, store } = this._app;
      this._sentence = el("p", { class: "headline-sentence", role: "status", "aria-live": "polite" });
      this._spoken = el("p", { class: "spoken", role: "status", "aria-live": "polite" });
      this._differs = el("button", { type: "button", class: "differs", on: { click: () => store.set({ tab: "places" }) } });
      this._tally = el("dl", { class: "tally" });
      this._compare = el("button", { type: "button", class: "text-button compare", text: "Compare", on: { click: () => this._toggle() } });
      const words = el(
        "div",
        { class: "headline-words" },
        el("h1", { text: model.recipe.title }),
        model.recipe.subtitle ? el("p", { class: "headline-subtitle", text: model.recipe.subtitle }) : null,
        this._sentence,
        this._spoken,
        this._differs,
      );
      this.watch([...page.ROWS, "compare", "selected"], this._update);
      return el("div", { class: "headline-block" }, words, el("div", { class: "headline-side" }, this._tally, this._compare));
    },

    /** Hold this moment as the first of two, or let it go. */
    _toggle() {
      const { store } = this._app;
      const { compare, day, known, tab } = store.get();
      if (compare) store.set({ compare: null, tab: tab === "changes" ? page.homeTab() : tab });
      else store.set({ compare: { day, known: known === null ? "same" : known }, tab: page.isPhone() ? tab : "changes" });
    },

    /** What is now said of the place that is chosen. */
    _chosen(state) {
      const [line] = state.selected === null ? [] : page.linesOf(this._app, state.selected);
      if (!line) return "";
      const { model } = this._app;
      const whose = page.saying.whose(model, this._app.situation(), state.selected);
      return [`${model.places[state.selected].name}: ${page.words.standing(model, line)}`, whose].filter(Boolean).join(", ");
    },

    _update(state) {
      this._sentence.replaceChildren(...(state.compare ? compared(state) : single(state)));
      this._compare.setAttribute("aria-pressed", String(Boolean(state.compare)));
      const counts = state.compare ? changes(this._app.comparison()) : standings(this._app.situation());
      this._tally.replaceChildren(...counts.map(([name, word, count]) => el("div", { class: count ? name : "" }, el("dt", { text: word }), el("dd", { text: String(count) }))));
      this._spoken.textContent = [...counts.map(([, word, count]) => `${count} ${word}`), this._chosen(state)].filter(Boolean).join(", ");
      const differs = this._app.differing().size;
      this._differs.hidden = differs === 0;
      this._differs.textContent = `differs from today's knowledge at ${page.words.count(differs, "place")}`;
    },
  });

  function single(state) {
    return ["Situation on ", day(state.day), ", as ", ...known(state.known)];
  }

  function compared(state) {
    const first = page.firstKnown(state);
    if (first === state.known) return ["From ", day(state.compare.day), " to ", day(state.day), ", as ", ...known(state.known)];
    return ["From ", day(state.compare.day), ", as ", ...known(first), ", to ", day(state.day), ", as ", ...known(state.known)];
  }

  function day(number) {
    return el("b", { class: "day", text: days.long(number) });
  }

  function known(number) {
    return number === null ? [el("b", { class: "known", text: "known today" })] : ["known on ", el("b", { class: "known", text: days.long(number) })];
  }

  /** Sites and areas are never counted together; areas only where no site is spoken of. */
  function standings({ badges, tally }) {
    const isAreas = badges.length > 0 && Object.values(tally).every((count) => count === 0);
    return TALLIES.map((standing, index) => {
      const count = isAreas ? badges.filter((badge) => badge.standing === standing).length : tally[standing];
      return [standing, index ? standing : `${isAreas ? "area" : "site"}${count === 1 ? "" : "s"} ${standing}`, count];
    });
  }

  function changes({ happened, learned }) {
    const places = (rows) => new Set(rows.map(({ place }) => place)).size;
    return [["happened", "happened", places(happened)], ["learned", "learned", places(learned)]];
  }
})(geoposture.page);
