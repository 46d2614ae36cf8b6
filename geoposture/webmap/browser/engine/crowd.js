// The line of an area of which thousands of rows below say "present". What its badge shows depends on four of them; the lists and
// the rows are worked out when somebody reads them.
(function (geoposture) {
  "use strict";

  const { CERTAINTIES, PRESENT } = geoposture.codes;
  const { rowOf, impliedRow, allRows, reconciled } = geoposture.posture;
  const CERTAIN = CERTAINTIES.indexOf("certain");

  /**
   * The same line as reconciled() gives for all rows, to be read while its moment lasts.
   * @param {{place: number, force: number, own: object[], present: number[]}} line `present`: ascending positions of the episodes that
   *   say "present" of what lies below
   * @param {object[]} absent rows that say "absent" of what contains it
   */
  function crowded(model, line, absent, clock, stale) {
    const implied = (e) => impliedRow(rowOf(model, e, clock));
    const brief = reconciled(model, line, allRows(line.own, absent.concat(spokesmen(model, line, clock.day, stale).map(implied))), clock, stale);
    // Reports are counted among its own deciding rows if it has any.
    const isOwn = brief.rows.some((row) => row.list === "claims" && !row.implied);
    let whole = null;
    const all = () => {
      if (whole) return whole;
      for (const row of line.own.concat(absent)) row.reset();
      whole = reconciled(model, line, allRows(line.own, absent.concat(line.present.map(implied))), clock, stale);
      return whole;
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
      get reports() { return isOwn ? brief.reports : different(model, line, brief, clock.day, stale, "report"); },
      get sources() { return isOwn ? brief.sources : different(model, line, brief, clock.day, stale, "publisher"); },
      get origins() { return isOwn ? brief.origins : different(model, line, brief, clock.day, stale, "voice"); },
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

  /** Visit the episodes from below that count: each claim once, not at all beside a row of the line's own, and none that is stale. */
  function visit(model, line, day, stale, see) {
    const { claim } = model.episodes;
    const { known_from } = model.claims;
    // Ascending, as the rows of its own and the episodes from below are.
    const own = line.own.map((row) => row.claim);
    let beside = 0;
    const oldest = stale === null ? -Infinity : Math.min(day, day - stale);
    let last = -1;
    for (const e of line.present) {
      const one = claim[e];
      if (one === last) continue;
      last = one;
      while (beside < own.length && own[beside] < one) beside += 1;
      if (own[beside] === one) continue;
      if (known_from[one] >= oldest) see(e, one, known_from[one]);
    }
  }

  /**
   * The rows from below that settle what the line comes to. All of them say "present" without a figure, and the same news overtakes
   * them all, the oldest first. So if any certain one decides, the latest certain one does, and so for the possible ones; of those
   * that overtake others only the one that reaches furthest counts (see newsOf in reconcile.js); and if any is overtaken, the oldest is.
   */
  function spokesmen(model, line, day, stale) {
    const { certain_from } = model.claims;
    const { certainty } = model.episodes;
    let [furthest, certain, possible, oldest] = [-1, -1, -1, -1];
    let [reach, latestCertain, latestPossible, least] = [-Infinity, -Infinity, -Infinity, Infinity];
    visit(model, line, day, stale, (e, claim, known) => {
      if (known < least) {
        oldest = e;
        least = known;
      }
      if (certainty[e] !== CERTAIN) {
        if (known > latestPossible) {
          possible = e;
          latestPossible = known;
        }
        return;
      }
      if (known > latestCertain) {
        certain = e;
        latestCertain = known;
      }
      const far = Math.min(known, certain_from[claim]);
      if (far > reach) {
        furthest = e;
        reach = far;
      }
    });
    return [...new Set([furthest, certain, possible, oldest])].filter((e) => e >= 0);
  }

  /** How many different reports, publishers or voices decide, where no row of the line's own does. */
  function different(model, line, brief, day, stale, name) {
    const { claims } = model;
    const column = claims[name];
    // News overtakes what became known before the day that it reaches, and all from below are overtaken by the same news.
    const old = brief.rows.find((row) => row.list === "overtaken" && row.implied && claims.status[row.claim] === PRESENT);
    const from = old ? Math.min(claims.known_from[old.why.by], claims.certain_from[old.why.by]) : -Infinity;
    const found = new Set(brief.claims.map((one) => column[one]));
    visit(model, line, day, stale, (e, claim, known) => {
      if (known >= from) found.add(column[claim]);
    });
    return found.size;
  }

  geoposture.crowded = crowded;
})((globalThis.geoposture = globalThis.geoposture || {}));
