"use strict";
// What is to be drawn for the reader's choice: posture lines gathered into one mark for a place and one badge for an area. No DOM.

(function (page) {
  const { codes } = geoposture;
  const RANK = ["contested", "present", "unclear", "absent", "unreported"];
  const LISTS = ["claims", "outlook", "overtaken", "stale", "changes"];
  const STATES = ["present", "absent", "outlook", "faint-present", "faint-absent"];
  const NONE = Object.freeze([]);

  /** What is kept from one situation to the next; see stepper.js. */
  function memory(model) {
    const tally = { present: 0, absent: 0, contested: 0, unclear: 0, unreported: 0 };
    const areas = model.places.filter(({ area }) => area).map(({ index }) => index);
    return { step: geoposture.stepper(model), keep: remembered(model), forcesOff: null, spots: model.places.map(() => null), areas, tally, turn: 0 };
  }

  /** The same function for as long as the same things are switched off. */
  function remembered(model) {
    let seen = [];
    let keep = null;
    return (state) => {
      const parts = [state.off, state.gradesOff, state.modalitiesOff];
      if (parts.some((part, index) => part !== seen[index])) {
        seen = parts;
        keep = keeper(model, state);
      }
      return keep;
    };
  }

  /**
   * What it gives is to be read until it is called again with the same memory: lines, rows and totals are worked out when they are read.
   * @param {Object} model
   * @param {{day: number, known: number|null, off: Set<number>, forcesOff: Set<number>, gradesOff: Set<string>, modalitiesOff: Set<number>}} state
   * @param {Object} kept from memory(); a spot of which nothing has changed is the same object as in the situation before
   * @returns {{lines: Array, all: Array, rows: Object, marks: Array, badges: Array, tally: Object, spots: Array, renewed: Iterable, turn: number, total: function(Object): Object|null, heard: Object}}
   *   `marks` of sites and `badges` of areas, by place; `tally`, how many marks have each standing; `spots`, both by the position of their
   *   place, of which those `renewed` are perhaps not as they were at the turn before; `heard`, how many claims are in force by group, force
   *   and modality, whatever is switched off
   */
  function situation(model, state, kept) {
    const { day, known, forcesOff } = state;
    const moment = kept.step(day, known, { keep: kept.keep(state) });
    const isOther = kept.forcesOff !== forcesOff;
    kept.forcesOff = forcesOff;
    const renewed = isOther ? [...model.places.keys()] : moment.places;
    kept.turn += 1;
    for (const place of renewed) renew(model, kept, place, moment.at(place));
    let marks = null;
    let badges = null;
    return {
      turn: kept.turn,
      renewed,
      spots: kept.spots,
      tally: { ...kept.tally },
      get badges() {
        badges = badges || kept.areas.map((place) => kept.spots[place]).filter(Boolean);
        return badges;
      },
      get marks() {
        marks = marks || kept.spots.filter((one) => one && !model.places[one.place].area);
        return marks;
      },
      total: totalling(moment),
      heard: moment.heard,
      get all() { return moment.lines; },
      get lines() { return moment.lines.filter((line) => !forcesOff.has(line.force)); },
      get rows() { return geoposture.rowsAt(model, day, known); },
    };
  }

  /** A function that gives what the sites of a badge's area come to beside its figure, for the force that it shows; worked out once. */
  function totalling(moment) {
    const known = new Map();
    return (spot) => {
      const { place } = spot;
      if (spot.standing !== "absent" && (!spot.isCounted || page.words.figure(spot.lead) === "")) return null;
      if (!known.has(place)) known.set(place, moment.totals(place, spot.lead.force)[0] || null);
      return known.get(place);
    };
  }

  /** Which claims take part; null when nothing is switched off, which is faster. */
  function keeper(model, state) {
    const { off, gradesOff, modalitiesOff } = state;
    if (off.size + gradesOff.size + modalitiesOff.size === 0) return null;
    const { group, modality } = model.claims;
    return (claim) => !off.has(group[claim]) && !modalitiesOff.has(modality[claim]) && !gradesOff.has(grade(model, group[claim]));
  }

  /** The Admiralty grade of a source; "none" if it has none. */
  function grade(model, group) {
    return model.groups[group].reliability || "none";
  }

  function renew(model, kept, place, all) {
    const lines = kept.forcesOff.size ? all.filter((line) => !kept.forcesOff.has(line.force)) : all;
    const before = kept.spots[place];
    if (before instanceof AreaSpot && before.rests(lines)) return;
    const now = lines.length ? spot(model, lines) : null;
    kept.spots[place] = now;
    if (model.places[place].area) return;
    if (before) kept.tally[before.standing] -= 1;
    if (now) kept.tally[now.standing] += 1;
  }

  /**
   * One place: the lines with the most telling standing are drawn together. `lead` is the one with the highest figure, or where none has
   * one, the one with most reports.
   */
  function spot(model, lines) {
    const first = lines.length === 1 ? lines[0] : lines.reduce((one, other) => (firmer(one, other) <= 0 ? one : other));
    const { place, standing } = first;
    const list = layer(first);
    const alike = lines.length === 1 ? lines : lines.filter((line) => line.standing === standing && layer(line) === list);
    let people = null;
    let lead = alike.length === 1 ? first : null;
    for (const line of alike) {
      const found = estimate(line) || null;
      if (found === null || (people !== null && found <= people)) continue;
      people = found;
      lead = line;
    }
    const shown = standing === "absent" ? null : people;
    const ring = standing === "contested" || standing === "unclear" ? standing : "";
    const apart = sides(model, lines);
    if (model.places[place].area) return new AreaSpot(place, lines, alike, lead, list, shown, apart, ring);
    return { place, lines, lead: lead || weightiest(alike), standing, layer: list, people: shown, segments: segments(model, alike, list), sides: apart, ring };
  }

  /** The reports of an area may be thousands, and most badges show no more than a square: which line leads is looked for when somebody asks. */
  class AreaSpot {
    constructor(place, lines, alike, lead, list, people, apart, ring) {
      this.place = place;
      this.lines = lines;
      this.alike = alike;
      this.isAsked = false;
      this.found = lead;
      this.standing = alike[0].standing;
      this.layer = list;
      this.people = people;
      this.segments = NONE;
      this.sides = apart;
      this.ring = ring;
    }

    get lead() {
      this.isAsked = this.isAsked || !this.found;
      this.found = this.found || weightiest(this.alike);
      return this.found;
    }

    /** Whether these are its lines, and nobody knows which of them has most reports: that may have changed though they are the same. */
    rests(lines) {
      return !this.isAsked && lines.length === this.lines.length && lines.every((line, index) => line === this.lines[index]);
    }

    /** Whether any of the lines that it shows has a figure. */
    get isCounted() {
      return this.alike.some(({ low, high }) => low !== null || high !== null);
    }
  }

  /** How many forces that are no part of each other are spoken of. */
  function sides(model, lines) {
    if (lines.length === 1) return 1;
    const top = ({ force }) => { const { chain } = model.forces[force]; return chain[chain.length - 1]; };
    return lines.filter((line, index) => lines.findIndex((other) => top(other) === top(line)) === index).length;
  }

  /** The most telling standing first, and of those the one that rests on the firmest list. */
  function firmer(one, other) {
    return RANK.indexOf(one.standing) - RANK.indexOf(other.standing) || LISTS.indexOf(layer(one)) - LISTS.indexOf(layer(other));
  }

  function weightiest(lines) {
    return lines.reduce((one, other) => (other.reports - one.reports || one.force - other.force) <= 0 ? one : other);
  }

  /** The first list that has something in it: what a line shows. */
  function layer(line) {
    // What the lists say too, but an area's have thousands of claims, and are worked out when they are read.
    if (line.standing !== "unreported") return "claims";
    return LISTS.find((list) => line[list].length) || "changes";
  }

  /** One number for the area of a mark: the middle of the figure, or the bound that there is. */
  function estimate(line) {
    const [low, high] = line.standing === "unreported" ? [line.outlook_low, line.outlook_high] : [line.low, line.high];
    if (low === null && high === null) return null;
    if (low === null || high === null) return low === null ? high : low;
    return (low + high) / 2;
  }

  /** One segment for each source that speaks on this layer, by the order of sources. */
  function segments(model, lines, list) {
    const found = [];
    for (const { rows } of lines) {
      for (const row of rows) {
        if (row.list !== list) continue;
        const group = model.claims.group[row.claim];
        const carried = row.basis === "carried";
        // A place has few sources, and this runs for every place that a step changes.
        let at = 0;
        while (at < found.length && found[at].group < group) at += 1;
        const isKnown = at < found.length && found[at].group === group;
        if (!isKnown && at === found.length) found.push(segment(group, drawnAs(model, row, list), carried));
        else if (!isKnown) found.splice(at, 0, segment(group, drawnAs(model, row, list), carried));
        else if (found[at].carried && !carried) found[at] = segment(group, drawnAs(model, row, list), carried);
      }
    }
    return found;
  }

  const interned = new Map();

  /** The same object for the same segment: a page has some hundred different ones, and a step shows a thousand. */
  function segment(group, state, carried) {
    const key = (group * STATES.length + STATES.indexOf(state)) * 2 + (carried ? 1 : 0);
    if (!interned.has(key)) interned.set(key, Object.freeze({ group, state, carried }));
    return interned.get(key);
  }

  function drawnAs(model, row, list) {
    const status = model.claims.status[row.claim] === codes.ABSENT ? "absent" : "present";
    if (list === "claims") return status;
    return list === "outlook" ? "outlook" : `faint-${status}`;
  }

  /** The largest figure that any claim gives for one shown site: the scale of the marks, the same on every day. */
  function mostPeople(model) {
    const { claims, places } = model;
    let most = 0;
    for (let claim = 0; claim < claims.count; claim += 1) {
      const [place] = claims.places[claim];
      if (claims.status[claim] === codes.CHANGE || claims.places[claim].length > 1 || places[place].area || !places[place].show) continue;
      const bounds = [claims.low[claim], claims.high[claim]].filter((bound) => bound !== null);
      if (bounds.length) most = Math.max(most, bounds.reduce((sum, bound) => sum + bound, 0) / bounds.length);
    }
    return most;
  }

  Object.assign(page, { situation, memory, keeper, grade, layer, mostPeople });
})(geoposture.page);
