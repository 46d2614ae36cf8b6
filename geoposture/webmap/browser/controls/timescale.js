"use strict";
// Days to the line of time and back. Drawn to scale where something was published; long stretches in which nothing was are cut short
// and marked as broken, so that five busy months are not lost among six silent years. No DOM.

(function (page) {
  const { days } = geoposture;
  const NEAR = 12;
  const KEPT = 24;
  const BROKEN = 3;

  /**
   * @param {Iterable<number>} events days on which something happens
   * @param {[number, number]} range first and last day
   * @returns {{pieces: Array, first: number, last: number, at: function(number): number, dayAt: function(number): number}}
   *   `at` gives a part of the whole length, 0 to 1; each piece is {from, to, start, end, broken}
   */
  page.timeScale = function timeScale(events, [first, last]) {
    const pieces = [];
    let length = 0;
    for (const [from, to, isQuiet] of stretches(events, first, last)) {
      const long = to - from;
      const drawn = isQuiet ? short(long) : long;
      pieces.push({ from, to, start: length, end: length + drawn, broken: isQuiet && long > BROKEN * drawn });
      length += drawn;
    }
    for (const piece of pieces) {
      piece.start /= length;
      piece.end /= length;
    }
    return {
      pieces,
      first,
      last,
      at: (day) => along(pieces.find((piece) => day <= piece.to) || pieces[pieces.length - 1], Math.max(first, Math.min(last, day))),
      dayAt: (part) => back(pieces.find((piece) => part <= piece.end) || pieces[pieces.length - 1], Math.max(0, Math.min(1, part))),
    };
  };

  /** A quiet stretch grows with the logarithm of its length. */
  function short(long) {
    return long <= KEPT ? long : KEPT + 5 * Math.log2(long / KEPT);
  }

  /** [from, to, quiet] in order, from the first day to the last. */
  function stretches(events, first, last) {
    const found = [];
    let reached = first;
    const add = (to, isQuiet) => {
      if (to > reached) found.push([reached, to, isQuiet]);
      reached = Math.max(reached, to);
    };
    for (const event of [...new Set(events)].sort((a, b) => a - b)) {
      add(Math.min(last, event - NEAR), true);
      add(Math.min(last, event + NEAR), false);
    }
    add(last, true);
    return found.length ? found : [[first, Math.max(last, first + 1), false]];
  }

  function along(piece, day) {
    return piece.start + ((day - piece.from) / (piece.to - piece.from)) * (piece.end - piece.start);
  }

  function back(piece, part) {
    return Math.round(piece.from + ((part - piece.start) / (piece.end - piece.start)) * (piece.to - piece.from));
  }

  /**
   * Years and months to write under the line, as many as have room: years first, then the months where the line goes on after a
   * break, then round years within the breaks, then quarters and months.
   * @param {Object} scale
   * @param {number} width of the line in pixels
   * @param {function(string): number} measure width of a text
   * @returns {Array<{day: number, part: number, text: string}>}
   */
  page.timeMarks = function timeMarks(scale, width, measure) {
    const taken = page.layout.occupancy([-8, 0, width + 8, 1]);
    const found = [];
    for (const { day, text } of candidates(scale)) {
      const part = scale.at(day);
      const half = measure(text) / 2 + 6;
      if (taken.first([[part * width - half, 0, part * width + half, 1]]) === 0) found.push({ day, part, text });
    }
    return found;
  };

  function candidates(scale) {
    const broken = scale.pieces.filter((piece) => piece.broken).map(yearsWithin);
    const open = scale.pieces.filter((piece) => !piece.broken).map(monthsWithin);
    const months = open.flat();
    return [
      ...months.filter(({ month }) => month === 1).map(({ day, year }) => ({ day, text: String(year) })),
      ...open.flatMap((own) => own.slice(0, 1)).map(({ day, name, year }) => ({ day, text: `${name} ${year}` })),
      ...broken.flatMap(({ round }) => round),
      ...months.filter(({ month }) => month % 3 === 1).map(({ day, name }) => ({ day, text: name })),
      ...months.map(({ day, name }) => ({ day, text: name })),
      ...broken.flatMap(({ others }) => others),
    ];
  }

  /** Each month that begins in a piece. */
  function monthsWithin({ from, to }) {
    const found = [];
    const [first, begun] = days.toParts(from);
    for (let count = first * 12 + begun - 1; ; count += 1) {
      const [year, month] = [Math.floor(count / 12), (count % 12) + 1];
      const day = days.fromParts(year, month, 1);
      if (day > to) return found;
      if (day >= from) found.push({ day, year, month, name: days.long(day).split(" ")[1] });
    }
  }

  /** The years that begin in a broken piece: the decades and the others; of a long one only every 100th, 500th or 1000th. */
  function yearsWithin({ from, to }) {
    const [first, last] = [days.toParts(from)[0], days.toParts(to)[0]];
    const step = [1000, 500, 100].find((long) => last - first > 3 * long) || 10;
    const found = { round: [], others: [] };
    for (let year = first; year <= last; year += 1) {
      const day = days.fromParts(year, 1, 1);
      if (day <= from || day >= to) continue;
      if (year % step === 0) found.round.push({ day, text: String(year) });
      else if (step === 10) found.others.push({ day, text: String(year) });
    }
    return found;
  }
})(geoposture.page);
