"use strict";
// Figures of one line on one scale, one bar for each claim that gives one: overlap and clash are seen, not read.

(function (page) {
  const { el, svg } = page;
  const { figures } = geoposture;
  const WIDTH = 1000;
  const LEAST = 12;

  /** The chart, or null if no claim of the line gives a figure of its own. */
  page.bars = function bars(app, line) {
    const rows = line.rows.filter((row) => row.figure && ["claims", "outlook", "overtaken", "stale"].includes(row.list));
    if (rows.length === 0) return null;
    const ends = rows.flatMap(({ figure }) => [figure.low, figure.high]).filter((bound) => bound !== null);
    const step = tidy((Math.max(...ends) * 1.12) / 4);
    const most = step * Math.ceil((Math.max(...ends) * 1.05) / step);
    const order = ["claims", "outlook", "overtaken", "stale"];
    rows.sort((a, b) => order.indexOf(a.list) - order.indexOf(b.list));
    return el("div", { class: "bars", role: "group", "aria-label": "Figures by source, on one scale" }, el("ul", {}, rows.map((row) => item(app, row, most, step))), scale(most, step));
  };

  function item(app, row, most, step) {
    const { low, high, approx } = row.figure;
    const group = app.model.claims.group[row.claim];
    const from = ((low === null ? 0 : low) / most) * WIDTH;
    const to = high === null ? WIDTH : (high / most) * WIDTH;
    const short = to - from < LEAST;
    const kind = { outlook: " planned", claims: "" }[row.list];
    const bar = svg("rect", {
      class: `bar${kind === undefined ? " faint" : kind}${low === null || high === null ? " open" : ""}`,
      x: short ? (from + to) / 2 - LEAST / 2 : from,
      y: 0,
      width: short ? LEAST : to - from,
      height: 8,
      rx: approx ? 4 : 0,
      "vector-effect": "non-scaling-stroke",
    });
    const chart = svg("svg", { viewBox: `0 0 ${WIDTH} 8`, preserveAspectRatio: "none", "aria-hidden": "true" }, grid(most, step), bar);
    const aside = row.list === "claims" ? "" : { outlook: " announced or expected", overtaken: " overtaken", stale: " stale" }[row.list];
    return el(
      "li",
      { class: page.colourClass(app.colours[group]) },
      el("span", { class: "bar-name" }, el("bdi", { text: app.model.groups[group].name }), aside ? el("small", { text: aside }) : null),
      el("span", { class: "bar-figure", text: figures.show(low, high, approx) }),
      chart,
    );
  }

  function grid(most, step) {
    const lines = [];
    for (let people = 0; people <= most; people += step) lines.push(`M${(people / most) * WIDTH} 0V8`);
    return svg("path", { class: "grid", "vector-effect": "non-scaling-stroke", d: lines.join("") });
  }

  function scale(most, step) {
    const words = [];
    for (let people = 0; people <= most; people += step) words.push(el("span", { text: figures.grouped(people) }));
    return el("div", { class: "bar-scale", "aria-hidden": "true" }, words);
  }

  function tidy(number) {
    const power = 10 ** Math.floor(Math.log10(number));
    const step = [1, 2, 2.5, 5, 10].find((factor) => factor * power >= number) * power;
    return Math.max(1, Math.round(step));
  }
})(geoposture.page);
