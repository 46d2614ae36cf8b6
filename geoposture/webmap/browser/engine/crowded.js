// The line of an area of which thousands of rows below say "present". What its badge shows depends on three of them; the lists and
// the rows are worked out when somebody reads them.
(function (geoposture) {
  "use strict";

  const { REPORTED, ABSENT } = geoposture.codes;
  const { rowOf, impliedRow, allRows, reconciled } = geoposture.posture;

  /**
   * The same line as reconciled() gives for all rows, to be read while its moment lasts.
   * @param {{place: number, force: number, own: object[], crowd: Crowd}} line
   * @param {object[]} absent rows that say "absent" of what contains it
   * @param {{day: number, known: number}} now
   */
  function crowded(model, line, absent, clock, stale, now) {
    const implied = (e) => impliedRow(rowOf(model, e, clock));
    const own = line.own.map((row) => row.claim);
    const oldest = stale === null ? -Infinity : Math.min(clock.day, clock.day - stale);
    const settled = (some) => reconciled(model, line, allRows(line.own, absent.concat(some.map(implied))), clock, stale);
    const brief = settled(line.crowd.spokesmen(own, oldest, now));
    // Reports are counted among its own deciding rows if it has any.
    const isOwn = brief.rows.some((row) => row.list === "claims" && !row.implied);
    let whole = null;
    const all = () => {
      if (whole) return whole;
      for (const row of line.own.concat(absent)) row.reset();
      whole = settled(line.crowd.all());
      return whole;
    };
    const counts = {};
    const different = (name) => {
      if (!(name in counts)) counts[name] = line.crowd.different(own, Math.max(oldest, overtakenBefore(model, brief.rows)), model.claims[name], brief.claims);
      return counts[name];
    };
    return {
      place: brief.place,
      force: brief.force,
      standing: brief.standing,
      certainty: brief.certainty,
      basis: brief.basis,
      low: brief.low,
      high: brief.high,
      approx: brief.approx,
      figures: brief.figures,
      outlook_low: brief.outlook_low,
      outlook_high: brief.outlook_high,
      outlook_approx: brief.outlook_approx,
      outlook_figures: brief.outlook_figures,
      get reports() { return isOwn ? brief.reports : different("report"); },
      get sources() { return isOwn ? brief.sources : different("publisher"); },
      get origins() { return isOwn ? brief.origins : different("voice"); },
      fresh: brief.fresh,
      get age_days() { return brief.age_days; },
      get claims() { return all().claims; },
      get implied() { return all().implied; },
      get overtaken() { return all().overtaken; },
      get stale() { return all().stale; },
      changes: brief.changes,
      outlook: brief.outlook,
      get rows() { return all().rows; },
    };
  }

  /**
   * The day before which all that is known from below is overtaken. As from below comes no figure, nothing but a certain report of absence
   * overtakes it, and each does, up to the day that it reaches.
   */
  function overtakenBefore(model, rows) {
    const { status, modality, known_from, certain_from } = model.claims;
    let furthest = -Infinity;
    for (const { claim, certainty, list } of rows) {
      const isNews = certainty === "certain" && status[claim] === ABSENT && modality[claim] === REPORTED && list !== "stale";
      if (isNews) furthest = Math.max(furthest, Math.min(known_from[claim], certain_from[claim]));
    }
    return furthest;
  }

  geoposture.crowded = crowded;
})((globalThis.geoposture = globalThis.geoposture || {}));
