// The lines of one moment after another: what a step does not touch is kept, so that a step costs what changes and not all there is.
(function (geoposture) {
  "use strict";

  const { PRESENT, ABSENT } = geoposture.codes;
  const { keyOf, rowOf, impliedRow, byClaim, implies, allRows, reconciled } = geoposture.posture;
  const NOTHING = new Int32Array(0);

  /**
   * A function like reconcile(model, rows, options) that gives the same lines. A line in which nothing has changed is the same object
   * as before and only grows older: what it gave for one moment must not be read any more when it has been asked for another.
   * The array's property `places` holds the places of all lines that are new, other or gone.
   */
  function stepper(model) {
    const memory = emptied(model);
    return function step(rows, options) {
      const keep = (options && options.keep) || null;
      const stale = geoposture.staleAfter(model, options);
      const places = new Set();
      if (keep !== memory.keep || stale !== memory.stale) {
        for (const line of memory.lines.values()) places.add(line.place);
        Object.assign(memory, emptied(model), { keep, stale });
      }
      const dirty = touched(model, memory, rows);
      memory.clock.day = rows.day;
      memory.rows = rows;
      for (const line of dirty) renew(model, memory, line);
      for (const line of dirty) if (line.own.length) settle(model, memory, line);
      for (const line of dirty) places.add(line.place);
      return Object.assign(given(memory), { places });
    };
  }

  /** `at` has the lines of each place; `order` all lines by key, or null when there are others than before. */
  function emptied(model) {
    return {
      keep: null,
      stale: undefined,
      rows: { day: 0, episodes: NOTHING },
      clock: { day: 0 },
      lines: new Map(),
      at: model.places.map(() => []),
      order: null,
    };
  }

  // What has changed

  /** The lines that a row has come to or gone from, or on which one has become carried or stale, and those on which it is implied. */
  function touched(model, memory, rows) {
    const dirty = new Set();
    const { claim } = model.episodes;
    const [before, now] = [memory.rows, rows];
    let [i, j] = [0, 0];
    while (i < before.episodes.length || j < now.episodes.length) {
      const old = i < before.episodes.length ? before.episodes[i] : Infinity;
      const e = j < now.episodes.length ? now.episodes[j] : Infinity;
      const one = Math.min(old, e);
      if (old === one) i += 1;
      if (e === one) j += 1;
      if (old === e && phase(model, memory, e, before.day) === phase(model, memory, e, now.day)) continue;
      if (memory.keep && !memory.keep(claim[one])) continue;
      touch(model, memory, dirty, one, old !== one, e !== one);
    }
    return dirty;
  }

  /** 0: cited, 1: carried, 2: stale. */
  function phase(model, memory, e, day) {
    const age = day - model.claims.known_from[model.episodes.claim[e]];
    if (age <= 0) return 0;
    return memory.stale !== null && age > memory.stale ? 2 : 1;
  }

  function touch(model, memory, dirty, e, isNew, isGone) {
    const { claims, episodes } = model;
    const claim = episodes.claim[e];
    const line = lineOf(model, memory, episodes.place[e], claims.force[claim]);
    dirty.add(line);
    if (isNew) line.held.push(e);
    if (isGone) line.held.splice(line.held.indexOf(e), 1);
    const row = { claim, certainty: geoposture.codes.CERTAINTIES[episodes.certainty[e]] };
    if (implies(model, row, PRESENT)) {
      for (const above of linesAbove(model, memory, line)) {
        dirty.add(above);
        above.news.push({ e, isNew, isGone });
      }
    }
    if (implies(model, row, ABSENT)) for (const below of linesBelow(model, memory, line)) dirty.add(below);
  }

  function lineOf(model, memory, place, force) {
    const key = keyOf(model, place, force);
    let line = memory.lines.get(key);
    if (!line) {
      const isShown = model.places[place].show && model.forces[force].show;
      line = { key, place, force, isShown, held: [], own: [], present: null, news: [], result: null };
      memory.lines.set(key, line);
      memory.at[place].push(line);
      memory.order = null;
    }
    return line;
  }

  /** The lines of the places that contain the line's and of the forces that its is part of, but not itself. */
  function linesAbove(model, memory, { key, place, force }) {
    const found = [];
    for (const area of model.places[place].chain) {
      for (const whole of model.forces[force].chain) {
        const above = memory.lines.get(keyOf(model, area, whole));
        if (above && above.key !== key) found.push(above);
      }
    }
    return found;
  }

  /** The lines of the places within the line's and of the parts of its force, but not itself. */
  function linesBelow(model, memory, line) {
    const found = [];
    const look = (place) => {
      for (const one of memory.at[place]) if (one !== line && model.forces[one.force].chain.includes(line.force)) found.push(one);
    };
    look(line.place);
    model.places[line.place].inside.forEach(look);
    return found;
  }

  // The lines that have changed

  /** Fresh rows of its own; a line without any is gone. */
  function renew(model, memory, line) {
    line.held.sort((a, b) => a - b);
    line.own = line.held.map((e) => rowOf(model, e, memory.clock));
    if (line.own.length) return;
    memory.lines.delete(line.key);
    memory.at[line.place] = memory.at[line.place].filter((one) => one !== line);
    memory.order = null;
  }

  function settle(model, memory, line) {
    keepPresent(model, memory, line);
    line.result = null;
    if (line.own.every((row) => row.certainty === "unbounded")) return;
    const implied = line.present.concat(absentAbove(model, memory, line));
    line.result = reconciled(model, line, allRows(line.own, implied), memory.clock, memory.stale);
  }

  /** The rows that say "present" of what lies below: for a country thousands, of which a step changes a few. */
  function keepPresent(model, memory, line) {
    const { news } = line;
    line.news = [];
    if (line.present === null) {
      const below = linesBelow(model, memory, line).flatMap((one) => one.own.filter((row) => implies(model, row, PRESENT)));
      line.present = below.map(impliedRow).sort(byClaim);
      return;
    }
    for (const row of line.present) {
      row.list = null;
      row.why = null;
    }
    if (news.length === 0) return;
    const gone = new Set(news.filter(({ isNew }) => !isNew).map(({ e }) => e));
    const come = news.filter(({ isGone }) => !isGone).map(({ e }) => impliedRow(rowOf(model, e, memory.clock)));
    line.present = line.present.filter((row) => !gone.has(row.episode)).concat(come).sort(byClaim);
  }

  function absentAbove(model, memory, line) {
    const found = [];
    for (const above of linesAbove(model, memory, line)) {
      for (const row of above.own) if (implies(model, row, ABSENT)) found.push(impliedRow(row));
    }
    return found;
  }

  function given(memory) {
    if (!memory.order) memory.order = [...memory.lines.values()].sort((a, b) => a.key - b.key);
    const shown = [];
    shown.hidden = [];
    for (const { isShown, result } of memory.order) if (result) (isShown ? shown : shown.hidden).push(result);
    return shown;
  }

  geoposture.stepper = stepper;
})((globalThis.geoposture = globalThis.geoposture || {}));
