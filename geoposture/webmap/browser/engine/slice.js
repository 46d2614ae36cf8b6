// Which episodes hold at a day V, as known on a day K; and on which days V that can change.
(function (geoposture) {
  "use strict";

  const { EVERYTHING, NO_START, NO_END } = geoposture.codes;
  const { LAST } = geoposture.days;

  /**
   * The episodes that hold: valid_from <= day < valid_to and known_from <= known < known_to.
   * @param {number|null} known null: everything
   * @param {Int32Array} [among] positions of the episodes to look at, ascending; default all
   * @returns {{day: number, known: number, episodes: Int32Array}} positions of episodes, ascending
   */
  function rowsAt(model, day, known, among) {
    const { valid_from, valid_to, known_from, known_to, count } = model.episodes;
    const upTo = asKnown(known);
    const size = among ? among.length : count;
    const found = new Int32Array(size);
    let held = 0;
    for (let at = 0; at < size; at++) {
      const e = among ? among[at] : at;
      if (valid_from[e] <= day && day < valid_to[e] && known_from[e] <= upTo && upTo < known_to[e]) found[held++] = e;
    }
    return { day, known: upTo, episodes: found.slice(0, held) };
  }

  /** Whether one episode holds at a moment {day, known}, the latter as asKnown() gives it. */
  function holds(model, e, { day, known }) {
    const { valid_from, valid_to, known_from, known_to } = model.episodes;
    return valid_from[e] <= day && day < valid_to[e] && known_from[e] <= known && known < known_to[e];
  }

  function asKnown(known) {
    return known === null || known === undefined ? EVERYTHING : known;
  }

  /** The days after which a carried row no longer decides; null: never. */
  function staleAfter(model, options) {
    const given = options && options.staleAfter;
    return given === undefined ? model.recipe.stale_after : given;
  }

  /** Episodes of the place, of the areas that contain it and of what lies within it: all that can touch its lines. */
  function relatives(model, place) {
    const { within, inside } = model.places[place];
    const size = [place, ...within, ...inside].reduce((sum, one) => sum + model.episodesOf[one].length, 0);
    const found = new Int32Array(size);
    let end = 0;
    for (const one of [place, ...within, ...inside]) {
      found.set(model.episodesOf[one], end);
      end += model.episodesOf[one].length;
    }
    return found.sort();
  }

  /**
   * The days, ascending, on which the situation as known on `known` can change: a row begins or ends, is carried from then
   * on, or becomes stale.
   * @param {{staleAfter?: number|null, keep?: (claim: number) => boolean, among?: Int32Array}} [options]
   */
  function changeDays(model, known, options) {
    const { episodes } = model;
    const keep = (options && options.keep) || null;
    const among = options && options.among;
    const upTo = asKnown(known);
    const days = new Set();
    for (let at = 0; at < (among ? among.length : episodes.count); at++) {
      const e = among ? among[at] : at;
      const holds = episodes.known_from[e] <= upTo && upTo < episodes.known_to[e] && episodes.certainty[e] > 0;
      if (holds && (!keep || keep(episodes.claim[e]))) addDays(days, model, e, staleAfter(model, options));
    }
    return Int32Array.from(days).sort();
  }

  function addDays(days, model, e, stale) {
    const from = model.episodes.valid_from[e];
    const to = model.episodes.valid_to[e];
    const known = model.claims.known_from[model.episodes.claim[e]];
    if (from !== NO_START) days.add(from);
    if (to !== NO_END) days.add(to);
    for (const flip of stale === null ? [known + 1] : [known + 1, known + stale + 1]) {
      if (from < flip && flip < to && flip <= LAST) days.add(flip);
    }
  }

  /** The first of the ascending days after `day`, or null. */
  function nextChange(days, day) {
    const at = countUpTo(days, day);
    return at < days.length ? days[at] : null;
  }

  /** The last of the ascending days before `day`, or null. */
  function previousChange(days, day) {
    const at = countUpTo(days, day - 1);
    return at > 0 ? days[at - 1] : null;
  }

  function countUpTo(days, day) {
    let low = 0;
    let high = days.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (days[middle] <= day) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  Object.assign(geoposture, { rowsAt, holds, relatives, changeDays, nextChange, previousChange, staleAfter, asKnown });
})((globalThis.geoposture = globalThis.geoposture || {}));
