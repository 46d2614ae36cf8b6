// The lines of one moment after another: what a step does not touch is kept, so that a step costs what changes and not all there is.
(function (geoposture) {
  "use strict";

  const { PRESENT, ABSENT } = geoposture.codes;
  const { keyOf, settled } = geoposture.posture;
  const { rowOf, impliedRows, implies, allRows } = geoposture.rows;

  /**
   * A function that gives for (V, K) what reconcile() gives, as one moment after another: `lines`; `at(place)`, the lines of one
   * place that are shown; `totals(area)`, or of one force `totals(area, force)`; `places`, the places of all lines that are new, other or
   * gone; and `heard`, how many claims speak of places that are shown, by group, force and modality, whatever is kept. A line in which
   * nothing has changed is the same object as before and only grows older, and so is the line of an area if no more than its lists and
   * counts are other: what it gave for one moment must not be read any more when it has been asked for another.
   */
  function stepper(model) {
    const turns = geoposture.turns(model);
    let memory = emptied(model, null, undefined);
    return function step(day, known, options) {
      const keep = (options && options.keep) || null;
      const stale = geoposture.staleAfter(model, options);
      const places = new Set();
      if (keep !== memory.keep || stale !== memory.stale) {
        for (const line of memory.lines.values()) places.add(line.place);
        memory = emptied(model, keep, stale);
      }
      const dirty = touched(model, memory, turns, { day, known: geoposture.asKnown(known) });
      for (const line of dirty) {
        line.before = line.result;
        renew(model, memory, line);
      }
      for (const line of dirty) {
        if (line.own.length) settle(model, memory, line);
        recount(model, memory, line);
        places.add(line.place);
      }
      return momentOf(model, memory, places);
    };
  }

  /** `at` has the lines of each place, by force; `voices` how many episodes each claim has that hold and are heard. */
  function emptied(model, keep, stale) {
    const counts = (size) => new Int32Array(size);
    return {
      keep,
      stale,
      now: null,
      clock: { day: 0 },
      lines: new Map(),
      sharing: new geoposture.Sharing(model),
      sums: new Map(),
      at: model.places.map(() => []),
      voices: counts(model.claims.count),
      heard: { group: counts(model.groups.length), force: counts(model.forces.length), modality: counts(geoposture.codes.MODALITIES.length) },
    };
  }

  // What has changed

  /** The lines that a row has come to or gone from, or on which one has become carried or stale, and those on which it is implied. */
  function touched(model, memory, turns, now) {
    const dirty = new Set();
    const { claim } = model.episodes;
    const before = memory.now;
    memory.now = now;
    memory.clock.day = now.day;
    for (const e of before ? turns(before, now, memory.stale) : claim.keys()) {
      const was = before !== null && geoposture.holds(model, e, before);
      const is = geoposture.holds(model, e, now);
      if (was !== is) hear(model, memory, e, is ? 1 : -1);
      if (!was && !is) continue;
      if (was && is && phase(model, memory, e, before.day) === phase(model, memory, e, now.day)) continue;
      if (!memory.keep || memory.keep(claim[e])) touch(model, memory, dirty, e, !was, !is);
    }
    return dirty;
  }

  function hear(model, memory, e, more) {
    const { claims, episodes } = model;
    if (!model.places[episodes.place[e]].show) return;
    const claim = episodes.claim[e];
    memory.voices[claim] += more;
    // The first one to come, or the last one to go.
    if (memory.voices[claim] !== (more > 0 ? 1 : 0)) return;
    memory.heard.group[claims.group[claim]] += more;
    memory.heard.force[claims.force[claim]] += more;
    memory.heard.modality[claims.modality[claim]] += more;
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
    line.isStirred = true;
    if (isNew) line.held.push(e);
    if (isGone) line.held.splice(line.held.indexOf(e), 1);
    const row = { claim, certainty: geoposture.codes.CERTAINTIES[episodes.certainty[e]] };
    if (implies(model, row, PRESENT)) {
      for (const above of linesAbove(model, memory, line)) {
        dirty.add(above);
        if (above.crowd) above.crowd.note(e, isNew - isGone);
      }
    }
    if (implies(model, row, ABSENT)) for (const below of linesBelow(model, memory, line)) dirty.add(below);
  }

  function lineOf(model, memory, place, force) {
    const key = keyOf(model, place, force);
    let line = memory.lines.get(key);
    if (!line) {
      const isShown = model.places[place].show && model.forces[force].show;
      line = { key, place, force, isShown, isStirred: true, held: [], own: [], denials: [], shared: [], crowd: null, before: null, result: null };
      memory.lines.set(key, line);
      memory.at[place].push(line);
      memory.at[place].sort((a, b) => a.force - b.force);
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

  /** Bring up to date what totals need of a line. */
  function recount(model, memory, line) {
    const { before, result } = line;
    const isSame = before && result && before.standing === result.standing && before.low === result.low && before.high === result.high && before.approx === result.approx;
    if (!isSame) {
      geoposture.countSite(model, memory.sums, before, -1);
      geoposture.countSite(model, memory.sums, result, 1);
    }
    line.before = null;
    memory.sharing.count(line.force, line.shared, -1);
    line.shared = geoposture.sharedOf(model, result ? line.own : []);
    memory.sharing.count(line.force, line.shared, 1);
  }

  /** Rows of its own as they are now; a line without any is gone. */
  function renew(model, memory, line) {
    if (!line.isStirred) return;
    line.isStirred = false;
    line.held.sort((a, b) => a - b);
    const before = line.own;
    line.own = line.held.map((e) => rowOf(model, e, memory.clock));
    if (line.crowd) line.crowd.leave(before, line.own);
    line.denials = line.own.filter((row) => implies(model, row, ABSENT));
    if (line.own.length) return;
    line.result = null;
    memory.lines.delete(line.key);
    memory.at[line.place] = memory.at[line.place].filter((one) => one !== line);
  }

  function settle(model, memory, line) {
    line.crowd = line.crowd || crowdOf(model, memory, line);
    const { clock, stale } = memory;
    const above = denialsAbove(model, memory, line);
    if (line.own.every((row) => row.certainty === "unbounded")) line.result = null;
    else if (line.crowd.size) line.result = crowded(model, memory, line, above);
    else {
      for (const row of line.own) row.reset();
      const rows = allRows(line.own, impliedRows(above));
      line.result = new geoposture.Line(model, line.place, line.force, settled(model, rows, stale), clock);
    }
  }

  /** The line of an area as it was, if what settles it is what it was: most of what a step changes lies below areas that it does not alter. */
  function crowded(model, { clock, stale, now }, line, above) {
    const oldest = stale === null ? -Infinity : Math.min(clock.day, clock.day - stale);
    const spokesmen = line.crowd.spokesmen(line.own.map((row) => row.claim), oldest, now);
    const before = line.result;
    if (!(before instanceof geoposture.Crowded && before.rests(line, above, spokesmen))) return new geoposture.Crowded(model, line, above, spokesmen, oldest, clock, stale);
    before.again(oldest);
    return before;
  }

  function crowdOf(model, memory, line) {
    const below = linesBelow(model, memory, line).flatMap((one) => one.own.filter((row) => implies(model, row, PRESENT)));
    return new geoposture.Crowd(model, below.map((row) => row.episode).sort((a, b) => a - b));
  }

  /** Of the same lines as linesAbove() finds, those rows that say "absent" of what lies within them, line by line. */
  function denialsAbove(model, memory, { key, place, force }) {
    const found = [];
    for (const area of model.places[place].chain) {
      for (const whole of model.forces[force].chain) {
        const above = memory.lines.get(keyOf(model, area, whole));
        if (above && above.key !== key && above.denials.length) found.push(above.denials);
      }
    }
    return found;
  }

  // What is given

  function momentOf(model, memory, places) {
    const { now } = memory;
    const check = () => {
      if (memory.now !== now) throw new Error("geoposture: a moment that is over was asked for its lines");
    };
    let lines = null;
    let totals = null;
    return {
      places,
      heard: memory.heard,
      at(place) {
        check();
        const found = [];
        for (const { isShown, result } of memory.at[place]) if (isShown && result) found.push(result);
        return found;
      },
      totals(area, force) {
        check();
        totals = totals || geoposture.totalsOf(model, memory.at, memory.sharing, memory.sums);
        return totals(area, force);
      },
      get lines() {
        check();
        lines = lines || given(memory);
        return lines;
      },
    };
  }

  function given(memory) {
    const shown = [];
    shown.hidden = [];
    for (const lines of memory.at) {
      for (const { isShown, result } of lines) if (result) (isShown ? shown : shown.hidden).push(result);
    }
    return shown;
  }

  geoposture.stepper = stepper;
})((globalThis.geoposture = globalThis.geoposture || {}));
