// The rows of a line: what one claim says at one place, its own or implied from another line.
(function (geoposture) {
  "use strict";

  const { CERTAINTIES, REPORTED, CHANGE } = geoposture.codes;

  /** A row of a line. Its age is read off the clock that its line shares, so that a kept row grows older by itself. */
  class Row {
    constructor(claim, place, episode, certainty, basis, known, clock, figure, implied) {
      this.claim = claim;
      this.place = place;
      this.episode = episode;
      this.certainty = certainty;
      this.basis = basis;
      this.known = known;
      this.clock = clock;
      this.figure = figure;
      this.implied = implied;
      this.list = null;
      this.why = null;
    }

    get age_days() {
      return Math.max(0, this.clock.day - this.known);
    }

    /** Whether it decides is to be settled again. */
    reset() {
      this.list = null;
      this.why = null;
    }
  }

  /** An own row. Its figure is null if it has none, if other places share it, or if it is a change. */
  function rowOf(model, e, clock) {
    const { claims, episodes } = model;
    const claim = episodes.claim[e];
    const known = claims.known_from[claim];
    const isOwn = claims.status[claim] !== CHANGE && claims.places[claim].length === 1;
    const low = claims.low[claim];
    const high = claims.high[claim];
    const figure = isOwn && (low !== null || high !== null) ? { low, high, approx: claims.approx[claim] === 1 } : null;
    return new Row(claim, episodes.place[e], e, CERTAINTIES[episodes.certainty[e]], clock.day > known ? "carried" : "cited", known, clock, figure, false);
  }

  /** The row as it counts on another line: its figure stays at its own. */
  function impliedRow({ claim, place, episode, certainty, basis, known, clock }) {
    return new Row(claim, place, episode, certainty, basis, known, clock, null, true);
  }

  /** All rows of some lists, as they count on another line. */
  function impliedRows(lists) {
    const found = [];
    for (const rows of lists) for (const row of rows) found.push(impliedRow(row));
    return found;
  }

  /** Whether the row says something of other lines too: "present" of what contains it, "absent" of what lies within it. */
  function implies(model, row, status) {
    const { claims } = model;
    return claims.status[row.claim] === status && claims.modality[row.claim] === REPORTED && row.certainty !== "unbounded";
  }

  /** The rows of a line by claim, each claim once: an implied one only where it has no row of its own, of several the first. */
  function allRows(own, implied) {
    // Its own rows stand in order, and each claim has one.
    if (implied.length === 0 && isAscending(own)) return own;
    const rows = own.concat(implied).sort(byClaim);
    let kept = 0;
    for (let at = 0; at < rows.length; at += 1) {
      if (at > 0 && rows[at].claim === rows[kept - 1].claim) continue;
      rows[kept] = rows[at];
      kept += 1;
    }
    rows.length = kept;
    return rows;
  }

  function isAscending(rows) {
    for (let at = 1; at < rows.length; at += 1) if (rows[at - 1].claim >= rows[at].claim) return false;
    return true;
  }

  function byClaim(a, b) {
    return a.claim - b.claim || a.implied - b.implied || a.episode - b.episode;
  }

  // For reconcile.js, stepper.js and crowded.js alone.
  geoposture.rows = Object.freeze({ rowOf, impliedRow, impliedRows, implies, allRows });
})((globalThis.geoposture = globalThis.geoposture || {}));
