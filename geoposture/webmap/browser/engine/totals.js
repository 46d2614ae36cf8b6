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
    const all = lines.concat(lines.hidden || []);
    const inside = new Set(model.places[area].inside);
    const forces = new Map();
    for (const line of all) {
      if (!model.forces[line.force].show) continue;
      const isSite = inside.has(line.place) && !model.places[line.place].area && line.standing === "present";
      if (line.place !== area && !isSite) continue;
      if (!forces.has(line.force)) forces.set(line.force, { stated: null, sites: [] });
      const entry = forces.get(line.force);
      if (isSite) entry.sites.push(line);
      else entry.stated = line;
    }
    const ascending = [...forces.keys()].sort((a, b) => a - b);
    return ascending.map((force) => total(model, all, area, force, forces.get(force)));
  }

  function total(model, lines, area, force, { stated, sites }) {
    sites.sort((a, b) => a.place - b.place);
    const parts = partsOf(model, lines, force, sites);
    return {
      area,
      force,
      standing: stated ? stated.standing : "unreported",
      stated_low: stated ? stated.low : null,
      stated_high: stated ? stated.high : null,
      sites: sites.map((line) => line.place),
      sites_low: parts.reduce((sum, part) => sum + part.low, 0),
      sites_high: sumOrOpen(parts.map((part) => part.high)),
      explained: explained(stated, parts),
    };
  }

  /** The figures to add up: each at least 1, a shared one once in place of its sites'. */
  function partsOf(model, lines, force, sites) {
    const shared = usedSets(model, lines, force, sites);
    const covered = new Set();
    for (const set of shared) for (const place of set.places) covered.add(place);
    const alone = sites.filter((line) => !covered.has(line.place));
    return [...alone, ...shared].map(({ low, high, approx }) => ({ low: low === null ? 1 : Math.max(1, low), high, approx }));
  }

  /** The sets of places whose shared figure is used. */
  function usedSets(model, lines, force, sites) {
    const sets = decidingSets(model, lines, force);
    const bare = new Set(sites.filter((line) => line.figures === "none").map((line) => line.place));
    const membership = new Map();
    for (const set of sets) for (const place of set.places) membership.set(place, (membership.get(place) || 0) + 1);
    return sets
      .filter((set) => set.places.every((place) => bare.has(place) && membership.get(place) === 1))
      .map((set) => ({ places: set.places, ...spanned(model, set) }))
      .filter((set) => set.approx !== null);
  }

  /** Every set of places of which a shared figure decides anywhere: {places, claims: Map from claim to how many places}. */
  function decidingSets(model, lines, force) {
    const sets = new Map();
    for (const line of lines) {
      if (line.force !== force) continue;
      for (const row of line.rows) {
        if (row.list !== "claims" || row.implied || !isShared(model, row.claim)) continue;
        const places = model.claims.places[row.claim];
        const key = places.join();
        if (!sets.has(key)) sets.set(key, { places, claims: new Map() });
        const { claims } = sets.get(key);
        claims.set(row.claim, (claims.get(row.claim) || 0) + 1);
      }
    }
    return [...sets.values()];
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

  function sumOrOpen(bounds) {
    return bounds.includes(null) ? null : bounds.reduce((sum, bound) => sum + bound, 0);
  }

  /** Whether the sites explain the area's figure: "within", "short", "over", or null where there is nothing to explain. */
  function explained(stated, parts) {
    if (!stated) return null;
    const hasFigure = stated.standing === "present" && stated.figures !== "none";
    if (!hasFigure && stated.standing !== "absent") return null;
    const [statedLow, statedHigh] = widen(stated.low, stated.high, stated.approx);
    const bounds = parts.map((part) => widen(part.low, part.high, part.approx));
    const high = sumOrOpen(bounds.map((bound) => bound[1]));
    if (high !== null && high < statedLow) return "short";
    const low = bounds.reduce((sum, bound) => sum + bound[0], 0);
    return statedHigh !== null && low > statedHigh ? "over" : "within";
  }

  geoposture.totals = totals;
})((globalThis.geoposture = globalThis.geoposture || {}));
