"use strict";
// Thousands of discs on the paper, found by where they are: which lie near a box, which is hit, whether a box is free. No DOM, no Leaflet.

(function (page) {
  const CELL = 32;
  /** Columns of cells to the left and right of zero that have keys of their own: a million pixels each way. */
  const SPAN = 32768;
  /** So many times more of the largest discs are kept in order than are asked for. */
  const STOCK = 2;

  /**
   * Discs by place, in all cells of a grid that they reach into.
   * A disc is {place, x, y, r, edge, outer, isRinged}: `r` is its radius without rings, `edge` with them, `outer` how far all that is drawn
   * of it reaches at most.
   */
  page.scatter = function scatter() {
    const cells = new Map();
    const discs = new Map();
    const seen = [];
    let round = 0;
    let first = null;
    let order = [];

    /** Call `see` for the key of every cell that the box is in, until it gives true. */
    function someCell([left, top, right, bottom], see) {
      const [lastX, lastY] = [Math.floor(right / CELL), Math.floor(bottom / CELL)];
      for (let x = Math.floor(left / CELL); x <= lastX; x += 1) {
        for (let y = Math.floor(top / CELL); y <= lastY; y += 1) if (see((x + SPAN) * 2 * SPAN + y + SPAN)) return true;
      }
      return false;
    }

    function remove(place) {
      const disc = discs.get(place);
      if (!disc) return;
      discs.delete(place);
      touchFirst(disc, true);
      someCell(boxOf(disc), (key) => {
        const cell = cells.get(key);
        cell[cell.indexOf(disc)] = cell[cell.length - 1];
        cell.pop();
        return false;
      });
    }

    function set(disc) {
      remove(disc.place);
      discs.set(disc.place, disc);
      touchFirst(disc, false);
      someCell(boxOf(disc), (key) => {
        if (cells.has(key)) cells.get(key).push(disc);
        else cells.set(key, [disc]);
        return false;
      });
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
      someCell(box, (key) => {
        const cell = cells.get(key);
        if (cell === undefined) return false;
        for (let index = 0; index < cell.length; index += 1) {
          const disc = cell[index];
          if (seen[disc.place] === round) continue;
          seen[disc.place] = round;
          if (meets(box, disc, disc.outer)) found.push(disc);
        }
        return false;
      });
      return found;
    }

    /** Whether no disc of the cell lies on the box. */
    function isBare(key, box) {
      const cell = cells.get(key);
      if (cell === undefined) return true;
      for (let index = 0; index < cell.length; index += 1) if (meets(box, cell[index], cell[index].edge)) return false;
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
      /** The discs of which something may be drawn within the box. */
      near,
      /** Whether no disc lies on the box. */
      isFree: (box) => !someCell(box, (key) => !isBare(key, box)),
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

  function firstOf(discs, count) {
    const found = [];
    for (const disc of discs) {
      if (found.length === count && page.drawnBefore(found[count - 1], disc) < 0) continue;
      let at = found.length;
      while (at > 0 && page.drawnBefore(disc, found[at - 1]) < 0) at -= 1;
      found.splice(at, 0, disc);
      if (found.length > count) found.pop();
    }
    return found;
  }

  /** The large ones first, so that small ones are drawn above them; of equal ones those with a ring last: a dispute must not be hidden. */
  page.drawnBefore = (a, b) => b.r - a.r || a.isRinged - b.isRinged || a.place - b.place;

  function boxOf({ x, y, outer }) {
    return [x - outer, y - outer, x + outer, y + outer];
  }

  function meets(box, { x, y }, reach) {
    return x + reach > box[0] && x - reach < box[2] && y + reach > box[1] && y - reach < box[3];
  }
})(geoposture.page);
