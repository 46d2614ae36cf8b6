// What is said of an area beside the sum of what is said of its sites (semantics, "Totals").
(function (geoposture) {
  "use strict";

  const { PRESENT } = geoposture.codes;
  const { widen } = geoposture.figures;
  const { keyOf } = geoposture.posture;
  const NONE = Object.freeze([]);
  const NOBODY = Object.freeze({ count: 0, low: 0, high: 0, wideLow: 0, wideHigh: 0, open: 0 });

  /**
   * One object for each force to show that has the area's line or a site, by force.
   * @param {object[]} lines what reconcile() gave for `rows`
   * @param {number} area position of a place
   */
  function totals(model, lines, rows, area) {
    const at = model.places.map(() => []);
    const sums = new Map();
    const sharing = new Sharing(model);
    for (const line of lines.concat(lines.hidden || [])) {
      at[line.place].push({ force: line.force, result: line });
      sharing.count(line.force, sharedOf(model, line.rows), 1);
      countSite(model, sums, line, 1);
    }
    return totalsOf(model, at, sharing, sums)(area);
  }

  /** Of the rows of one line the deciding claims of its own with a figure that places share. */
  function sharedOf(model, rows) {
    let found = NONE;
    for (const row of rows) {
      if (row.list !== "claims" || row.implied || !isShared(model, row.claim)) continue;
      if (found === NONE) found = [];
      found.push(row.claim);
    }
    return found;
  }

  /**
   * Count a line that says "present" of a site for all areas that contain it, or with `sign` -1 count it no more. A figure is at least 1;
   * `open` says how many have no upper bound, `wide…` has the room that ≈ gives.
   * @param {Map<number, Object>} sums by area and force
   */
  function countSite(model, sums, line, sign) {
    if (!line || line.standing !== "present" || model.places[line.place].area) return;
    for (const area of model.places[line.place].within) {
      const key = keyOf(model, area, line.force);
      if (!sums.has(key)) sums.set(key, { count: 0, low: 0, high: 0, wideLow: 0, wideHigh: 0, open: 0 });
      add(sums.get(key), line, sign);
    }
  }

  function add(sum, { low, high, approx }, sign) {
    const least = low === null ? 1 : Math.max(1, low);
    const [wideLow, wideHigh] = widen(least, high, approx);
    sum.count += sign;
    sum.low += sign * least;
    sum.wideLow += sign * wideLow;
    sum.high += sign * (high || 0);
    sum.wideHigh += sign * (wideHigh || 0);
    sum.open += high === null ? sign : 0;
  }

  /**
   * The totals of one area after another at one moment.
   * @param {Array<Array<{force: number, result: object|null}>>} at for each place its lines; `result` is what reconcile() gives, null if
   *   nothing
   * @param {Sharing} sharing of all results
   * @param {Map<number, Object>} sums of all results by countSite()
   * @returns {function(number, number=): object[]} of an area, and of one force if it is named
   */
  function totalsOf(model, at, sharing, sums) {
    const lineOf = (place, force) => {
      const found = at[place].find((line) => line.force === force);
      return found ? found.result : null;
    };
    const one = (area, force) => {
      const stated = lineOf(area, force);
      const sum = sums.get(keyOf(model, area, force)) || NOBODY;
      if (!stated && !sum.count) return null;
      const lineAt = (place) => lineOf(place, force);
      return total(model, area, force, stated, withShared(model, sum, sharing.of(force), area, lineAt), () => sitesOf(model, area, lineAt));
    };
    return (area, only) => {
      const forces = only === undefined ? model.forces : [model.forces[only]];
      return forces.filter(({ show }) => show).map(({ index }) => one(area, index)).filter(Boolean);
    };
  }

  function total(model, area, force, stated, sum, sites) {
    return {
      area,
      force,
      standing: stated ? stated.standing : "unreported",
      stated_low: stated ? stated.low : null,
      stated_high: stated ? stated.high : null,
      get sites() { return sites(); },
      sites_low: sum.low,
      sites_high: sum.open ? null : sum.high,
      explained: explained(stated, sum),
      count: sum.count,
    };
  }

  function sitesOf(model, area, lineAt) {
    return model.places[area].inside.filter((place) => isSite(model, place, lineAt)).sort((a, b) => a - b);
  }

  function isSite(model, place, lineAt) {
    const line = model.places[place].area ? null : lineAt(place);
    return line !== null && line.standing === "present";
  }

  /** The sum with each shared figure that is used once, in place of those of its sites, which have none of their own. */
  function withShared(model, sum, { sets, membership }, area, lineAt) {
    if (sets.size === 0) return sum;
    const isBare = (place) => membership.get(place) === 1 && model.places[place].within.includes(area) && isSite(model, place, lineAt) && lineAt(place).figures === "none";
    const used = [...sets.values()]
      .filter((set) => set.places.every(isBare))
      .map((set) => ({ places: set.places, ...spanned(model, set) }))
      .filter((set) => set.approx !== null);
    if (used.length === 0) return sum;
    const all = { ...sum };
    for (const set of used) {
      for (const place of set.places) add(all, lineAt(place), -1);
      add(all, set, 1);
    }
    all.count = sum.count;
    return all;
  }

  /**
   * By force every set of places of which a shared figure decides anywhere, counted as the claims come and go.
   * `of(force)` gives `sets` {places, claims: Map from claim to at how many places it decides}, and `membership`, in how many of them a
   * place is.
   */
  class Sharing {
    constructor(model) {
      this.model = model;
      this.forces = model.forces.map(() => ({ sets: new Map(), membership: new Map() }));
    }

    of(force) {
      return this.forces[force];
    }

    /** Claims of sharedOf() decide at one place more (1) or less (-1). */
    count(force, claims, sign) {
      for (const claim of claims) {
        const { sets, membership } = this.forces[force];
        const places = this.model.claims.places[claim];
        const key = places.join();
        if (!sets.has(key)) {
          sets.set(key, { places, claims: new Map() });
          for (const place of places) bump(membership, place, 1);
        }
        const set = sets.get(key);
        bump(set.claims, claim, sign);
        if (set.claims.size > 0) continue;
        sets.delete(key);
        for (const place of places) bump(membership, place, -1);
      }
    }
  }

  function bump(counts, key, sign) {
    const count = (counts.get(key) || 0) + sign;
    if (count) counts.set(key, count);
    else counts.delete(key);
  }

  function isShared(model, claim) {
    const { status, places, low, high } = model.claims;
    return status[claim] === PRESENT && places[claim].length > 1 && (low[claim] !== null || high[claim] !== null);
  }

  /** Least low and greatest high of the claims that decide at all places of the set; approx null if there is none. */
  function spanned(model, set) {
    const { claims } = model;
    const all = [...set.claims.keys()].filter((claim) => set.claims.get(claim) === set.places.length);
    if (!all.length) return { low: null, high: null, approx: null };
    const highs = all.map((claim) => claims.high[claim]);
    return {
      low: all.map((claim) => claims.low[claim] || 0).reduce((one, other) => Math.min(one, other)),
      high: highs.includes(null) ? null : highs.reduce((one, other) => Math.max(one, other)),
      approx: all.some((claim) => claims.approx[claim] === 1),
    };
  }

  /** Whether the sites explain the area's figure: "within", "short", "over", or null where there is nothing to explain. */
  function explained(stated, { wideLow, wideHigh, open }) {
    if (!stated) return null;
    const hasFigure = stated.standing === "present" && stated.figures !== "none";
    if (!hasFigure && stated.standing !== "absent") return null;
    const [statedLow, statedHigh] = widen(stated.low, stated.high, stated.approx);
    if (!open && wideHigh < statedLow) return "short";
    return statedHigh !== null && wideLow > statedHigh ? "over" : "within";
  }

  Object.assign(geoposture, { totals, totalsOf, sharedOf, countSite, Sharing });
})((globalThis.geoposture = globalThis.geoposture || {}));
