"use strict";
// The list of places, the accessible twin of the map: sortable by every column, searchable over all spellings and scripts. The search
// also finds the places of the gazetteer of which nobody speaks.

(function (page) {
  const { el, svg, words } = page;
  const COLUMNS = [["name", "Place"], ["standing", "Standing"], ["people", "Figure"]];
  /** Rows that are listed at first, and how many more at each wish: nodes for ten thousand would take seconds. */
  const ROWS_AT_ONCE = 500;
  const RANK = ["contested", "unclear", "present", "absent", "unreported", "none"];

  page.Places = page.Docked.extend({
    options: { slot: "panel-places" },

    onAdd() {
      this._sort = { column: "standing", descending: false };
      const id = page.freshId("search");
      this._most = ROWS_AT_ONCE;
      this._search = el("input", { id, type: "search", autocomplete: "off", spellcheck: "false", placeholder: "Any spelling or script", on: { input: () => this._again() } });
      this._count = el("p", { class: "places-count", role: "status" });
      this._heads = COLUMNS.map(([column, word]) => el("th", { scope: "col" }, el("button", { type: "button", class: "sort", text: word, on: { click: () => this._sortBy(column) } })));
      this._body = el("tbody");
      const table = el("table", { class: "places" }, el("caption", { class: "spoken", text: "Places with their standing on this day" }), el("thead", {}, el("tr", {}, this._heads)), this._body);
      this._more = el("button", { type: "button", class: "text-button more", on: { click: () => this._showMore() } });
      this.watch([...page.ROWS, "selected", "tab"], this._update);
      return el("div", {}, el("div", { class: "places-search" }, el("label", { for: id, text: "Find a place" }), this._search), this._count, table, this._more);
    },

    _sortBy(column) {
      const { column: before, descending } = this._sort;
      this._sort = { column, descending: column === before ? !descending : column === "people" };
      this._again();
    },

    /** Another search or order: from the top. */
    _again() {
      this._most = ROWS_AT_ONCE;
      this._update(this._app.store.get());
    },

    /** The next rows; the focus goes to the first of them, where whoever reads by keyboard reads on. */
    _showMore() {
      const from = this._most;
      this._most += ROWS_AT_ONCE;
      this._update(this._app.store.get());
      const next = this._body.children[from].querySelector("button");
      if (next) next.focus();
    },

    _update(state) {
      if (state.tab !== "places") return;
      const found = this._found();
      const shown = found.slice(0, this._most);
      const left = found.length - shown.length;
      this._count.textContent = words.count(found.length, "place") + (left ? `; the first ${geoposture.figures.grouped(shown.length)} are listed` : "");
      this._more.hidden = left === 0;
      this._more.textContent = `Show ${geoposture.figures.grouped(Math.min(left, ROWS_AT_ONCE))} more`;
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
      const shown = wanted.filter(({ place }) => model.places[place].show);
      const isSpoken = ({ place }) => spots.has(place) || model.claimsOf[place].length > 0;
      const entries = shown.filter(isSpoken).map(({ place, name }) => ({ place, by: name, name: model.places[place].name, spot: spots.get(place) || null }));
      entries.sort((a, b) => this._order(a, b));
      return text ? [...entries, ...this._silent(text, shown.filter((one) => !isSpoken(one)))] : entries;
    },

    /** What else a search finds: areas that only contain places that are spoken of, and places of which nobody speaks. */
    _silent(text, areas) {
      const { model } = this._app;
      const found = [...areas.map(({ place, name }) => ({ place: model.places[place], name })), ...geoposture.searchSilent(model, text)];
      return found.map(({ place, name }) => ({ silent: place, by: name, name: place.name, spot: null }));
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

    _row({ place, by, name, spot, silent }, state, differs) {
      const { model } = this._app;
      if (silent) return this._silentRow(silent, by);
      const figure = spot ? words.spotFigure(spot) : "";
      const open = el("button", { type: "button", class: "place-button", "data-row": model.places[place].id, on: { click: () => this._app.store.set({ selected: place, tab: "evidence" }) } });
      open.append(el("bdi", { text: name }));
      const named = by === name || by === model.places[place].id ? null : el("small", {}, " ", el("bdi", { text: by }));
      return el(
        "tr",
        { class: place === state.selected ? "selected" : "" },
        el("th", { scope: "row" }, el("div", { class: "place-cell" }, page.smallGlyph(this._app, spot), el("span", {}, open, named))),
        el("td", {}, spot ? words.bareStanding(model, spot.lead) : "no report in force", ...(spot ? this._ofArea(spot) : []), differs.has(place) ? el("span", { class: "differs-dot", title: "differs from today's knowledge" }, el("span", { class: "spoken", text: ", differs from today's knowledge" })) : null),
        el("td", { class: "number", text: figure }),
      );
    },

    /** Whose standing an area's is, where forces differ, and what its sites come to beside its total. */
    _ofArea(spot) {
      const { model, situation } = this._app;
      if (!model.places[spot.place].area) return [];
      const whose = page.saying.named(model, page.saying.speakers(model, spot));
      const { sites } = page.saying.badge(model, spot, situation().total(spot));
      return [whose ? el("span", { text: `, ${whose}` }) : null, sites ? el("small", { class: "sites", text: sites }) : null];
    },

    /** A place of the gazetteer of which no report on this page speaks: nothing opens, and the row says so. */
    _silentRow({ name, within }, by) {
      const area = within.length ? this._app.model.places[within[0]].name : "";
      const named = el("span", {}, el("bdi", { class: "place-silent", text: name }), by === name ? null : el("small", {}, " ", el("bdi", { text: by })), area ? el("small", { text: `, ${area}` }) : null);
      return el("tr", {}, el("th", { scope: "row" }, el("div", { class: "place-cell" }, page.smallGlyph(this._app, null), named)), el("td", { text: "no report" }), el("td"));
    },
  });

  function standing({ spot }) {
    return spot ? spot.standing : "none";
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
