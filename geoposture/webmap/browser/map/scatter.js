"use strict";
// Thousands of discs on the paper, found by where they are: which lie in a cell, which is hit, whether a box is free. No DOM, no Leaflet.

(function (page) {
  const CELL = 16;
  /** So many times more of the largest discs are kept in order than are asked for. */
  const STOCK = 2;

  /**
   * Discs by place, in all cells of a grid that they reach into, in each cell in the order in which they are drawn.
   * A disc is {place, x, y, r, edge, outer, isRinged}: `r` is its radius without rings, `edge` with them, `outer` how far all that is drawn
   * of it reaches at most. A disc may be coloured otherwise while it is here, but must keep its outline.
   * @param {number[]} bounds [left, top, right, bottom] of the grid; what lies beyond counts to its outermost cells
   */
  page.scatter = function scatter([left, top, right, bottom]) {
    const columns = Math.max(1, Math.ceil((right - left) / CELL));
    const rows = Math.max(1, Math.ceil((bottom - top) / CELL));
    const cells = Array.from({ length: columns * rows }, () => []);
    const discs = new Map();
    const seen = [];
    let round = 0;
    let first = null;
    let order = [];

    const column = (x) => Math.max(0, Math.min(columns - 1, Math.floor((x - left) / CELL)));
    const row = (y) => Math.max(0, Math.min(rows - 1, Math.floor((y - top) / CELL)));

    /** Call `see(cell)` for every cell that a disc reaches into. */
    function reached({ x, y, outer }, see) {
      const [lastColumn, lastRow] = [column(x + outer), row(y + outer)];
      for (let at = row(y - outer); at <= lastRow; at += 1) {
        for (let across = column(x - outer); across <= lastColumn; across += 1) see(cells[at * columns + across]);
      }
    }

    function remove(place) {
      const disc = discs.get(place);
      if (!disc) return;
      discs.delete(place);
      touchFirst(disc, true);
      reached(disc, (cell) => cell.splice(cell.indexOf(disc), 1));
    }

    function set(disc) {
      remove(disc.place);
      discs.set(disc.place, disc);
      touchFirst(disc, false);
      reached(disc, (cell) => putInOrder(cell, disc));
    }

    /** Take a disc that has come, or gone, into account in the list of the first ones, which has some more in stock than are asked for. */
    function touchFirst(disc, isGone) {
      if (!first) return;
      const { list, count } = first;
      if (!first.isAll && page.drawnBefore(disc, list[list.length - 1]) > 0) return;
      const at = list.findIndex((one) => page.drawnBefore(disc, one) <= 0);
      if (isGone) list.splice(at, 1);
      else list.splice(at < 0 ? list.length : at, 0, disc);
      if (list.length > STOCK * count) {
        list.pop();
        first.isAll = false;
      }
      if (list.length < count && !first.isAll) first = null;
    }

    /** Every disc that may reach into the box, each once. */
    function near(box) {
      const found = [];
      round += 1;
      const [lastColumn, lastRow] = [column(box[2]), row(box[3])];
      for (let at = row(box[1]); at <= lastRow; at += 1) {
        for (let across = column(box[0]); across <= lastColumn; across += 1) {
          for (const disc of cells[at * columns + across]) {
            if (seen[disc.place] === round) continue;
            seen[disc.place] = round;
            if (meets(box, disc, disc.outer)) found.push(disc);
          }
        }
      }
      return found;
    }

    /** Whether no disc lies on the box. */
    function isFree(box) {
      const [lastColumn, lastRow] = [column(box[2]), row(box[3])];
      for (let at = row(box[1]); at <= lastRow; at += 1) {
        for (let across = column(box[0]); across <= lastColumn; across += 1) {
          const cell = cells[at * columns + across];
          for (let index = 0; index < cell.length; index += 1) if (meets(box, cell[index], cell[index].edge)) return false;
        }
      }
      return true;
    }

    return {
      set,
      remove,
      get: (place) => discs.get(place),
      /** Whether there is a disc of the place, and it is drawn after this one. */
      isAbove(place, disc) {
        const other = discs.get(place);
        return other !== undefined && page.drawnBefore(disc, other) < 0;
      },
      /** All of them in the order in which they are drawn. Most stand as they stood, which makes sorting quick. */
      ordered() {
        const kept = order.filter((disc) => discs.get(disc.place) === disc);
        const known = new Set(kept);
        order = [...kept, ...[...discs.values()].filter((disc) => !known.has(disc))].sort(page.drawnBefore);
        return order;
      },
      size: () => discs.size,
      isFree,
      /**
       * Call `see` for each part of the box that lies in one cell, with the part's left, top, right and bottom and with the discs that may
       * reach into it, in the order in which they are drawn.
       */
      parts(box, see) {
        const [firstColumn, lastColumn, firstRow, lastRow] = [column(box[0]), column(box[2]), row(box[1]), row(box[3])];
        for (let at = firstRow; at <= lastRow; at += 1) {
          const from = at === firstRow ? box[1] : top + at * CELL;
          const to = at === lastRow ? box[3] : top + (at + 1) * CELL;
          for (let across = firstColumn; across <= lastColumn; across += 1) {
            const start = across === firstColumn ? box[0] : left + across * CELL;
            const end = across === lastColumn ? box[2] : left + (across + 1) * CELL;
            see(start, from, end, to, cells[at * columns + across]);
          }
        }
      },
      /** The disc whose edge is nearest to the point and not further than `reach`, of equal ones the one that is drawn last. */
      at({ x, y }, reach) {
        let best = null;
        let least = reach;
        for (const disc of near([x - reach, y - reach, x + reach, y + reach])) {
          const far = Math.hypot(disc.x - x, disc.y - y) - disc.r;
          if (far < least || (best && far === least && page.drawnBefore(best, disc) < 0)) [best, least] = [disc, far];
        }
        return best;
      },
      /** So many of the largest discs, in the order in which they are drawn. */
      largest(count) {
        if (!first || first.count !== count) first = { count, list: firstOf(discs.values(), STOCK * count), isAll: discs.size <= STOCK * count };
        return first.list.slice(0, count);
      },
    };
  };

  /** Put a disc behind the last one that is drawn before it. */
  function putInOrder(list, disc) {
    let at = list.length;
    while (at > 0 && page.drawnBefore(disc, list[at - 1]) < 0) at -= 1;
    list.splice(at, 0, disc);
  }

  function firstOf(discs, count) {
    const found = [];
    for (const disc of discs) {
      if (found.length === count && page.drawnBefore(found[count - 1], disc) < 0) continue;
      putInOrder(found, disc);
      if (found.length > count) found.pop();
    }
    return found;
  }

  /** The large ones first, so that small ones are drawn above them; of equal ones those with a ring last: a dispute must not be hidden. */
  page.drawnBefore = (a, b) => b.r - a.r || a.isRinged - b.isRinged || a.place - b.place;

  function meets(box, { x, y }, reach) {
    return x + reach > box[0] && x - reach < box[2] && y + reach > box[1] && y - reach < box[3];
  }
})(geoposture.page);
