// The episodes that say "present" of what lies below a line: for a country thousands, of which a step changes a few. Three of them settle
// what the line comes to; they are kept, and looked for among all only when one of them has gone.
(function (geoposture) {
  "use strict";

  const CERTAIN = geoposture.codes.CERTAINTIES.indexOf("certain");
  /** So many comings and goings wait at most. */
  const MOST_WAITING = 1000;

  class Crowd {
    /** @param {number[]} episodes positions, ascending */
    constructor(model, episodes) {
      this.model = model;
      this.size = episodes.length;
      this.episodes = episodes;
      /** Comings and goings since `episodes` was put together, as [episode, 1 or -1]. */
      this.waiting = [];
      /** The spokesmen, null if they must be looked for, and what has happened since, as [episode, 1, -1 or 0]. */
      this.kept = null;
      this.news = [];
    }

    /** An episode has come (1), has gone (-1), or has become stale or ceased to be (0). */
    note(e, sign) {
      this.size += sign;
      if (sign !== 0) this.waiting.push([e, sign]);
      if (this.waiting.length > MOST_WAITING) this.all();
      if (this.kept) this.news.push([e, sign]);
      if (this.news.length > MOST_WAITING) this.forget();
    }

    /** The spokesmen have to be looked for. */
    forget() {
      this.kept = null;
      this.news = [];
    }

    /** Other rows of its own than before: a claim that stood beside them counts from now on, if it speaks of what lies below too. */
    leave(before, now) {
      const { places } = this.model.claims;
      if (this.kept && before.some(({ claim }) => places[claim].length > 1 && !now.some((row) => row.claim === claim))) this.forget();
    }

    /** All of them, ascending. */
    all() {
      if (this.waiting.length === 0) return this.episodes;
      const net = new Map();
      for (const [e, sign] of this.waiting) net.set(e, (net.get(e) || 0) + sign);
      const come = [...net.keys()].filter((e) => net.get(e) > 0).sort((a, b) => a - b);
      const found = [];
      let at = 0;
      for (const e of this.episodes) {
        while (at < come.length && come[at] < e) found.push(come[at++]);
        if (net.get(e) !== -1) found.push(e);
      }
      while (at < come.length) found.push(come[at++]);
      this.episodes = found;
      this.waiting = [];
      return found;
    }

    /**
     * Visit those that count: each claim once, not at all beside a row of the line's own, and none that became known before `oldest`.
     * @param {number[]} own claims of the line's own rows, ascending
     */
    visit(own, oldest, see) {
      const { claim } = this.model.episodes;
      const { known_from } = this.model.claims;
      let beside = 0;
      let last = -1;
      for (const e of this.all()) {
        const one = claim[e];
        if (one === last) continue;
        last = one;
        while (beside < own.length && own[beside] < one) beside += 1;
        if (own[beside] === one) continue;
        if (known_from[one] >= oldest) see(e, one, known_from[one]);
      }
    }

    /** How many different codes in a column of reports or sources those that count have, together with some other claims. */
    different(own, oldest, column, others) {
      const seen = scratch(this.model);
      let count = 0;
      const add = (claim) => {
        if (seen.at[column[claim]] !== seen.round) count += 1;
        seen.at[column[claim]] = seen.round;
      };
      others.forEach(add);
      this.visit(own, oldest, (e, one) => add(one));
      return count;
    }

    /**
     * Those that settle what the line comes to. All say "present" without a figure, and the same news overtakes them all, the oldest
     * first. So if any certain one decides, the latest certain one does, and so for the possible ones; and of those that overtake others
     * only the one that reaches furthest counts (see newsOf in reconcile.js).
     * @param {{day: number, known: number}} now
     */
    spokesmen(own, oldest, now) {
      if (!this.kept || !this.isKept(own, oldest, now)) {
        this.kept = { certain: -1, possible: -1, furthest: -1 };
        this.visit(own, oldest, (e) => this.hear(e));
      }
      this.news = [];
      const { certain, possible, furthest } = this.kept;
      return [...new Set([furthest, certain, possible])].filter((e) => e >= 0);
    }

    /** Bring the spokesmen up to date with the news; false if they have to be looked for. */
    isKept(own, oldest, now) {
      const { claim } = this.model.episodes;
      const { known_from } = this.model.claims;
      const { kept, news } = this;
      for (const [e, sign] of news) {
        const one = claim[e];
        if (sign < 0 && (one === this.claimOf(kept.certain) || one === this.claimOf(kept.possible) || one === this.claimOf(kept.furthest))) return false;
        if (sign < 0 || known_from[one] < oldest || own.includes(one)) continue;
        if (this.isMixed(e, now)) return false;
        this.hear(e);
      }
      return [kept.certain, kept.possible, kept.furthest].every((e) => e < 0 || (known_from[claim[e]] >= oldest && !own.includes(claim[e])));
    }

    /** Whether the claim is certain at one of its places and not at another: only the first of them counts. */
    isMixed(e, now) {
      const { claim, certainty } = this.model.episodes;
      if (this.model.claims.places[claim[e]].length < 2) return false;
      const isOther = (one) => certainty[one] !== certainty[e] && geoposture.holds(this.model, one, now);
      // Episodes of one claim stand together.
      for (let one = e - 1; claim[one] === claim[e]; one -= 1) if (isOther(one)) return true;
      for (let one = e + 1; claim[one] === claim[e]; one += 1) if (isOther(one)) return true;
      return false;
    }

    hear(e) {
      const { kept } = this;
      const known = this.knownOf(e);
      if (this.model.episodes.certainty[e] !== CERTAIN) {
        if (isAhead(known, e, this.knownOf(kept.possible), kept.possible)) kept.possible = e;
        return;
      }
      if (isAhead(known, e, this.knownOf(kept.certain), kept.certain)) kept.certain = e;
      if (isAhead(this.reachOf(this.claimOf(e)), e, this.reachOf(this.claimOf(kept.furthest)), kept.furthest)) kept.furthest = e;
    }

    claimOf(e) {
      return e < 0 ? -1 : this.model.episodes.claim[e];
    }

    knownOf(e) {
      return e < 0 ? -Infinity : this.model.claims.known_from[this.model.episodes.claim[e]];
    }

    reachOf(claim) {
      return claim < 0 ? -Infinity : Math.min(this.model.claims.known_from[claim], this.model.claims.certain_from[claim]);
    }
  }

  const scratches = new WeakMap();

  /** For each report or source the last round in which it was seen: nothing to be cleared for the next one. */
  function scratch(model) {
    if (!scratches.has(model)) scratches.set(model, { at: new Int32Array(Math.max(model.reports.length, model.sources.length)), round: 0 });
    const found = scratches.get(model);
    found.round += 1;
    return found;
  }

  /** Of equal ones the first episode is ahead. */
  function isAhead(one, e, other, kept) {
    return one > other || (one === other && e < kept);
  }

  geoposture.Crowd = Crowd;
})((globalThis.geoposture = globalThis.geoposture || {}));
