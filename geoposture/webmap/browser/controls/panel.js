"use strict";
// The side panel: tabs with one panel each. On a phone the chosen tab closes again, and with it the sheet.

(function (page) {
  const { el } = page;

  page.Panel = page.Docked.extend({
    options: { slot: "side" },

    /** @param {Array<{id: string, word: string, control: Object}>} tabs controls whose slot is `panel-` and the id */
    initialize(app, tabs, options) {
      page.Docked.prototype.initialize.call(this, app, options);
      this._tabs = tabs;
    },

    onAdd() {
      const list = el("div", { class: "tabs", role: "tablist", "aria-label": "Panels", on: { keydown: (event) => this._key(event) } });
      this._buttons = this._tabs.map(({ id, word, phone }) =>
        el("button", { type: "button", class: phone ? "phone-only" : "", role: "tab", id: `tab-${id}`, "aria-controls": `panel-${id}`, text: word, on: { click: () => this._choose(id) } }),
      );
      this._panels = this._tabs.map(({ id }) => el("div", { class: "tab-panel", role: "tabpanel", id: `panel-${id}`, "aria-labelledby": `tab-${id}`, tabindex: 0 }));
      list.append(...this._buttons);
      const body = el("div", { class: "panel" }, list, ...this._panels);
      this.watch(["tab", "compare"], this._update);
      this.listen(page.phoneQuery, "change", () => {
        if (!page.isPhone() && ["", "legend"].includes(this._app.store.get().tab)) this._choose("sources");
      });
      return body;
    },

    addTo(map) {
      page.Docked.prototype.addTo.call(this, map);
      for (const { control } of this._tabs) if (control) control.addTo(map);
      return this;
    },

    onRemove(map) {
      for (const { control } of this._tabs) if (control) control.remove();
      page.Docked.prototype.onRemove.call(this, map);
    },

    _choose(id) {
      const { store } = this._app;
      store.set({ tab: page.isPhone() && store.get().tab === id ? "" : id });
    },

    _update({ tab, compare }) {
      this._tabs.forEach(({ id, comparing }, index) => {
        if (comparing) this._buttons[index].hidden = !compare;
        const chosen = id === tab;
        this._buttons[index].setAttribute("aria-selected", String(chosen));
        this._buttons[index].tabIndex = chosen || (!tab && index === 0) ? 0 : -1;
        this._panels[index].hidden = !chosen;
      });
      document.getElementById("page").classList.toggle("sheet-open", Boolean(tab));
      // The map has another size when the sheet opens under it.
      if (this._map) this._map.invalidateSize({ pan: false });
    },

    _key(event) {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const shown = this._buttons.filter((button) => button.offsetParent !== null);
      const at = shown.indexOf(document.activeElement);
      const next = shown[(at + step + shown.length) % shown.length];
      next.focus();
      this._app.store.set({ tab: next.id.slice("tab-".length) });
      event.preventDefault();
    },
  });

  /** Whether the page stands in its narrow form, where the side panel is a sheet. */
  /** The panel that stands open when nothing else was asked for; on a phone none does. */
  page.homeTab = () => (page.isPhone() ? "" : "sources");
  page.phoneQuery = matchMedia("(max-width: 760px)");
  page.isPhone = () => page.phoneQuery.matches;
})(geoposture.page);
