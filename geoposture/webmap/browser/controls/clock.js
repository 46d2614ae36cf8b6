"use strict";
// Play, step to the next change, and type an exact day; for the day that is shown and for the day up to which things are known.

(function (page) {
  const { el } = page;
  const { days } = geoposture;
  const PACE = 1100;

  page.Clock = page.Docked.extend({
    options: { slot: "clock", pace: PACE },

    onAdd(map) {
      this._timeline = new page.Timeline(this._app);
      this._play = page.iconButton("play", "Play", () => this._toggle(), { class: "icon-button play" });
      this._back = page.iconButton("previous", "Previous change", () => this._step(-1));
      this._next = page.iconButton("next", "Next change", () => this._step(1));
      this._day = this._field("day", "Day", (day) => day !== null && { day });
      this._known = this._field("known", "As known on", (known) => ({ known: known === null || known >= this._app.lastKnown ? null : known }));
      this._undo.push(() => this._stop());
      const buttons = el("div", { class: "clock-buttons" }, this._back, this._play, this._next, el("div", { class: "clock-fields" }, this._day.block, this._known.block));
      const block = el("div", { class: "clock-block" }, buttons, this._timeline.onAdd(map));
      this._undo.push(() => this._timeline.onRemove(map));
      this.watch([...page.ROWS, "playing"], this._update);
      return block;
    },

    /** A text field that takes 2026-01-20 or 20 Jan 2026; `patch` says what a day changes, or false if it is none. */
    _field(name, label, patch) {
      const id = page.freshId("field");
      const input = el("input", { id, type: "text", autocomplete: "off", spellcheck: "false", placeholder: name === "known" ? "today" : "YYYY-MM-DD" });
      const read = () => {
        const text = input.value.trim();
        const day = text === "" || text === "today" ? null : page.readDay(text);
        const change = day === undefined ? false : patch(day);
        input.setAttribute("aria-invalid", String(!change));
        if (change) this._app.store.set(change);
        if (change) this._update(this._app.store.get(), true);
      };
      input.addEventListener("change", read);
      input.addEventListener("focus", () => input.select());
      return { input, block: el("div", { class: `clock-field ${name}` }, el("label", { for: id, text: label }), input) };
    },

    _update(state, force) {
      const shown = [[this._day.input, days.long(state.day)], [this._known.input, state.known === null ? "today" : days.long(state.known)]];
      for (const [input, text] of shown) {
        if (document.activeElement === input && force !== true) continue;
        input.value = text;
        input.setAttribute("aria-invalid", "false");
      }
      const changes = this._app.changeDays();
      this._back.disabled = geoposture.previousChange(changes, state.day) === null;
      this._next.disabled = geoposture.nextChange(changes, state.day) === null;
      const label = state.playing ? "Pause" : "Play";
      if (this._play.title === label) return;
      this._play.setAttribute("aria-label", label);
      this._play.title = label;
      this._play.replaceChildren(page.icons(state.playing ? "pause" : "play"));
    },

    _step(direction) {
      const { store } = this._app;
      const find = direction > 0 ? geoposture.nextChange : geoposture.previousChange;
      const day = find(this._app.changeDays(), store.get().day);
      if (day !== null) store.set({ day });
      return day !== null;
    },

    _toggle() {
      const { store, model } = this._app;
      if (store.get().playing) {
        this._stop();
        return;
      }
      const isAtEnd = geoposture.nextChange(this._app.changeDays(), store.get().day) === null;
      store.set({ playing: true, ...(isAtEnd ? { day: model.range[0] } : {}) });
      this._timer = setInterval(() => this._step(1) || this._stop(), this.options.pace);
    },

    _stop() {
      clearInterval(this._timer);
      this._app.store.set({ playing: false });
    },
  });

  const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

  /** The day that somebody typed, 2026-01-20 or 20 Jan 2026; undefined if it is none. */
  page.readDay = function readDay(text) {
    const exact = days.parse(text);
    if (exact !== null) return exact;
    const found = /^([0-9]{1,2})[ .]+([A-Za-z]{3})[a-z]*[ .,]+([0-9]{4})$/.exec(text);
    const month = found ? MONTHS.indexOf(found[2].toLowerCase()) + 1 : 0;
    if (!month) return undefined;
    const spelled = `${found[3]}-${String(month).padStart(2, "0")}-${found[1].padStart(2, "0")}`;
    const day = days.parse(spelled);
    return day === null ? undefined : day;
  };
})(geoposture.page);
