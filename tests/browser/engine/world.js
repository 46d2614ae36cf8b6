// A small payload, as payload.py writes it, and a large one.
"use strict";

const PLACES = [
  { id: "ain-al-asad", name: "Ain al-Asad Air Base", names: [["Ayn al-Asad", ""], ["قاعدة عين الأسد الجوية", "ar"]], kind: "air-base", area: false, within: [1, 2], lat: 33.8, lon: 42.4, show: true },
  { id: "al-anbar", name: "Al-Anbar", kind: "province", area: true, within: [2], lat: 32.5, lon: 42, show: true },
  { id: "iraq", name: "Iraq", names: [["العراق", "ar"]], kind: "country", area: true, lat: 33.2, lon: 43.7, show: true },
];

function empty(overrides) {
  return {
    version: 1,
    data: "0",
    recipe: { title: "T", subtitle: null, notes: null, day: 100, known: null, compare: null, by: "publisher", stale_after: 365, tiles: null },
    bounds: [42, 32, 44, 34],
    range: [0, 100],
    places: PLACES,
    forces: [{ id: "coalition", name: "Coalition", show: true }, { id: "us", name: "US", part_of: [0], show: true }],
    groups: [{ id: "courier", name: "Courier", kind: "publisher" }, { id: "gazette", name: "Gazette", kind: "publisher" }],
    sources: [{ id: "courier", name: "Courier", kind: "publisher" }, { id: "gazette", name: "Gazette", kind: "publisher" }],
    reports: [],
    ...columns([]),
    ...overrides,
  };
}

/** claims and episodes of {id, report, force, group, place, status, known, from, to}, one report for each. */
function columns(entries) {
  const column = (name, otherwise) => entries.map((entry) => (name in entry ? entry[name] : otherwise));
  const few = Object.fromEntries(
    ["approx", "figure", "qualified", "withdrawn_from", "replaces", "repeats", "when", "credibility", "quote", "says", "where", "note"].map((name) => [
      name,
      Object.fromEntries(entries.flatMap((entry, at) => (name in entry ? [[at, entry[name]]] : []))),
    ]),
  );
  return {
    reports: entries.map((entry, at) => ({ id: `r${at}`, publisher: entry.group || 0, published: "2025", known: entry.known })),
    claims: {
      id: entries.map(() => "c"),
      report: entries.map((_, at) => at),
      force: column("force", 1),
      group: column("group", 0),
      voice: column("group", 0),
      places: entries.map((entry) => [entry.place || 0]),
      status: column("status", 1),
      modality: column("modality", 3),
      low: column("low", null),
      high: column("high", null),
      known_from: column("known", 0),
      certain_from: column("from", 0),
      ...few,
    },
    episodes: {
      claim: entries.map((_, at) => at),
      place: column("place", 0),
      valid_from: column("from", 0),
      valid_to: column("to", null),
      known_from: column("known", 0),
      known_to: column("known_to", null),
      certainty: column("certainty", 2),
    },
  };
}

function payload(entries, overrides) {
  return empty({ ...columns(entries), ...overrides });
}

module.exports = { payload };
