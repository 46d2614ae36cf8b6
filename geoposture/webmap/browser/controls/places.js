"use strict";
// The list of places, the accessible twin of the map: sortable by every column, searchable over all spellings and scripts.

(function (page) {
  const { el, svg, words } = page;
  const COLUMNS = [["name", "Place"], ["standing", "Standing"], ["people", "Figure"]];
  const MOST_ROWS = 500;
  const RANK = ["contested", "unclear", "present", "absent", "unreported", "none"];

  page.Places = page.Docked.extend({
    options: { slot: "panel-places" },

    onAdd() {
      this._sort = { column: "standing", descending: false };
      const id = page.freshId("search");
      this._search = el("input", { id, type: "search", autocomplete: "off", spellcheck: "false", placeholder: "Any spelling or script", on: { input: () => this._update(this._app.store.get()) } });
      this._count = el("p", { class: "places-count", role: "status" });
      this._heads = COLUMNS.map(([column, word]) => el("th", { scope: "col" }, el("button", { type: "button", class: "sort", text: word, on: { click: () => this._sortBy(column) } })));
      this._body = el("tbody");
      const table = el("table", { class: "places" }, el("caption", { class: "spoken", text: "Places with their standing on this day" }), el("thead", {}, el("tr", {}, this._heads)), this._body);
      this.watch([...page.ROWS, "selected", "tab"], this._update);
      return el("div", {}, el("div", { class: "places-search" }, el("label", { for: id, text: "Find a place" }), this._search), this._count, table);
    },

    _sortBy(column) {
      const { column: before, descending } = this._sort;
      this._sort = { column, descending: column === before ? !descending : column === "people" };
      this._update(this._app.store.get());
    },

    _update(state) {
      if (state.tab !== "places") return;
      const found = this._found();
      const shown = found.slice(0, MOST_ROWS);
      this._count.textContent = words.count(found.length, "place") + (found.length > shown.length ? `; the first ${MOST_ROWS} are listed, search for others` : "");
      this._heads.forEach((head, index) => {
        const isSorted = COLUMNS[index][0] === this._sort.column;
        head.setAttribute("aria-sort", isSorted ? (this._sort.descending ? "descending" : "ascending") : "none");
      });
      const differs = this._app.differing();
      const hadFocus = this._body.contains(document.activeElement) ? document.activeElement.dataset.row : null;
      this._body.replaceChildren(...shown.map((entry) => this._row(entry, state, differs)));
      const again = hadFocus && this._body.querySelector(`[data-row="${hadFocus}"]`);
      if (again) again.focus();
    },

    /** The places that fit the search, with what is said of them on this day. */
    _found() {
      const { model } = this._app;
      const { marks, badges } = this._app.situation();
      const spots = new Map([...marks, ...badges].map((spot) => [spot.place, spot]));
      const text = this._search.value.trim();
      const wanted = text ? geoposture.search(model, text) : model.places.map((place) => ({ place: place.index, name: place.name }));
      const shown = wanted.filter(({ place }) => model.places[place].show && (spots.has(place) || model.claimsOf[place].length));
      const entries = shown.map(({ place, name }) => ({ place, by: name, name: model.places[place].name, spot: spots.get(place) || null }));
      return entries.sort((a, b) => this._order(a, b));
    },

    _order(a, b) {
      const { column, descending } = this._sort;
      const sign = descending ? -1 : 1;
      const people = (entry) => (entry.spot && entry.spot.people) || 0;
      const byName = a.name.localeCompare(b.name, "en");
      if (column === "name") return sign * byName;
      if (column === "people") return sign * (people(a) - people(b)) || byName;
      return sign * (RANK.indexOf(standing(a)) - RANK.indexOf(standing(b))) || byName;
    },

    _row({ place, by, name, spot }, state, differs) {
      const { model } = this._app;
      const figure = spot ? words.spotFigure(spot) : "";
      const open = el("button", { type: "button", class: "place-button", "data-row": model.places[place].id, on: { click: () => this._app.store.set({ selected: place, tab: "evidence" }) } });
      open.append(el("bdi", { text: name }));
      const named = by === name || by === model.places[place].id ? null : el("small", {}, el("bdi", { text: ` ${by}` }));
      return el(
        "tr",
        { class: place === state.selected ? "selected" : "" },
        el("th", { scope: "row" }, el("div", { class: "place-cell" }, page.smallGlyph(this._app, spot), el("span", {}, open, named))),
        el("td", {}, spot ? word(model, spot) : "no report in force", differs.has(place) ? el("span", { class: "differs-dot", title: "differs from today's knowledge" }, el("span", { class: "spoken", text: ", differs from today's knowledge" })) : null),
        el("td", { class: "number", text: figure }),
      );
    },
  });

  function standing({ spot }) {
    return spot ? spot.standing : "none";
  }

  function word(model, spot) {
    return words.standing(model, { ...spot.lead, low: null, high: null, outlook_low: null, outlook_high: null });
  }

  /** The mark of a place, or the square of an area, at the size of a line of text. */
  page.smallGlyph = function smallGlyph(app, spot) {
    const picture = svg("svg", { class: "small-glyph", viewBox: "-12 -12 24 24", "aria-hidden": "true" });
    if (!spot) return picture;
    if (app.model.places[spot.place].area) picture.append(svg("g", { class: `badge ${spot.standing}${spot.standing === "unreported" ? " dim" : ""}` }, svg("rect", { class: "badge-glyph", x: -4.5, y: -4.5, width: 9, height: 9 })));
    else picture.append(page.glyph({ r: 8, ring: "", segments: spot.segments.map((segment) => ({ ...segment, colour: app.colours[segment.group] })) }));
    if (spot.ring) picture.append(svg("circle", { class: `glyph-ring ${spot.ring}`, r: 10.5 }));
    return picture;
  };
})(geoposture.page);
