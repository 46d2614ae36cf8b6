// Rows to posture: one line for each place and force, by the nine rules of semantics, "Posture".
(function (geoposture) {
  "use strict";

  const { CERTAINTIES, REPORTED, CHANGE, PRESENT, ABSENT } = geoposture.codes;
  const { haveCommonNumber } = geoposture.figures;

  const STALE = Object.freeze({ kind: "stale", by: null });
  const CHANGED = Object.freeze({ kind: "change", by: null });
  const OUTLOOK = Object.freeze({ kind: "outlook", by: null });
  const UNBOUNDED = Object.freeze({ kind: "unbounded", by: null });
  const UNCOUNTED = Object.freeze({ low: null, high: null, approx: false, figures: "none" });
  const NOBODY = Object.freeze({ low: 0, high: 0, approx: false, figures: "none" });

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
      (isShown ? shown : shown.hidden).push(reconciled(model, line, allRows(line.own, line.implied.map(impliedRow)), clock, stale));
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

  /** A row of a line. Its age is read off the clock that its line shares, so that a kept row grows older by itself. */
  class Row {
    constructor(claim, place, episode, certainty, basis, known, clock, figure, implied) {
      this.claim = claim;
      this.place = place;
      this.episode = episode;
      this.certainty = certainty;
      this.basis = basis;
      this.known = known;
      this.clock = clock;
      this.figure = figure;
      this.implied = implied;
      this.list = null;
      this.why = null;
    }

    get age_days() {
      return Math.max(0, this.clock.day - this.known);
    }

    /** Whether it decides is to be settled again. */
    reset() {
      this.list = null;
      this.why = null;
    }
  }

  /** An own row. Its figure is null if it has none, if other places share it, or if it is a change. */
  function rowOf(model, e, clock) {
    const { claims, episodes } = model;
    const claim = episodes.claim[e];
    const known = claims.known_from[claim];
    const isOwn = claims.status[claim] !== CHANGE && claims.places[claim].length === 1;
    const low = claims.low[claim];
    const high = claims.high[claim];
    const figure = isOwn && (low !== null || high !== null) ? { low, high, approx: claims.approx[claim] === 1 } : null;
    return new Row(claim, episodes.place[e], e, CERTAINTIES[episodes.certainty[e]], clock.day > known ? "carried" : "cited", known, clock, figure, false);
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

  function implies(model, row, status) {
    const { claims } = model;
    return (
      claims.status[row.claim] === status && claims.modality[row.claim] === REPORTED && row.certainty !== "unbounded"
    );
  }

  /** The rows of a line by claim, each claim once: an implied one only where it has no row of its own, of several the first. */
  function allRows(own, implied) {
    // Its own rows stand in order, and each claim has one.
    if (implied.length === 0 && own.every((row, index) => index === 0 || own[index - 1].claim < row.claim)) return own;
    const rows = own.concat(implied).sort(byClaim);
    return rows.filter((row, index) => index === 0 || row.claim !== rows[index - 1].claim);
  }

  function byClaim(a, b) {
    return a.claim - b.claim || a.implied - b.implied || a.episode - b.episode;
  }

  /** The row as it counts on another line: its figure stays at its own. */
  function impliedRow({ claim, place, episode, certainty, basis, known, clock }) {
    return new Row(claim, place, episode, certainty, basis, known, clock, null, true);
  }

  // Rules 2 to 9.

  function reconciled(model, line, rows, clock, stale) {
    setAside(model, rows, stale);
    const left = rows.filter((row) => !row.why);
    if (left.length > 1) overtake(model, left);
    for (const row of left) sortOut(model, row);
    const lists = listed(rows);
    const deciding = rows.filter((row) => row.list === "claims");
    const own = lists.implied.length ? deciding.filter((row) => !row.implied) : deciding;
    const standing = standingOf(model, deciding);
    const strength = standing === "absent" ? NOBODY : agreement(model, standing === "unclear" ? [] : deciding);
    const outlook = lists.outlook.length ? agreement(model, rows.filter((row) => row.list === "outlook")) : UNCOUNTED;
    const support = own.length ? own : deciding;
    const fresh = freshest(model, deciding);
    // Written out, because this runs for every line at every step of the slider, and spreading is slow.
    return {
      place: line.place,
      force: line.force,
      standing,
      certainty: certaintyOf(deciding),
      basis: basisOf(deciding),
      low: strength.low,
      high: strength.high,
      approx: strength.approx,
      figures: strength.figures,
      outlook_low: outlook.low,
      outlook_high: outlook.high,
      outlook_approx: outlook.approx,
      outlook_figures: outlook.figures,
      reports: different(support, model.claims.report),
      sources: different(support, model.claims.publisher),
      origins: different(support, model.claims.voice),
      fresh,
      get age_days() {
        return fresh === null ? null : Math.max(0, clock.day - fresh);
      },
      claims: lists.claims,
      implied: lists.implied,
      overtaken: lists.overtaken,
      stale: lists.stale,
      changes: lists.changes,
      outlook: lists.outlook,
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
    const { status } = model.claims;
    // Where all say the same and there is at most one figure, none overtakes another.
    if (rows.every((row) => status[row.claim] === status[rows[0].claim]) && rows.filter((row) => row.figure).length < 2) return;
    const news = newsOf(model, rows);
    const counting = news.own[PRESENT].filter((row) => row.figure);
    for (const row of rows) {
      const said = PRESENT - status[row.claim];
      const opposed = opponent(model, news.own[said], news.implied[said], row);
      const counted = row.figure && firstBeyond(model, counting, row, miscounts);
      const over = opposed && counted ? (reach(model, counted) > reach(model, opposed) ? counted : opposed) : opposed || counted;
      if (!over) continue;
      row.why = { kind: "overtaken", by: over.claim };
      row.list = "overtaken";
    }
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
      if (row.certainty !== "certain" || modality[row.claim] !== REPORTED) continue;
      const said = status[row.claim];
      if (!row.implied) own[said].push(row);
      else if (!implied[said] || further(model, row, implied[said]) < 0) implied[said] = row;
    }
    for (const said of own) said.sort((a, b) => further(model, a, b));
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

  /** Rule 6: what the present rows with a figure of their own say together; the certain ones alone if there are any. */
  function agreement(model, rows) {
    const figured = rows.filter((row) => row.figure && model.claims.status[row.claim] === PRESENT);
    if (!figured.length) return UNCOUNTED;
    const certain = figured.filter((row) => row.certainty === "certain");
    const figures = (certain.length ? certain : figured).map((row) => row.figure);
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
  function different(rows, column) {
    if (rows.length < 2) return rows.length;
    return new Set(rows.map((row) => column[row.claim])).size;
  }

  /** Rule 8. */
  function freshest(model, deciding) {
    if (!deciding.length) return null;
    return deciding.reduce((latest, row) => Math.max(latest, model.claims.known_from[row.claim]), -Infinity);
  }

  function basisOf(deciding) {
    if (!deciding.length) return null;
    return deciding.some((row) => row.basis === "cited") ? "cited" : "carried";
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
  // For stepper.js and crowd.js alone.
  geoposture.posture = Object.freeze({ keyOf, rowOf, impliedRow, implies, allRows, reconciled });
})((globalThis.geoposture = globalThis.geoposture || {}));
