"use strict";
// The evidence of one place: its names, the standing in words, each source's figure on one scale, and every claim with why it
// does or does not decide.

(function (page) {
  const { el, words } = page;
  const LISTS = [
    ["claims", "What decides"],
    ["outlook", "Outlook: announced, expected or possible"],
    ["overtaken", "Overtaken by later news"],
    ["stale", "Too old to decide"],
    ["changes", "Changes, not strengths"],
  ];

  page.Evidence = page.Docked.extend({
    options: { slot: "panel-evidence" },

    onAdd() {
      this._block = el("article", { class: "evidence", "aria-live": "off" });
      this.watch([...page.ROWS, "selected"], this._update);
      return this._block;
    },

    _update(state) {
      if (state.selected === null) {
        this._block.replaceChildren(el("p", { class: "empty", text: "Choose a place on the map, or in the list of places, to see what is said of it and by whom." }));
        return;
      }
      const place = this._app.model.places[state.selected];
      const lines = page.linesOf(this._app, state.selected);
      this._block.replaceChildren(
        this._head(place),
        ...(place.area ? [page.totalsBlock(this._app, place.index)] : []).filter(Boolean),
        ...(lines.length ? lines.map((line) => this._line(line)) : this._nothing(place, state)),
        ...this._silent(place, lines, state),
      );
    },

    // Names

    _head(place) {
      const { model } = this._app;
      const arabic = place.names.filter(([, lang]) => page.isRightToLeft(lang));
      const others = place.names.filter(([, lang]) => !page.isRightToLeft(lang)).map(([text]) => text);
      const where = place.within.map((area) => model.places[area].name).join(", ");
      const close = page.iconButton("close", "Close the evidence", () => this._app.store.set({ selected: null, tab: page.homeTab() }), { class: "icon-button plain" });
      return el(
        "header",
        { class: "evidence-head" },
        el(
          "div",
          {},
          el("h2", {}, el("bdi", { text: place.name })),
          ...arabic.map(([text, lang]) => el("p", { class: "evidence-arabic" }, el("bdi", { lang, dir: "rtl", text }))),
          others.length ? el("p", { class: "evidence-names" }, "also ", ...spaced(others)) : null,
          el("p", { class: "evidence-where", text: [place.kind.replace("-", " "), where].filter(Boolean).join(" · ") + accuracy(place) }),
        ),
        close,
      );
    },

    // One line: the standing and its claims

    _line(line) {
      const { model } = this._app;
      const bars = page.bars(this._app, line);
      return el(
        "section",
        { class: "line" },
        el("h3", { text: model.forces[line.force].name }),
        el("p", { class: `standing ${line.standing}`, text: words.standing(model, line) }),
        el("p", { class: "standing-note", text: this._note(line) }),
        bars,
        el("div", { class: "claims" }, LISTS.flatMap(([list, title]) => this._list(line, list, title))),
        page.beliefChart(this._app, line),
      );
    },

    /** No line on this day; the belief charts stay, because a click on one of them may have led here and must lead back. */
    _nothing(place, { forcesOff }) {
      const { model } = this._app;
      const forces = [...new Set(model.claimsOf[place.index].map((claim) => model.claims.force[claim]))].filter((force) => model.forces[force].show && !forcesOff.has(force));
      const charts = forces.map((force) => [model.forces[force].name, page.beliefChart(this._app, { place: place.index, force })]).filter(([, chart]) => chart);
      return [
        el("p", { class: "empty", text: "Nothing that is known on this day speaks of it, or what does is switched off." }),
        ...charts.map(([name, chart]) => el("section", { class: "line" }, el("h3", { text: name }), chart)),
      ];
    },

    _note(line) {
      const notes = [words.support(line)];
      if (line.standing === "unclear" || line.certainty === "possible") notes.push("the dates allow it, but do not make it certain");
      if (line.figures === "disagree") notes.push("the figures have no common number");
      if (line.standing === "contested") notes.push("some say present, others absent");
      if (line.standing === "unreported" && line.outlook.length) notes.push("nobody reports it yet: a plan is not a presence");
      return notes.filter(Boolean).join("; ");
    },

    _list(line, list, title) {
      const rows = line.rows.filter((row) => row.list === list);
      if (rows.length === 0) return [];
      rows.sort((a, b) => this._app.model.claims.known_from[b.claim] - this._app.model.claims.known_from[a.claim]);
      return [el("h4", { text: title }), ...rows.map((row) => page.claimCard(this._app, row.claim, { row, place: line.place }))];
    },

    /** Claims about this place that have no row on this day, with the reason. */
    _silent(place, lines, state) {
      const { model } = this._app;
      const shown = new Set(lines.flatMap((line) => line.rows.filter((row) => row.list).map((row) => row.claim)));
      const silent = model.claimsOf[place.index].filter((claim) => !shown.has(claim) && model.forces[model.claims.force[claim]].show);
      const cards = silent.map((claim) => {
        const silence = geoposture.whySilent(model, claim, place.index, state.day, state.known);
        if (silence && silence.kind === "unknown") return null;
        return page.claimCard(this._app, claim, { silence, place: place.index });
      });
      const known = cards.filter(Boolean);
      if (known.length === 0) return [];
      return [el("details", { class: "line silent" }, el("summary", { text: `${words.count(known.length, "other claim")} about this place, not in force on this day` }), el("div", { class: "claims" }, known))];
    },
  });

  function spaced(names) {
    return names.flatMap((name, index) => [index ? ", " : "", el("bdi", { text: name })]);
  }

  function accuracy(place) {
    return place.accuracy_km === null ? "" : ` · location known within ${place.accuracy_km} km`;
  }

  /** The lines of a place, the one that its mark shows first. */
  page.linesOf = (app, place) => {
    const { marks, badges } = app.situation();
    const spot = [...marks, ...badges].find((one) => one.place === place);
    return spot ? [spot.lead, ...spot.lines.filter((line) => line !== spot.lead)] : [];
  };
  page.isRightToLeft = (lang) => /^(ar|fa|ckb|ur|he|ps|ku-arab)\b/i.test(lang);
})(geoposture.page);
