"use strict";
// What only the printed sheet has: the sources, numbered and with their addresses, and what they say of each place. As much as the
// paper has room for; the last line says how many more there are.

(function (page) {
  const { el, words } = page;
  const { days } = geoposture;
  /** More are not even tried: no sheet has room for them. */
  const MOST = 400;
  /** Classes of smaller type, each tried if the one before has no room. */
  const SMALLER = ["small", "dense"];

  page.Cited = page.Docked.extend({
    options: { slot: "side" },

    onAdd() {
      this._list = el("ol", { class: "cited-list" });
      return el("section", { class: "cited paper-only", "aria-label": "Numbered sources" }, el("h2", { class: "panel-title", text: "Sources" }), this._list);
    },

    /** Write what the map shows at this moment, in the largest type that has room. */
    write({ reports }) {
      const { model, colours } = this._app;
      const items = reports.slice(0, MOST).map(({ report, group, number }) => item(model, report, number, page.colourClass(colours[group])));
      const { classList } = this._container;
      classList.remove(...SMALLER);
      for (const size of SMALLER) if (!holds(this._list, items)) classList.add(size);
      page.fill(this._list, items, (left) => el("li", { class: "cited-more", text: `and ${words.count(left, "more source")}: see the page itself` }), reports.length);
    },
  });

  page.Findings = page.Docked.extend({
    options: { slot: "findings" },

    onAdd() {
      this._text = el("div", { class: "findings-text" });
      return el("div", { class: "paper-only findings" }, this._text);
    },

    write({ groups }) {
      const parts = groups.flatMap(({ title, places }) => [...places.map((place, index) => entry(place, index === 0 ? title : ""))]);
      page.fill(this._text, parts.slice(0, MOST), (left) => el("span", { class: "cited-more", text: ` and ${words.count(left, "more place")}` }), parts.length);
    },
  });

  function item(model, report, number, colour) {
    const { publisher, published, known, url } = model.reports[report];
    const when = published ? words.published(published) : days.long(known);
    return el("li", { class: colour }, el("b", { class: "cited-number", text: String(number) }), el("span", { class: "swatch" }), el("span", {}, el("bdi", { text: model.sources[publisher].name }), `, ${when}${url ? ". " : ""}`, url ? page.link(url, el("bdi", { class: "cited-address", text: url })) : null));
  }

  function entry({ name, said, numbers }, title) {
    return el("span", { class: title ? "finding first" : "finding" }, title ? el("b", { class: "finding-title", text: `${title} ` }) : null, el("bdi", { class: "finding-name", text: name }), said ? ` ${said}` : "", el("sup", { text: ` ${page.ranges(numbers)}` }), " ");
  }

  /** Put as many of the items into the box as it holds, and where that is not all of them, how many are left. */
  page.fill = function fill(box, items, more, count) {
    if (holds(box, items) && items.length === count) return;
    let [fits, tooMany] = [0, items.length + (items.length < count ? 1 : 0)];
    while (tooMany - fits > 1) {
      const middle = (fits + tooMany) >> 1;
      if (holds(box, [...items.slice(0, middle), more(count - middle)])) fits = middle;
      else tooMany = middle;
    }
    box.replaceChildren(...items.slice(0, fits), more(count - fits));
  };

  function holds(box, nodes) {
    box.replaceChildren(...nodes);
    return box.scrollHeight <= box.clientHeight + 1 && box.scrollWidth <= box.clientWidth + 1;
  }
})(geoposture.page);
