// What the settled rows of one place and force come to: rules 5 to 9 of semantics, "Posture".
(function (geoposture) {
  "use strict";

  const { PRESENT } = geoposture.codes;
  const { haveCommonNumber } = geoposture.figures;

  const UNCOUNTED = Object.freeze({ low: null, high: null, approx: false, figures: "none" });
  const NOBODY = Object.freeze({ low: 0, high: 0, approx: false, figures: "none" });

  /**
   * A line. What a mark is drawn from stands in it; lists and counts, which are read for few of the thousands of lines that a step of the
   * slider makes, are worked out when they are read.
   */
  class Line {
    /** @param {object[]} rows by claim, of which each has its list and why */
    constructor(model, place, force, rows, clock) {
      const deciding = decided(model, rows);
      const strength = strengthOf(model, rows, deciding);
      const outlook = deciding.isOutlook ? agreement(model, rows, "outlook") : UNCOUNTED;
      this.place = place;
      this.force = force;
      this.standing = deciding.standing;
      this.certainty = deciding.certainty;
      this.basis = deciding.basis;
      this.low = strength.low;
      this.high = strength.high;
      this.approx = strength.approx;
      this.figures = strength.figures;
      this.outlook_low = outlook.low;
      this.outlook_high = outlook.high;
      this.outlook_approx = outlook.approx;
      this.outlook_figures = outlook.figures;
      this.fresh = deciding.fresh;
      this.model = model;
      this.clock = clock;
      this.settled = rows;
      this.sorted = null;
      this.counted = -1;
    }

    get age_days() {
      return this.fresh === null ? null : Math.max(0, this.clock.day - this.fresh);
    }

    get rows() {
      return this.settled;
    }

    // Rule 7: eight articles that quote one briefing are eight reports and one origin.

    get reports() {
      if (this.counted < 0) this.counted = this.different("report");
      return this.counted;
    }

    get sources() {
      return this.different("publisher");
    }

    get origins() {
      return this.different("voice");
    }

    different(name) {
      const column = this.model.claims[name];
      const rows = support(this.settled);
      return rows.length < 2 ? rows.length : new Set(rows.map((row) => column[row.claim])).size;
    }

    // Rule 9

    get lists() {
      this.sorted = this.sorted || listed(this.rows);
      return this.sorted;
    }

    get claims() {
      return this.lists.claims;
    }

    get implied() {
      return this.lists.implied;
    }

    get overtaken() {
      return this.lists.overtaken;
    }

    get stale() {
      return this.lists.stale;
    }

    get changes() {
      return this.lists.changes;
    }

    get outlook() {
      return this.lists.outlook;
    }
  }

  /** Rules 5 and 8, in one pass: this runs for every line that a step touches. */
  function decided(model, rows) {
    const { status, known_from } = model.claims;
    // What is said, by how firmly: 1 for "present", 2 for "absent", 3 for both.
    const said = { certain: 0, possible: 0 };
    const found = { standing: "unreported", certainty: null, basis: null, fresh: null, isOutlook: false };
    for (const row of rows) {
      if (row.list === "outlook") found.isOutlook = true;
      if (row.list !== "claims") continue;
      said[row.certainty] |= status[row.claim] === PRESENT ? 1 : 2;
      if (found.fresh === null || known_from[row.claim] > found.fresh) found.fresh = known_from[row.claim];
      if (found.basis !== "cited") found.basis = row.basis;
    }
    if (found.fresh === null) return found;
    found.certainty = said.certain ? "certain" : "possible";
    found.standing = ["", "present", "absent", said.certain ? "contested" : "unclear"][said.certain || said.possible];
    return found;
  }

  /** Rule 6 for what decides. */
  function strengthOf(model, rows, { standing }) {
    if (standing === "absent") return NOBODY;
    return standing === "unclear" || standing === "unreported" ? UNCOUNTED : agreement(model, rows, "claims");
  }

  /** Rule 6: what the present rows of a list with a figure of their own say together; the certain ones alone if there are any. */
  function agreement(model, rows, list) {
    let figured = null;
    for (const row of rows) {
      if (row.figure === null || row.list !== list || model.claims.status[row.claim] !== PRESENT) continue;
      if (figured) figured.push(row);
      else figured = [row];
    }
    if (!figured) return UNCOUNTED;
    const certain = figured.filter((row) => row.certainty === "certain");
    const figures = (certain.length ? certain : figured).map((row) => row.figure);
    const bounds = (name) => figures.map((figure) => figure[name]);
    return {
      low: outermost(bounds("low"), Math.min),
      high: outermost(bounds("high"), Math.max),
      approx: figures.some((figure) => figure.approx),
      figures: haveCommonNumber(figures) ? "agree" : "disagree",
    };
  }

  /** The least or the greatest bound; null if any is open. */
  function outermost(bounds, pick) {
    return bounds.includes(null) ? null : bounds.reduce((one, other) => pick(one, other));
  }

  /** The deciding rows of its own, or where it has none, those that are implied. */
  function support(rows) {
    const deciding = rows.filter((row) => row.list === "claims");
    const own = deciding.filter((row) => !row.implied);
    return own.length ? own : deciding;
  }

  function listed(rows) {
    const lists = { claims: [], implied: [], overtaken: [], stale: [], changes: [], outlook: [] };
    for (const row of rows) {
      if (!row.list) continue;
      lists[row.list].push(row.claim);
      if (row.implied) lists.implied.push(row.claim);
    }
    return lists;
  }

  Line.listed = listed;
  geoposture.Line = Line;
})((globalThis.geoposture = globalThis.geoposture || {}));
