// The line of an area of which thousands of rows below say "present". What its badge shows depends on three of them; the lists and
// the rows are worked out when somebody reads them.
(function (geoposture) {
  "use strict";

  const { REPORTED, ABSENT } = geoposture.codes;
  const { rowOf, impliedRow, impliedRows, allRows } = geoposture.rows;
  const { settled } = geoposture.posture;
  const { Line } = geoposture;

  /** The same as a Line of all rows, to be read while its moment lasts. */
  class Crowded extends Line {
    /**
     * @param {{place: number, force: number, own: object[], crowd: Crowd}} line
     * @param {object[][]} above rows that say "absent" of what contains it, line by line
     * @param {number[]} spokesmen episodes of the crowd that settle the line
     * @param {number} oldest the first day of publication of what is not stale
     */
    constructor(model, line, above, spokesmen, oldest, clock, stale) {
      const absent = impliedRows(above);
      super(model, line.place, line.force, joined(model, line.own, absent, spokesmen, clock, stale), clock);
      this.crowd = line.crowd;
      this.own = line.own;
      this.above = above;
      this.absent = absent;
      this.spokesmen = spokesmen;
      this.oldest = oldest;
      this.limit = stale;
      this.day = clock.day;
      this.whole = null;
      this.few = null;
    }

    /** Whether it rests on these things and on nothing that is older than it was. */
    rests({ own }, above, spokesmen) {
      const { claim } = this.model.episodes;
      const { known_from } = this.model.claims;
      const { day } = this.clock;
      const isOlder = (e) => (this.day > known_from[claim[e]]) !== (day > known_from[claim[e]]);
      return own === this.own && areSame(above, this.above) && areSame(spokesmen, this.spokesmen) && !spokesmen.some(isOlder);
    }

    /** Other rows have come or gone below, which alter no more than the lists and counts that are worked out when they are read. */
    again(oldest) {
      this.oldest = oldest;
      this.day = this.clock.day;
      this.whole = null;
      this.sorted = null;
      this.counted = -1;
    }

    get rows() {
      if (this.whole) return this.whole;
      const { model, own, absent, crowd, clock, limit } = this;
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
    for (const row of own) row.reset();
    const implied = below.map((e) => impliedRow(rowOf(model, e, clock)));
    return settled(model, allRows(own, absent.concat(implied)), stale);
  }

  function areSame(some, others) {
    return some.length === others.length && some.every((one, index) => one === others[index]);
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
