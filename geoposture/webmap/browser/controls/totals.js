"use strict";
// An area's stated total beside the sum of its sites: never added to each other, only held against each other.

(function (page) {
  const { el, words } = page;
  const { figures } = geoposture;
  const VERDICT = {
    within: "The sites do not contradict the stated total.",
    short: "The sites add up to less than the stated total.",
    over: "The sites add up to more than the stated total.",
  };

  /** The totals of an area for each force whose sites or total are spoken of; null if there are none. */
  page.totalsBlock = function totalsBlock(app, area) {
    const { model } = app;
    const found = page.areaTotals(app, area).filter((total) => total.sites.length);
    if (found.length === 0) return null;
    return el(
      "section",
      { class: "line totals" },
      el("h3", { text: "The total and its sites" }),
      found.map((total) => item(app, total)),
      el("p", { class: "quiet totals-note", text: "A total is never summed with the sites in it. A site without a figure counts as one or more." }),
    );
  };

  function item({ model, situation }, total) {
    const line = situation().lines.find(({ place, force }) => place === total.area && force === total.force);
    const stated = line ? words.figure(line) : "";
    const sites = figures.show(total.sites_low, total.sites_high, false);
    return el(
      "dl",
      { class: "total" },
      el("div", {}, el("dt", { text: model.forces[total.force].name }), el("dd", { text: "" })),
      el("div", {}, el("dt", { text: "stated for the area" }), el("dd", { text: total.standing === "present" ? stated || "present, no figure" : words.STANDING[total.standing].toLowerCase() })),
      el("div", {}, el("dt", { text: `sum of ${words.count(total.sites.length, "site")}` }), el("dd", { text: sites })),
      total.explained ? el("div", { class: `verdict ${total.explained}` }, el("dt", { text: VERDICT[total.explained] }), el("dd", { text: "" })) : null,
    );
  }

  /** What the engine says of an area on this day, for the forces that are switched on. */
  page.areaTotals = function areaTotals(app, area) {
    const { all, rows } = app.situation();
    const off = app.store.get().forcesOff;
    return geoposture.totals(app.model, all, rows, area).filter((total) => !off.has(total.force));
  };
})(geoposture.page);
