// The payload as the engine works on it: typed columns, and tables of what contains what.
(function (geoposture) {
  "use strict";

  const VERSION = 1;
  const NO_START = -2147483648;
  const NO_END = 2147483647;
  /** "Everything known": before the end of every episode that is still open. */
  const EVERYTHING = NO_END - 1;

  const MODALITIES = Object.freeze(["possible", "expected", "announced", "reported"]);
  const CERTAINTIES = Object.freeze(["unbounded", "possible", "certain"]);
  const REPORTED = 3;
  const CHANGE = -1;
  const ABSENT = 0;
  const PRESENT = 1;

  const PLACE = { names: [], within: [], accuracy_km: null, note: null };
  const FORCE = { part_of: [], note: null };
  const SOURCE = { role: null, country: null, reliability: null, url: null, note: null };
  const GROUP = { role: null, reliability: null };
  const REPORT = { title: null, author: null, url: null, dating: null, repeats: [], note: null };

  /**
   * The model of a payload (shapes: README.md). It keeps no reference to the payload's columns.
   * @throws {Error} if the payload is of another version than this engine
   */
  function model(payload) {
    if (payload.version !== VERSION) throw new Error(`geoposture: payload version ${payload.version}, not ${VERSION}`);
    const places = filled(payload.places, PLACE);
    const forces = filled(payload.forces, FORCE);
    const reports = filled(payload.reports, REPORT);
    addBelow(places, "within", "inside");
    addBelow(forces, "part_of", "parts");
    const claims = claimColumns(payload.claims, reports);
    const episodes = episodeColumns(payload.episodes);
    return {
      data: payload.data,
      recipe: payload.recipe,
      bounds: payload.bounds,
      range: payload.range,
      places,
      silent: (payload.silent || []).map(([name, names, within]) => ({ name, names, within })),
      forces,
      groups: filled(payload.groups, GROUP),
      sources: filled(payload.sources, SOURCE),
      reports,
      claims,
      episodes,
      episodesOf: indexBy(episodes.place, places.length),
      claimsOf: claimsByPlace(claims, places.length),
    };
  }

  function filled(entries, defaults) {
    return entries.map((entry, index) => ({ index, ...defaults, ...entry }));
  }

  /**
   * Gives each entry what lies below it at any depth, `children`, what lies directly below, and `chain`, itself with what
   * contains it.
   */
  function addBelow(entries, up, down) {
    for (const entry of entries) {
      entry[down] = [];
      entry.children = [];
      entry.chain = [entry.index, ...entry[up]];
    }
    for (const entry of entries) {
      for (const above of entry[up]) entries[above][down].push(entry.index);
      if (entry[up].length) entries[entry[up][0]].children.push(entry.index);
    }
  }

  function claimColumns(given, reports) {
    const count = given.id.length;
    const claims = {
      count,
      id: given.id.map((id, claim) => `${reports[given.report[claim]].id}#${id}`),
      report: Int32Array.from(given.report),
      publisher: Int32Array.from(given.report, (report) => reports[report].publisher),
      voice: Int32Array.from(given.voice),
      group: Int32Array.from(given.group),
      force: Int32Array.from(given.force),
      places: given.places,
      status: Int8Array.from(given.status, (status) => (status === null ? CHANGE : status)),
      modality: Int8Array.from(given.modality),
      low: given.low,
      high: given.high,
      approx: spread(given.approx, new Uint8Array(count)),
      known_from: Int32Array.from(given.known_from),
      // "Never certain" lies before all days, so it is after none.
      certain_from: Int32Array.from(given.certain_from, (day) => (day === null ? NO_START : day)),
      withdrawn_from: spread(given.withdrawn_from, new Int32Array(count).fill(NO_END)),
      replaces: spread(given.replaces, new Int32Array(count).fill(-1)),
      withdrawn_by: new Int32Array(count).fill(-1),
      words: given,
    };
    markWithdrawn(claims);
    return claims;
  }

  function spread(few, column) {
    for (const claim of Object.keys(few)) column[Number(claim)] = Number(few[claim]);
    return column;
  }

  /** The claim that withdrew each one first. */
  function markWithdrawn(claims) {
    for (let claim = 0; claim < claims.count; claim++) {
      const withdrawn = claims.replaces[claim];
      if (withdrawn < 0) continue;
      const before = claims.withdrawn_by[withdrawn];
      if (before < 0 || claims.known_from[claim] < claims.known_from[before]) claims.withdrawn_by[withdrawn] = claim;
    }
  }

  function episodeColumns(given) {
    const bounded = (days, none) => Int32Array.from(days, (day) => (day === null ? none : day));
    return {
      count: given.claim.length,
      claim: Int32Array.from(given.claim),
      place: Int32Array.from(given.place),
      valid_from: bounded(given.valid_from, NO_START),
      valid_to: bounded(given.valid_to, NO_END),
      known_from: bounded(given.known_from, NO_START),
      known_to: bounded(given.known_to, NO_END),
      certainty: Int8Array.from(given.certainty),
    };
  }

  /** For each code the positions at which it stands in the column, ascending. */
  function indexBy(column, count) {
    const lengths = new Int32Array(count);
    for (const code of column) lengths[code]++;
    const found = Array.from(lengths, (length) => new Int32Array(length));
    lengths.fill(0);
    column.forEach((code, position) => {
      found[code][lengths[code]++] = position;
    });
    return found;
  }

  function claimsByPlace(claims, count) {
    const found = Array.from({ length: count }, () => []);
    claims.places.forEach((places, claim) => {
      for (const place of places) found[place].push(claim);
    });
    return found;
  }

  /** One claim with all its words, for people to read. Days are whole numbers or null; other things are positions. */
  function claim(model, index) {
    const { claims } = model;
    const words = claims.words;
    const isChange = claims.status[index] === CHANGE;
    const word = (name) => (index in words[name] ? words[name][index] : null);
    return {
      index,
      id: claims.id[index],
      report: claims.report[index],
      publisher: claims.publisher[index],
      voice: claims.voice[index],
      group: claims.group[index],
      force: claims.force[index],
      places: claims.places[index],
      status: isChange ? null : claims.status[index] === PRESENT ? "present" : "absent",
      modality: MODALITIES[claims.modality[index]],
      low: isChange ? null : claims.low[index],
      high: isChange ? null : claims.high[index],
      approx: claims.approx[index] === 1,
      change_low: isChange ? claims.low[index] : null,
      change_high: isChange ? claims.high[index] : null,
      shared: claims.places[index].length > 1 && (claims.low[index] !== null || claims.high[index] !== null),
      figure: word("figure"),
      when: word("when"),
      qualified: word("qualified") === true,
      known_from: claims.known_from[index],
      certain_from: words.certain_from[index],
      withdrawn_from: word("withdrawn_from"),
      withdrawn_by: orNull(claims.withdrawn_by[index]),
      replaces: orNull(claims.replaces[index]),
      repeats: word("repeats"),
      credibility: word("credibility"),
      quote: word("quote"),
      says: word("says"),
      where: word("where"),
      note: word("note"),
    };
  }

  function orNull(index) {
    return index < 0 ? null : index;
  }

  geoposture.model = model;
  geoposture.claim = claim;
  geoposture.codes = Object.freeze({
    NO_START, NO_END, EVERYTHING, MODALITIES, CERTAINTIES, REPORTED, CHANGE, ABSENT, PRESENT,
  });
})((globalThis.geoposture = globalThis.geoposture || {}));
