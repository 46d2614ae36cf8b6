// Which episodes can come, go or grow old between two moments: found by their days, so that nobody has to look at all of them.
(function (geoposture) {
  "use strict";

  const { NO_START, NO_END } = geoposture.codes;
  /** No day that can be written is before this one, so that the keys below are not negative. */
  const EARLIEST = geoposture.days.FIRST;

  /**
   * @returns {function({day: number, known: number}, {day: number, known: number}, number|null): Int32Array} positions of all episodes
   *   that hold at only one of the two moments, or are cited, carried or stale at only one of them; each once, and some others too
   */
  function turns(model) {
    const { episodes, claims } = model;
    const known = Int32Array.from(episodes.claim, (claim) => claims.known_from[claim]);
    const index = {
      valid_from: later(() => byDay(episodes.valid_from)),
      valid_to: later(() => byDay(episodes.valid_to)),
      known_from: later(() => byDay(episodes.known_from)),
      known_to: later(() => byDay(episodes.known_to)),
      age: later(() => byDay(known)),
    };
    const seen = new Int32Array(episodes.count);
    let round = 0;

    return function between(before, now, stale) {
      const found = [];
      round += 1;
      const look = (column, from, to) => {
        if (from === to) return;
        for (const e of onDays(index[column](), from, to)) {
          if (seen[e] !== round) found.push(e);
          seen[e] = round;
        }
      };
      const [first, last] = [Math.min(before.day, now.day), Math.max(before.day, now.day)];
      const [least, most] = [Math.min(before.known, now.known), Math.max(before.known, now.known)];
      // It holds from the first bound on and until the day before the second one.
      for (const column of ["valid_from", "valid_to"]) look(column, first + 1, last + 1);
      for (const column of ["known_from", "known_to"]) look(column, least + 1, most + 1);
      // It is carried from the day after the one on which it became known, and stale so many days later.
      look("age", first, last);
      if (stale !== null) look("age", first - stale, last - stale);
      return Int32Array.from(found);
    };
  }

  /** Worked out when it is asked for the first time: many readers never move the second clock. */
  function later(make) {
    let made = null;
    return () => {
      made = made || make();
      return made;
    };
  }

  /** The episodes that have a day in the column, by that day: day and position in one number, because numbers sort fast. */
  function byDay(column) {
    const keys = new Float64Array(column.length);
    let held = 0;
    column.forEach((day, e) => {
      if (day !== NO_START && day !== NO_END) keys[held++] = (day - EARLIEST) * column.length + e;
    });
    return { count: column.length, keys: keys.slice(0, held).sort() };
  }

  /** The episodes whose day is `from` or later and before `to`. */
  function onDays({ count, keys }, from, to) {
    const start = firstFrom(keys, (from - EARLIEST) * count);
    const end = firstFrom(keys, (to - EARLIEST) * count);
    return Int32Array.from(keys.subarray(start, end), (key) => key % count);
  }

  function firstFrom(keys, key) {
    let low = 0;
    let high = keys.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (keys[middle] < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  geoposture.turns = turns;
})((globalThis.geoposture = globalThis.geoposture || {}));
