// The line of an area of which thousands of rows below say "present". What its badge shows depends on three of them; the lists and
// the rows are worked out when somebody reads them.
(function (geoposture) {
  "use strict";

  const { REPORTED, ABSENT } = geoposture.codes;
  const { rowOf, impliedRow, allRows } = geoposture.rows;
  const { settled } = geoposture.posture;
  const { Line } = geoposture;

  /** The same as a Line of all rows, to be read while its moment lasts. */
  class Crowded extends Line {
    /**
     * @param {{place: number, force: number, own: object[], crowd: Crowd}} line
     * @param {object[]} absent rows that say "absent" of what contains it
     * @param {{day: number, known: number}} now
     */
    constructor(model, line, absent, clock, stale, now) {
      const claims = line.own.map((row) => row.claim);
      const oldest = stale === null ? -Infinity : Math.min(clock.day, clock.day - stale);
      super(model, line.place, line.force, joined(model, line.own, absent, line.crowd.spokesmen(claims, oldest, now), clock, stale), clock);
      this.crowd = line.crowd;
      this.own = line.own;
      this.absent = absent;
      this.oldest = oldest;
      this.limit = stale;
      this.whole = null;
      this.few = null;
    }

    get rows() {
      if (this.whole) return this.whole;
      const { model, own, absent, crowd, clock, limit } = this;
      for (const row of own) row.reset();
      for (const row of absent) row.reset();
      this.whole = joined(model, own, absent, crowd.all(), clock, limit);
      return this.whole;
    }

    /** The lists of the rows that settle it: all of them but for what is said from below. */
    get brief() {
      this.few = this.few || Line.listed(this.settled);
      return this.few;
    }

    get changes() {
      return this.brief.changes;
    }

    get outlook() {
      return this.brief.outlook;
    }

    /** Reports are counted among its own deciding rows if it has any, else among all that are implied. */
    different(name) {
      if (this.own.some((row) => row.list === "claims")) return super.different(name);
      const { model, settled: rows, own, oldest } = this;
      const since = Math.max(oldest, overtakenBefore(model, rows));
      return this.crowd.different(own.map((row) => row.claim), since, model.claims[name], this.brief.claims);
    }
  }

  function joined(model, own, absent, below, clock, stale) {
    const implied = below.map((e) => impliedRow(rowOf(model, e, clock)));
    return settled(model, allRows(own, absent.concat(implied)), stale);
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

  geoposture.Crowded = Crowded;
})((globalThis.geoposture = globalThis.geoposture || {}));
