"use strict";
// Switches: each source, force, reliability grade and modality on or off; the standing is worked out anew from what is left.

(function (page) {
  const { el, words } = page;
  const { MODALITIES } = geoposture.codes;

  page.Sources = page.Docked.extend({
    options: { slot: "panel-sources" },

    onAdd() {
      const { model } = this._app;
      const block = el("div", { class: "sources" });
      this._boxes = [];
      const forces = new Set(model.claims.force);
      block.append(
        this._group("Sources", "off", this._sourceItems(), { note: "claims in force on this day", tools: true }),
        this._group("Forces", "forcesOff", model.forces.filter((force) => force.show && forces.has(force.index)).map((force) => ({ key: force.index, name: force.name }))),
        this._group("Reliability of the source", "gradesOff", this._grades()),
        this._group("How firmly it is said", "modalitiesOff", this._modalities()),
      );
      this.watch(page.ROWS, this._update);
      return block;
    },

    _sourceItems() {
      const { model, colours } = this._app;
      const totals = new Map();
      for (const group of model.claims.group) totals.set(group, (totals.get(group) || 0) + 1);
      const items = model.groups.map((group) => ({ key: group.index, name: group.name, more: group.reliability ? `grade ${group.reliability}` : "", colour: page.colourClass(colours[group.index]), total: totals.get(group.index) || 0 }));
      return items.sort((a, b) => b.total - a.total || a.key - b.key);
    },

    _grades() {
      const { model } = this._app;
      const grades = [...new Set(model.groups.map((group) => page.grade(model, group.index)))].sort();
      return grades.length < 2 ? [] : grades.map((grade) => ({ key: grade, name: page.words.grade(grade) }));
    },

    _modalities() {
      const found = [...new Set(this._app.model.claims.modality)].sort((a, b) => b - a);
      return found.length < 2 ? [] : found.map((modality) => ({ key: modality, name: MODALITIES[modality] }));
    },

    _group(title, part, items, options) {
      if (items.length === 0) return el("div", { hidden: true });
      const { note, tools } = options || {};
      const heading = el("h2", { class: "panel-title", id: page.freshId("group") }, title, note ? el("small", { text: ` ${note}` }) : null);
      const list = el("ul", { class: "choice-list" }, items.map((item) => el("li", {}, this._choice(part, item))));
      return el("section", { class: "panel-group", role: "group", "aria-labelledby": heading.id }, heading, list, tools ? this._tools(part, items) : null);
    },

    _choice(part, { key, name, more, colour }) {
      const box = el("input", { type: "checkbox", on: { change: () => this._switch(part, key, box.checked) } });
      const count = el("span", { class: "count" });
      this._boxes.push({ box, count, part, key, number: -1 });
      const swatch = el("span", { class: colour ? "swatch" : "" });
      return el("label", { class: `choice ${colour || ""}` }, box, swatch, el("span", { class: "name" }, name, more ? el("small", { text: ` ${more}` }) : null), count);
    },

    _tools(part, items) {
      const set = (off) => this._app.store.set({ [part]: new Set(off) });
      return el(
        "div",
        { class: "choice-tools" },
        el("button", { type: "button", class: "link-button", text: "All", on: { click: () => set([]) } }),
        el("button", { type: "button", class: "link-button", text: "None", on: { click: () => set(items.map((item) => item.key)) } }),
      );
    },

    _switch(part, key, isOn) {
      const { store } = this._app;
      const off = new Set(store.get()[part]);
      if (isOn) off.delete(key);
      else off.add(key);
      store.set({ [part]: off });
    },

    _update(state) {
      const counts = this._counts();
      for (const one of this._boxes) {
        const { box, count, part, key } = one;
        const number = counts[part](key);
        box.checked = !state[part].has(key);
        if (number === one.number) continue;
        one.number = number;
        count.textContent = String(number);
        count.classList.toggle("none", number === 0);
      }
    },

    /** How many claims are in force on this day, by source, force, grade and modality. */
    _counts() {
      const { model, situation } = this._app;
      const { group, force, modality } = situation().heard;
      const graded = (grade) => model.groups.reduce((sum, { index }) => sum + (page.grade(model, index) === grade ? group[index] : 0), 0);
      return { off: (key) => group[key], forcesOff: (key) => force[key], gradesOff: graded, modalitiesOff: (key) => modality[key] };
    },
  });

  words.grade = (grade) => ({ A: "A: completely reliable", B: "B: usually reliable", C: "C: fairly reliable", D: "D: not usually reliable", E: "E: unreliable", F: "F: cannot be judged", none: "not graded" })[grade] || grade;
})(geoposture.page);
