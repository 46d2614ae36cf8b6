"use strict";
// What a printed sheet cites: the reports behind all that the map shows, numbered by source and day, and what is said of each place. No DOM.

(function (page) {
  const { words, saying } = page;
  const ORDER = ["contested", "unclear", "present", "absent", "unreported"];
  const TITLES = { ...words.STANDING, unreported: "Outlook, or old reports only" };

  /**
   * @param {Object} app
   * @returns {{reports: Array<{report: number, group: number, number: number}>, groups: Array<{title: string, places: Array<{name: string, said: string, numbers: number[]}>}>}}
   */
  page.references = function references(app) {
    const { model } = app;
    const { compare } = app.store.get();
    const shown = compare ? app.comparison() : app.situation();
    const spots = [...shown.badges, ...shown.marks].filter((spot) => spot.change !== "same");
    const cited = spots.map((spot) => ({ spot, reports: new Set(claimsOf(spot).map((claim) => model.claims.report[claim])) }));
    const reports = numbered(app, new Set(cited.flatMap((one) => [...one.reports])));
    const numbers = new Map(reports.map(({ report, number }) => [report, number]));
    const total = shown.total || (() => null);
    const places = cited.map(({ spot, reports: own }) => ({ kind: spot.change || spot.standing, name: model.places[spot.place].name, said: said(model, spot, total), numbers: [...own].map((report) => numbers.get(report)).sort((a, b) => a - b) }));
    const kinds = compare ? Object.keys(page.changeWords) : ORDER;
    const title = (kind) => (compare ? page.changeWords[kind].replace(/^./, (first) => first.toUpperCase()) : TITLES[kind]);
    const groups = kinds.map((kind) => ({ title: title(kind), places: places.filter((place) => place.kind === kind) }));
    return { reports, groups: groups.filter((group) => group.places.length) };
  };

  /** The claims that a mark or badge is drawn from; of a comparison, those that decide at either moment. */
  function claimsOf(spot) {
    const lines = spot.change ? spot.rows.flatMap((row) => [row.lines[0], row.lines[2]]) : spot.lines;
    return lines.filter(Boolean).flatMap((line) => line.rows.filter((row) => row.list === page.layer(line)).map((row) => row.claim));
  }

  /** By source in the order of the colours, then by day. */
  function numbered({ model, colours, reportGroups }, reports) {
    const rank = (group) => (colours[group] < 0 ? Infinity : colours[group]);
    const entries = [...reports].map((report) => ({ report, group: reportGroups.get(report) }));
    entries.sort((a, b) => compared(rank(a.group), rank(b.group)) || a.group - b.group || model.reports[a.report].known - model.reports[b.report].known || a.report - b.report);
    return entries.map((entry, index) => ({ ...entry, number: index + 1 }));
  }

  function compared(one, other) {
    return one === other ? 0 : one - other;
  }

  /** What stands beside the name: the figure, whose it is, and what the sites of an area come to. */
  function said(model, spot, total) {
    if (!model.places[spot.place].area) return saying.underName(model, spot);
    const badge = saying.badge(model, spot, total(spot));
    const figure = spot.change ? saying.arrow(spot) : words.figure(spot.lead);
    return [figure, badge.whose || (spot.change ? "" : saying.named(model, saying.speakers(model, spot))), badge.sites].filter(Boolean).join(", ");
  }

  /** "1, 3–5": numbers in order, runs of three or more drawn together. */
  page.ranges = function ranges(numbers) {
    const runs = [];
    for (const number of numbers) {
      const last = runs[runs.length - 1];
      if (last && number === last[1] + 1) last[1] = number;
      else runs.push([number, number]);
    }
    return runs.map(([from, to]) => (to - from > 1 ? `${from}–${to}` : to > from ? `${from}, ${to}` : String(from))).join(", ");
  };
})(geoposture.page);
