// The belief chart of one place and force: the standing over all days V (across) and all states of knowledge K (down).
(function (geoposture) {
  "use strict";

  /**
   * The chart as rectangles: between two cuts nothing about the line changes.
   * @param {object} [options] as of reconcile(), and `range` [first, last] day; default the model's
   * @returns {{days: number[], knowns: number[], lines: (object|null)[][]}} `days[i]` begins column i, `knowns[j]` row j;
   *   `lines[j][i]` is the line there, or null if there is none
   */
  function belief(model, place, force, options) {
    const [first, last] = (options && options.range) || model.range;
    const among = geoposture.relatives(model, place);
    const knowns = knownCuts(model, among);
    const cuts = new Set([first]);
    for (const known of knowns) {
      for (const day of geoposture.changeDays(model, known, { ...options, among })) if (first < day && day <= last) cuts.add(day);
    }
    const days = [...cuts].sort((a, b) => a - b);
    const lineAt = (day, known) => {
      const lines = geoposture.reconcile(model, geoposture.rowsAt(model, day, known, among), options);
      return lines.find((line) => line.place === place && line.force === force) || null;
    };
    return { days, knowns, lines: knowns.map((known) => days.map((day) => lineAt(day, known))) };
  }

  /** The days on which knowledge of these episodes changes. */
  function knownCuts(model, among) {
    const cuts = new Set();
    for (const e of among) {
      cuts.add(model.episodes.known_from[e]);
      if (model.episodes.known_to[e] !== geoposture.codes.NO_END) cuts.add(model.episodes.known_to[e]);
    }
    return [...cuts].sort((a, b) => a - b);
  }

  geoposture.belief = belief;
})((globalThis.geoposture = globalThis.geoposture || {}));
