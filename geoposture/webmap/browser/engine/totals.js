// What is said of an area beside the sum of what is said of its sites (semantics, "Totals").
(function (geoposture) {
  "use strict";

  const { PRESENT } = geoposture.codes;
  const { widen } = geoposture.figures;

  /**
   * One object for each force to show that has the area's line or a site, by force.
   * @param {object[]} lines what reconcile() gave for `rows`
   * @param {number} area position of a place
   */
  function totals(model, lines, rows, area) {
    const at = model.places.map(() => []);
    for (const line of lines.concat(lines.hidden || [])) at[line.place].push({ force: line.force, result: line, shared: sharedOf(model, line.rows) });
    return totalsOf(model, at, at.flat())(area);
  }

  /** Of the rows of one line the deciding ones of its own with a figure that places share. */
  function sharedOf(model, rows) {
    return rows.filter((row) => row.list === "claims" && !row.implied && isShared(model, row.claim));
  }

  /**
   * The totals of one area after another at one moment.
   * @param {Array<Array<{force: number, result: object|null, shared: object[]}>>} at for each place its lines; `result` is what
   *   reconcile() gives, null if nothing, and `shared` what sharedOf() gives
   * @param {Iterable} sharing those of the lines whose `shared` is not empty, at least
   * @returns {function(number, number=): object[]} of an area, and of one force if it is named
   */
  function totalsOf(model, at, sharing) {
    const known = new Map();
    const setsOf = (force) => {
      if (!known.has(force)) known.set(force, decidingSets(model, sharing, force));
      return known.get(force);
    };
    return (area, only) => {
      const forces = new Map();
      const look = (place, isSite) => {
        for (const { force, result } of at[place]) {
          if (!result || (only !== undefined && force !== only) || !model.forces[force].show) continue;
          if (isSite && result.standing !== "present") continue;
          if (!forces.has(force)) forces.set(force, { stated: null, sites: [] });
          if (isSite) forces.get(force).sites.push(result);
          else forces.get(force).stated = result;
        }
      };
      look(area, false);
      for (const place of model.places[area].inside) if (!model.places[place].area) look(place, true);
      const ascending = [...forces.keys()].sort((a, b) => a - b);
      return ascending.map((force) => total(model, setsOf(force), area, force, forces.get(force)));
    };
  }

  function total(model, sets, area, force, { stated, sites }) {
    sites.sort((a, b) => a.place - b.place);
    const sum = summed(model, sets, sites);
    return {
      area,
      force,
      standing: stated ? stated.standing : "unreported",
      stated_low: stated ? stated.low : null,
      stated_high: stated ? stated.high : null,
      sites: sites.map((line) => line.place),
      sites_low: sum.low,
      sites_high: sum.high,
      explained: explained(stated, sum),
    };
  }

  /** The figures added up, each at least 1, a shared one once in place of its sites'; `wide…` with the room that ≈ gives them. */
  function summed(model, sets, sites) {
    const shared = usedSets(model, sets, sites);
    const covered = new Set();
    for (const set of shared) for (const place of set.places) covered.add(place);
    const sum = { low: 0, high: 0, wideLow: 0, wideHigh: 0 };
    const add = ({ low, high, approx }) => {
      const least = low === null ? 1 : Math.max(1, low);
      const [wideLow, wideHigh] = widen(least, high, approx);
      sum.low += least;
      sum.wideLow += wideLow;
      sum.high = sum.high === null || high === null ? null : sum.high + high;
      sum.wideHigh = sum.wideHigh === null || wideHigh === null ? null : sum.wideHigh + wideHigh;
    };
    for (const line of sites) if (!covered.has(line.place)) add(line);
    shared.forEach(add);
    return sum;
  }

  /** The sets of places whose shared figure is used. */
  function usedSets(model, { sets, membership }, sites) {
    if (sets.length === 0) return [];
    const bare = new Set(sites.filter((line) => line.figures === "none").map((line) => line.place));
    return sets
      .filter((set) => set.places.every((place) => bare.has(place) && membership.get(place) === 1))
      .map((set) => ({ places: set.places, ...spanned(model, set) }))
      .filter((set) => set.approx !== null);
  }

  /**
   * Every set of places of which a shared figure decides anywhere, {places, claims: Map from claim to how many places}; and
   * `membership`, in how many of them a place is.
   */
  function decidingSets(model, sharing, force) {
    const sets = new Map();
    for (const line of sharing) {
      if (line.force === force && line.result) for (const row of line.shared) addTo(sets, model.claims.places[row.claim], row.claim);
    }
    const membership = new Map();
    for (const set of sets.values()) for (const place of set.places) membership.set(place, (membership.get(place) || 0) + 1);
    return { sets: [...sets.values()], membership };
  }

  function addTo(sets, places, claim) {
    const key = places.join();
    if (!sets.has(key)) sets.set(key, { places, claims: new Map() });
    const { claims } = sets.get(key);
    claims.set(claim, (claims.get(claim) || 0) + 1);
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
  function explained(stated, { wideLow, wideHigh }) {
    if (!stated) return null;
    const hasFigure = stated.standing === "present" && stated.figures !== "none";
    if (!hasFigure && stated.standing !== "absent") return null;
    const [statedLow, statedHigh] = widen(stated.low, stated.high, stated.approx);
    if (wideHigh !== null && wideHigh < statedLow) return "short";
    return statedHigh !== null && wideLow > statedHigh ? "over" : "within";
  }

  Object.assign(geoposture, { totals, totalsOf, sharedOf });
})((globalThis.geoposture = globalThis.geoposture || {}));
