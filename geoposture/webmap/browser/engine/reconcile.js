// Rows to posture: one line for each place and force, by the nine rules of semantics, "Posture".
(function (geoposture) {
  "use strict";

  const { REPORTED, CHANGE, PRESENT, ABSENT } = geoposture.codes;
  const { haveCommonNumber } = geoposture.figures;
  const { rowOf, impliedRow, implies, allRows } = geoposture.rows;

  const STALE = Object.freeze({ kind: "stale", by: null });
  const CHANGED = Object.freeze({ kind: "change", by: null });
  const OUTLOOK = Object.freeze({ kind: "outlook", by: null });
  const UNBOUNDED = Object.freeze({ kind: "unbounded", by: null });

  /**
   * One line for each place and force that has a row of its own that is not unbounded, by place and force.
   * The array holds the lines to show; its property `hidden` holds those of places and forces that the recipe does not show
   * (totals need some of them; not all of them are complete, so they are not for people).
   * @param {{staleAfter?: number|null, keep?: (claim: number) => boolean}} [options] `keep` says which claims take part
   */
  function reconcile(model, rows, options) {
    const stale = geoposture.staleAfter(model, options);
    const clock = { day: rows.day };
    const lines = gather(model, rows, options && options.keep, clock);
    for (const line of lines.values()) implyPresence(model, lines, line);
    for (const line of lines.values()) implyAbsence(model, lines, line);
    const shown = [];
    shown.hidden = [];
    const spoken = [...lines.values()].filter((line) => line.own.some((row) => row.certainty !== "unbounded"));
    spoken.sort((a, b) => a.key - b.key);
    for (const line of spoken) {
      const isShown = model.places[line.place].show && model.forces[line.force].show;
      const all = settled(model, allRows(line.own, line.implied.map(impliedRow)), stale);
      (isShown ? shown : shown.hidden).push(new geoposture.Line(model, line.place, line.force, all, clock));
    }
    return shown;
  }

  /** Own rows by line; the key, place and force as one number, sorts by place and force. */
  function gather(model, rows, keep, clock) {
    const lines = new Map();
    const { claim, place } = model.episodes;
    for (const e of rows.episodes) {
      if (keep && !keep(claim[e])) continue;
      const force = model.claims.force[claim[e]];
      const key = keyOf(model, place[e], force);
      let line = lines.get(key);
      if (!line) {
        line = { key, place: place[e], force, own: [], implied: [] };
        lines.set(key, line);
      }
      line.own.push(rowOf(model, e, clock));
    }
    return lines;
  }

  function keyOf(model, place, force) {
    return place * model.forces.length + force;
  }

  // Rule 1. Rows are handed over as they are, perhaps several times; allRows() makes implied ones of them.

  function implyPresence(model, lines, line) {
    for (const row of line.own) {
      if (!implies(model, row, PRESENT)) continue;
      for (const place of model.places[line.place].chain) {
        for (const force of model.forces[line.force].chain) {
          const above = lines.get(keyOf(model, place, force));
          if (above && above !== line) above.implied.push(row);
        }
      }
    }
  }

  function implyAbsence(model, lines, line) {
    for (const place of model.places[line.place].chain) {
      for (const force of model.forces[line.force].chain) {
        const above = lines.get(keyOf(model, place, force));
        if (!above || above === line) continue;
        for (const row of above.own) if (implies(model, row, ABSENT)) line.implied.push(row);
      }
    }
  }

  // Rules 2 to 4: which rows decide. What they come to, a line says by itself.

  /** Settle for each of the rows, by claim, in which list it stands and why. Returns them. */
  function settled(model, rows, stale) {
    setAside(model, rows, stale);
    overtake(model, rows);
    for (const row of rows) sortOut(model, row);
    return rows;
  }

  /** Rule 2: what is unbounded, stale or a change neither decides nor overtakes. */
  function setAside(model, rows, stale) {
    for (const row of rows) {
      if (row.certainty === "unbounded") {
        row.why = UNBOUNDED;
      } else if (stale !== null && row.basis === "carried" && row.age_days > stale) {
        row.why = STALE;
        row.list = "stale";
      } else if (model.claims.status[row.claim] === CHANGE) {
        row.why = CHANGED;
        row.list = "changes";
      }
    }
  }

  /** Rule 3. An overtaken row still overtakes; of several, the one that speaks of the latest time is named. */
  function overtake(model, rows) {
    if (!isDisputed(model, rows)) return;
    const { status } = model.claims;
    const news = newsOf(model, rows);
    const counting = news.own[PRESENT].filter((row) => row.figure);
    for (const row of rows) {
      if (row.why) continue;
      const said = PRESENT - status[row.claim];
      const opposed = opponent(model, news.own[said], news.implied[said], row);
      const counted = row.figure && firstBeyond(model, counting, row, miscounts);
      const over = opposed && counted ? (reach(model, counted) > reach(model, opposed) ? counted : opposed) : opposed || counted;
      if (!over) continue;
      row.why = { kind: "overtaken", by: over.claim };
      row.list = "overtaken";
    }
  }

  /** Where all say the same and there is at most one figure, none overtakes another. */
  function isDisputed(model, rows) {
    const { status } = model.claims;
    let said = null;
    let figures = 0;
    for (const row of rows) {
      if (row.why) continue;
      if (said === null) said = status[row.claim];
      else if (said !== status[row.claim]) return true;
      if (row.figure) figures += 1;
    }
    return figures > 1;
  }

  /**
   * What overtakes, by what it says: a line's own news, furthest first, and of those from other lines only the furthest. These are
   * many (every site in a country says "present" of it), and as each of them opposes every row, no other one is ever named.
   */
  function newsOf(model, rows) {
    const { status, modality } = model.claims;
    const own = [[], []];
    const implied = [null, null];
    for (const row of rows) {
      if (row.why || row.certainty !== "certain" || modality[row.claim] !== REPORTED) continue;
      const said = status[row.claim];
      if (!row.implied) own[said].push(row);
      else if (!implied[said] || further(model, row, implied[said]) < 0) implied[said] = row;
    }
    for (const said of own) if (said.length > 1) said.sort((a, b) => further(model, a, b));
    return { own, implied };
  }

  function further(model, one, other) {
    return reach(model, other) - reach(model, one) || one.claim - other.claim;
  }

  function opponent(model, own, implied, row) {
    const one = firstBeyond(model, own, row, isOther);
    if (!implied || reach(model, implied) <= row.known) return one;
    return one && further(model, one, implied) < 0 ? one : implied;
  }

  /** A row overtakes what became known before this day. */
  function reach(model, row) {
    return Math.min(model.claims.known_from[row.claim], model.claims.certain_from[row.claim]);
  }

  /** The first of the news, by falling reach, that reaches beyond the row and fits. */
  function firstBeyond(model, news, row, fits) {
    for (const one of news) {
      if (reach(model, one) <= row.known) return null;
      if (fits(model, one, row)) return one;
    }
    return null;
  }

  function isOther(model, one, row) {
    return one.implied || row.implied || model.claims.group[one.claim] !== model.claims.group[row.claim];
  }

  function miscounts(model, one, row) {
    return isOther(model, one, row) && !haveCommonNumber([one.figure, row.figure]);
  }

  /** Rule 4. */
  function sortOut(model, row) {
    if (row.why) return;
    if (model.claims.modality[row.claim] === REPORTED) {
      row.list = "claims";
    } else {
      row.list = "outlook";
      row.why = OUTLOOK;
    }
  }

  /** Why a claim does not decide a line: {kind, by}, `by` being the claim that overtook it; null if it does or takes no part. */
  function why(line, claim) {
    const row = line.rows.find((one) => one.claim === claim);
    return row ? row.why : null;
  }

  Object.assign(geoposture, { reconcile, why });
  // For stepper.js, crowded.js and totals.js alone.
  geoposture.posture = Object.freeze({ keyOf, settled });
})((globalThis.geoposture = globalThis.geoposture || {}));
