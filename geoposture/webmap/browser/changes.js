"use strict";
// Two moments compared: one change for a place, the heaviest of its lines, and the two lists of what happened and what was learned. No DOM.

(function (page) {
  /** From the heaviest change to the lightest. */
  const ORDER = ["disputed", "now_absent", "now_present", "newly_present", "newly_absent", "settled", "down", "up", "lapsed", "shifted", "same"];

  /** The day up to which the first moment is known; "same" follows the second moment. */
  function firstKnown(state) {
    return state.compare.known === "same" ? state.known : state.compare.known;
  }

  /**
   * @param {Object} state with `compare` {day, known}, the first moment; its day and known are the second
   * @returns {{marks: Array, badges: Array, happened: Array, learned: Array}}
   */
  function comparison(model, state) {
    const before = [state.compare.day, firstKnown(state)];
    const rows = geoposture.compare(model, before, [state.day, state.known], { keep: page.keeper(model, state) }).filter((row) => !state.forcesOff.has(row.force));
    const spots = [...byPlace(rows).values()].map((own) => spot(own));
    return {
      marks: spots.filter(({ place }) => !model.places[place].area),
      badges: spots.filter(({ place, change }) => model.places[place].area && change !== "same"),
      happened: listed(rows, "happened", 1, 2),
      learned: listed(rows, "learned", 0, 1),
    };
  }

  function byPlace(rows) {
    const places = new Map();
    for (const row of rows) {
      if (!places.has(row.place)) places.set(row.place, []);
      places.get(row.place).push(row);
    }
    return places;
  }

  function spot(rows) {
    const [first] = [...rows].sort((a, b) => heavier(a, b, "change"));
    const [before, , after] = first.lines;
    return { place: first.place, change: first.change, revised: rows.some((row) => row.revised), before, after, rows };
  }

  /** The rows in which one half of the change is not "same", heaviest first. */
  function listed(rows, half, from, to) {
    const found = rows.filter((row) => row[half] !== "same" || (half === "learned" && row.revised));
    return found.sort((a, b) => heavier(a, b, half)).map((row) => ({ place: row.place, force: row.force, change: row[half], before: row.lines[from], after: row.lines[to] }));
  }

  function heavier(a, b, half) {
    return ORDER.indexOf(a[half]) - ORDER.indexOf(b[half]) || size(b) - size(a) || a.place - b.place || a.force - b.force;
  }

  /** How many people the change is about, as far as it is known. */
  function size(row) {
    return Math.max(Math.abs(row.delta_low || 0), Math.abs(row.delta_high || 0));
  }

  /**
   * The places whose lines are other than with today's knowledge.
   * @param {{all: Object[]}} situation of the day as known then
   * @param {Object} kept from memory(), for the lines of today's knowledge
   */
  function differing(model, state, situation, kept) {
    if (state.known === null) return new Set();
    const today = kept.step(state.day, null, { keep: kept.keep(state) });
    const key = (line) => line.place * model.forces.length + line.force;
    const now = new Map(today.lines.map((line) => [key(line), line]));
    const places = new Set();
    const add = (line) => state.forcesOff.has(line.force) || places.add(line.place);
    for (const line of situation.all) {
      const other = now.get(key(line));
      now.delete(key(line));
      if (!other || ["standing", "low", "high", "figures"].some((name) => line[name] !== other[name])) add(line);
    }
    now.forEach(add);
    return places;
  }

  Object.assign(page, { comparison, differing, firstKnown });
})(geoposture.page);
