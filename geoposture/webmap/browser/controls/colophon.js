"use strict";
// The footer: the version of the data, the day it speaks of, credits, and what borders and names do not say.

(function (page) {
  const { el } = page;
  const { days } = geoposture;

  page.Colophon = page.Docked.extend({
    options: { slot: "colophon" },

    onAdd() {
      const { model, credits } = this._app;
      const [first, last] = model.range;
      return el(
        "div",
        { class: "colophon-lines" },
        el("span", {}, "Data ", el("code", { text: model.data }), ` · speaks of ${days.long(first)} to ${days.long(last)}`),
        el("span", { text: credits.join(" · ") }),
        el("span", { text: "Borders and names carry no judgement." }),
        this._takeAway(),
        model.recipe.notes ? el("p", { class: "print-notes", text: model.recipe.notes }) : null,
      );
    },

    _takeAway() {
      const app = this._app;
      const button = (word, label, act) => el("button", { type: "button", class: "link-button", "aria-label": label, text: word, on: { click: act } });
      return el(
        "span",
        { class: "take-away" },
        button("CSV", "Save the current rows as CSV", () => download(fileName(app, "csv"), "text/csv", page.takeaway.csv(app))),
        button("GeoJSON", "Save the current rows as GeoJSON", () => download(fileName(app, "geojson"), "application/geo+json", page.takeaway.geojson(app))),
        button("Print", "Print this page", () => print()),
      );
    },
  });

  /** Give the browser a file to keep. */
  function download(name, type, text) {
    const address = URL.createObjectURL(new Blob([text], { type }));
    const link = el("a", { download: name });
    link.setAttribute("href", address);
    link.click();
    // The browser has taken the file by then; keeping the address would keep the whole text.
    setTimeout(() => URL.revokeObjectURL(address), 10000);
  }

  function fileName(app, ending) {
    const { day, known } = app.store.get();
    return `geoposture-${days.show(day)}${known === null ? "" : `-known-${days.show(known)}`}.${ending}`;
  }

  /** The same with the recipe's notes, as a panel: on a phone there is no footer. */
  page.About = page.Docked.extend({
    options: { slot: "panel-about" },

    onAdd() {
      const { model } = this._app;
      return el(
        "div",
        { class: "about" },
        model.recipe.notes ? el("section", { class: "panel-group" }, el("h2", { class: "panel-title", text: "Notes" }), el("p", { text: model.recipe.notes })) : null,
        el(
          "section",
          { class: "panel-group" },
          el("h2", { class: "panel-title", text: "About this page" }),
          el("p", { text: "Public, published reporting at the level of named bases and areas. It says who says what, about which day, and as known when; nothing is inferred from signals, and nothing here is live." }),
          new page.Colophon(this._app).onAdd(),
        ),
      );
    },
  });
})(geoposture.page);
