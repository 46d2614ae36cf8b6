// Rows to posture: one line for each place and force, by the nine rules of semantics, "Posture".
(function (geoposture) {
  "use strict";

  const { CERTAINTIES, REPORTED, CHANGE, PRESENT, ABSENT } = geoposture.codes;
  const { haveCommonNumber } = geoposture.figures;

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
    const lines = gather(model, rows, options && options.keep);
    implyPresence(model, lines);
    implyAbsence(model, lines);
    const shown = [];
    shown.hidden = [];
    const spoken = [...lines.values()].filter((line) => line.own.some((row) => row.certainty !== "unbounded"));
    spoken.sort((a, b) => a.place - b.place || a.force - b.force);
    for (const line of spoken) {
      const isShown = model.places[line.place].show && model.forces[line.force].show;
      (isShown ? shown : shown.hidden).push(reconciled(model, line, rows.day, stale));
    }
    return shown;
  }

  /** Own rows by line; the key is place and force as one number. */
  function gather(model, rows, keep) {
    const lines = new Map();
    const { claim, place } = model.episodes;
    for (const e of rows.episodes) {
      if (keep && !keep(claim[e])) continue;
      const force = model.claims.force[claim[e]];
      const key = keyOf(model, place[e], force);
      let line = lines.get(key);
      if (!line) {
        line = { place: place[e], force, own: [], implied: [], seen: new Set() };
        lines.set(key, line);
      }
      line.own.push(rowOf(model, e, rows.day));
      line.seen.add(claim[e]);
    }
    return lines;
  }

  function keyOf(model, place, force) {
    return place * model.forces.length + force;
  }

  /** An own row. Its figure is null if it has none, if other places share it, or if it is a change. */
  function rowOf(model, e, day) {
    const { claims, episodes } = model;
    const claim = episodes.claim[e];
    const age = day - claims.known_from[claim];
    const isOwn = claims.status[claim] !== CHANGE && claims.places[claim].length === 1;
    const low = claims.low[claim];
    const high = claims.high[claim];
    return {
      claim,
      place: episodes.place[e],
      episode: e,
      certainty: CERTAINTIES[episodes.certainty[e]],
      basis: age > 0 ? "carried" : "cited",
      age_days: Math.max(0, age),
      figure: isOwn && (low !== null || high !== null) ? { low, high, approx: claims.approx[claim] === 1 } : null,
      implied: false,
      list: null,
      why: null,
    };
  }

  // Rule 1. A claim can come from several lines and counts once; not at all where it has a row of its own, or is unbounded.

  function implyPresence(model, lines) {
    for (const line of lines.values()) {
      for (const row of line.own) {
        if (!implies(model, row, PRESENT)) continue;
        for (const place of [line.place, ...model.places[line.place].within]) {
          for (const force of [line.force, ...model.forces[line.force].part_of]) {
            imply(lines.get(keyOf(model, place, force)), row);
          }
        }
      }
    }
  }

  function implyAbsence(model, lines) {
    for (const line of lines.values()) {
      for (const place of [line.place, ...model.places[line.place].within]) {
        for (const force of [line.force, ...model.forces[line.force].part_of]) {
          const above = lines.get(keyOf(model, place, force));
          if (!above) continue;
          for (const row of above.own) if (implies(model, row, ABSENT)) imply(line, row);
        }
      }
    }
  }

  function implies(model, row, status) {
    const { claims } = model;
    return (
      claims.status[row.claim] === status && claims.modality[row.claim] === REPORTED && row.certainty !== "unbounded"
    );
  }

  function imply(line, row) {
    if (!line || line.seen.has(row.claim)) return;
    line.seen.add(row.claim);
    line.implied.push({ ...row, figure: null, implied: true });
  }

  // Rules 2 to 9.

  function reconciled(model, line, day, stale) {
    const rows = [...line.own, ...line.implied].sort((a, b) => a.claim - b.claim);
    setAside(model, rows, stale);
    const left = rows.filter((row) => !row.why);
    overtake(model, left);
    for (const row of left) sortOut(model, row);
    const lists = listed(rows);
    const deciding = rows.filter((row) => row.list === "claims");
    const outlook = agreement(model, rows.filter((row) => row.list === "outlook"));
    const standing = standingOf(model, deciding);
    return {
      place: line.place,
      force: line.force,
      standing,
      certainty: certaintyOf(deciding),
      ...strength(model, standing, deciding),
      outlook_low: outlook.low,
      outlook_high: outlook.high,
      outlook_approx: outlook.approx,
      outlook_figures: outlook.figures,
      ...support(model, deciding),
      ...freshness(model, deciding, day),
      ...lists,
      rows,
    };
  }

  /** Rule 2: what is unbounded, stale or a change neither decides nor overtakes. */
  function setAside(model, rows, stale) {
    for (const row of rows) {
      if (row.certainty === "unbounded") row.why = UNBOUNDED;
      else if (stale !== null && row.basis === "carried" && row.age_days > stale) row.why = STALE;
      else if (model.claims.status[row.claim] === CHANGE) row.why = CHANGED;
      if (row.why === STALE) row.list = "stale";
      if (row.why === CHANGED) row.list = "changes";
    }
  }

  /** Rule 3. An overtaken row still overtakes; of several, the one that speaks of the latest time is named. */
  function overtake(model, rows) {
    const { status, modality, known_from, certain_from } = model.claims;
    const reach = (row) => Math.min(known_from[row.claim], certain_from[row.claim]);
    const news = rows.filter((row) => row.certainty === "certain" && modality[row.claim] === REPORTED);
    news.sort((a, b) => reach(b) - reach(a) || a.claim - b.claim);
    // Two lists, because those that agree are many (every site in a country says "present" of it) and need no look.
    const saying = [ABSENT, PRESENT].map((said) => news.filter((row) => status[row.claim] === said));
    const counting = saying[PRESENT].filter((row) => row.figure);
    for (const row of rows) {
      const known = known_from[row.claim];
      const contradicts = (one) => isOther(model, one, row);
      const miscounts = (one) => isOther(model, one, row) && !haveCommonNumber([one.figure, row.figure]);
      const over = [
        firstBeyond(saying[PRESENT - status[row.claim]], reach, known, contradicts),
        row.figure ? firstBeyond(counting, reach, known, miscounts) : null,
      ].filter(Boolean);
      over.sort((a, b) => reach(b) - reach(a) || a.claim - b.claim);
      if (!over.length) continue;
      row.why = { kind: "overtaken", by: over[0].claim };
      row.list = "overtaken";
    }
  }

  /** The first row that fits, of rows by falling reach, as long as they reach beyond the day. */
  function firstBeyond(rows, reach, day, fits) {
    for (const row of rows) {
      if (reach(row) <= day) return null;
      if (fits(row)) return row;
    }
    return null;
  }

  function isOther(model, one, row) {
    return one.implied || row.implied || model.claims.group[one.claim] !== model.claims.group[row.claim];
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

  /** Rule 5. */
  function standingOf(model, deciding) {
    if (!deciding.length) return "unreported";
    const certain = deciding.filter((row) => row.certainty === "certain");
    const voters = certain.length ? certain : deciding;
    const first = model.claims.status[voters[0].claim];
    if (voters.every((row) => model.claims.status[row.claim] === first)) return first === PRESENT ? "present" : "absent";
    return certain.length ? "contested" : "unclear";
  }

  function certaintyOf(deciding) {
    if (!deciding.length) return null;
    return deciding.some((row) => row.certainty === "certain") ? "certain" : "possible";
  }

  /** Rule 6. */
  function strength(model, standing, deciding) {
    if (standing === "absent") return { low: 0, high: 0, approx: false, figures: "none" };
    if (standing === "present" || standing === "contested") return agreement(model, deciding);
    return agreement(model, []);
  }

  /** What the present rows with a figure of their own say together; the certain ones alone if there are any. */
  function agreement(model, rows) {
    const figured = rows.filter((row) => row.figure && model.claims.status[row.claim] === PRESENT);
    const certain = figured.filter((row) => row.certainty === "certain");
    const figures = (certain.length ? certain : figured).map((row) => row.figure);
    if (!figures.length) return { low: null, high: null, approx: false, figures: "none" };
    const bounds = (name) => figures.map((figure) => figure[name]);
    return {
      low: outermost(bounds("low"), Math.min),
      high: outermost(bounds("high"), Math.max),
      approx: figures.some((figure) => figure.approx),
      figures: haveCommonNumber(figures) ? "agree" : "disagree",
    };
  }

  /** The least or the greatest bound; null if any is open. */
  function outermost(bounds, pick) {
    return bounds.includes(null) ? null : bounds.reduce((one, other) => pick(one, other));
  }

  /** Rule 7: eight articles that quote one briefing are eight reports and one origin. */
  function support(model, deciding) {
    const own = deciding.filter((row) => !row.implied);
    const chosen = own.length ? own : deciding;
    const count = (column) => new Set(chosen.map((row) => model.claims[column][row.claim])).size;
    return { reports: count("report"), sources: count("publisher"), origins: count("voice") };
  }

  /** Rule 8. */
  function freshness(model, deciding, day) {
    if (!deciding.length) return { fresh: null, age_days: null, basis: null };
    const fresh = deciding.reduce((latest, row) => Math.max(latest, model.claims.known_from[row.claim]), -Infinity);
    const isCited = deciding.some((row) => row.basis === "cited");
    return { fresh, age_days: Math.max(0, day - fresh), basis: isCited ? "cited" : "carried" };
  }

  /** Rule 9. */
  function listed(rows) {
    const lists = { claims: [], implied: [], overtaken: [], stale: [], changes: [], outlook: [] };
    for (const row of rows) {
      if (!row.list) continue;
      lists[row.list].push(row.claim);
      if (row.implied) lists.implied.push(row.claim);
    }
    return lists;
  }

  /** Why a claim does not decide a line: {kind, by}, `by` being the claim that overtook it; null if it does or takes no part. */
  function why(line, claim) {
    const row = line.rows.find((one) => one.claim === claim);
    return row ? row.why : null;
  }

  Object.assign(geoposture, { reconcile, why });
})((globalThis.geoposture = globalThis.geoposture || {}));
