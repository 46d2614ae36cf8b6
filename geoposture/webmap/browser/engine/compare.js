// What changed between two points (V1, K1) and (V2, K2): what happened, and what we learned (semantics, "Change").
(function (geoposture) {
  "use strict";

  const { widen } = geoposture.figures;

  const UNREPORTED = Object.freeze({ standing: "unreported", low: null, high: null, approx: false, figures: "none", claims: [] });

  /**
   * One row for each place and force to show that has a line in P = (V1, K1), Q = (V1, K2) or R = (V2, K2), by place and force.
   * @param {[number, number|null]} before [V1, K1]; K null is everything, left out it is K2
   * @param {[number, number|null]} after [V2, K2]
   * @param {object} [options] as of reconcile()
   */
  function compare(model, before, after, options) {
    const known = after[1] === undefined ? null : after[1];
    const knownBefore = before[1] === undefined ? known : before[1];
    const points = [[before[0], knownBefore], [before[0], known], [after[0], known]];
    const found = new Map();
    points.forEach(([day, upTo], number) => {
      for (const line of geoposture.reconcile(model, geoposture.rowsAt(model, day, upTo), options)) {
        const key = line.place * model.forces.length + line.force;
        if (!found.has(key)) found.set(key, { place: line.place, force: line.force, lines: [null, null, null] });
        found.get(key).lines[number] = line;
      }
    });
    const entries = [...found.values()].sort((a, b) => a.place - b.place || a.force - b.force);
    return entries.map(changed);
  }

  function changed({ place, force, lines }) {
    const [then, hindsight, now] = lines.map((line) => line || UNREPORTED);
    return {
      place,
      force,
      before: then.standing,
      after: now.standing,
      low_before: then.low,
      high_before: then.high,
      low_after: now.low,
      high_after: now.high,
      delta_low: minus(now.low, then.high),
      delta_high: minus(now.high, then.low),
      change: changeOf(then, now),
      revised: isRevised(then, hindsight),
      hindsight: hindsight.standing,
      // The two halves: learned is P to Q, happened is Q to R.
      learned: changeOf(then, hindsight),
      happened: changeOf(hindsight, now),
      evidence_before: then.claims,
      evidence_after: now.claims,
      lines,
    };
  }

  function minus(one, other) {
    return one === null || other === null ? null : one - other;
  }

  function isRevised(then, hindsight) {
    return ["standing", "low", "high", "figures"].some((name) => then[name] !== hindsight[name]);
  }

  /** The first word of the list in semantics that fits two lines. */
  function changeOf(before, after) {
    const from = before.standing;
    const to = after.standing;
    if (from === "unreported" && to === "unreported") return "same";
    if (from === "unreported" && to === "present") return "newly_present";
    if (from === "unreported" && to === "absent") return "newly_absent";
    if (to === "unreported") return "lapsed";
    if (isOpen(to) !== isOpen(from)) return isOpen(to) ? "disputed" : "settled";
    if (from === "absent" && to === "present") return "now_present";
    if (from === "present" && to === "absent") return "now_absent";
    const bothCount = before.figures !== "none" && after.figures !== "none";
    return from === "present" && to === "present" && bothCount ? figureChange(before, after) : "same";
  }

  function isOpen(standing) {
    return standing === "contested" || standing === "unclear";
  }

  function figureChange(before, after) {
    const [lowBefore, highBefore] = widen(before.low, before.high, before.approx);
    const [lowAfter, highAfter] = widen(after.low, after.high, after.approx);
    if (highBefore !== null && lowAfter > highBefore) return "up";
    if (highAfter !== null && highAfter < lowBefore) return "down";
    return before.low !== after.low || before.high !== after.high ? "shifted" : "same";
  }

  geoposture.compare = compare;
})((globalThis.geoposture = globalThis.geoposture || {}));
