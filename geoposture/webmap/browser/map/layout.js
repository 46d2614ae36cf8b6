"use strict";
// Where things go on the paper, in pixels: discs that lie on each other step aside, labels look for a free spot. No DOM, no Leaflet.

(function (page) {
  const ROUNDS = 120;
  const GAP = 3;
  const GOLDEN = 2.399963;

  /**
   * Discs moved apart so that none hides another; a disc that is alone stays where it is.
   * @param {Array<{x: number, y: number, r: number}>} discs
   * @returns {Array<{x: number, y: number}>}
   */
  function spread(discs) {
    const spots = discs.map(({ x, y }) => ({ x, y }));
    for (let round = 0; round < ROUNDS; round += 1) {
      let moved = false;
      for (let i = 0; i < discs.length; i += 1) {
        for (let j = i + 1; j < discs.length; j += 1) moved = push(spots, discs, i, j) || moved;
      }
      if (!moved) break;
    }
    return spots;
  }

  function push(spots, discs, i, j) {
    const wanted = discs[i].r + discs[j].r + GAP;
    let dx = spots[j].x - spots[i].x;
    let dy = spots[j].y - spots[i].y;
    if (Math.abs(dx) >= wanted || Math.abs(dy) >= wanted) return false;
    let distance = Math.hypot(dx, dy);
    if (distance >= wanted - 0.25) return false;
    if (distance < 0.5) {
      // The same spot: leave it in a direction that depends on nothing but the order.
      [dx, dy, distance] = [Math.cos(GOLDEN * (i + j)), Math.sin(GOLDEN * (i + j)), 1];
    }
    const step = (wanted - Math.min(distance, wanted)) / 2 / distance;
    const share = discs[j].r / (discs[i].r + discs[j].r);
    spots[i].x -= dx * step * 2 * share;
    spots[i].y -= dy * step * 2 * share;
    spots[j].x += dx * step * 2 * (1 - share);
    spots[j].y += dy * step * 2 * (1 - share);
    return true;
  }

  /** Boxes that are taken, with a quick question whether another one is free. Boxes are [left, top, right, bottom]. */
  function occupancy(within) {
    const cell = 64;
    const cells = new Map();
    const heeded = new Set();
    /** Whether `test` is true for every cell that the box is in. */
    const every = (box, test) => {
      const [right, bottom] = [Math.floor(box[2] / cell), Math.floor(box[3] / cell)];
      for (let x = Math.floor(box[0] / cell); x <= right; x += 1) {
        for (let y = Math.floor(box[1] / cell); y <= bottom; y += 1) if (!test(x * 65536 + y)) return false;
      }
      return true;
    };
    return {
      take(box) {
        every(box, (key) => {
          if (!cells.has(key)) cells.set(key, []);
          return cells.get(key).push(box);
        });
      },
      /** From now on a box is only free if `other.isFree(box)` says so too. */
      heed(other) {
        heeded.add(other);
      },
      isFree(box) {
        if (within && (box[0] < within[0] || box[1] < within[1] || box[2] > within[2] || box[3] > within[3])) return false;
        if (!every(box, (key) => isClear(cells.get(key), box))) return false;
        for (const other of heeded) if (!other.isFree(box)) return false;
        return true;
      },
      /** The first of the boxes that is free, taken at once; its index, or -1. */
      first(boxes) {
        const index = boxes.findIndex((box) => this.isFree(box));
        if (index >= 0) this.take(boxes[index]);
        return index;
      },
    };
  }

  function isClear(cell, box) {
    if (cell !== undefined) for (const taken of cell) if (overlap(box, taken)) return false;
    return true;
  }

  function overlap(a, b) {
    return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
  }

  /** Boxes around a disc where a label of this width and height may stand, best first, with the anchor of its text. */
  function besideDisc(x, y, r, width, height) {
    const gap = r + 5;
    const slant = r * 0.72 + 4;
    const box = (left, top) => [left, top, left + width, top + height];
    return [
      { anchor: "start", box: box(x + gap, y - height / 2) },
      { anchor: "end", box: box(x - gap - width, y - height / 2) },
      { anchor: "middle", box: box(x - width / 2, y + gap - 2) },
      { anchor: "middle", box: box(x - width / 2, y - gap - height + 2) },
      { anchor: "start", box: box(x + slant, y - slant - height + 4) },
      { anchor: "start", box: box(x + slant, y + slant - 4) },
      { anchor: "end", box: box(x - slant - width, y - slant - height + 4) },
      { anchor: "end", box: box(x - slant - width, y + slant - 4) },
      ...[-height / 2, height / 2].flatMap((shift) => [{ anchor: "start", box: box(x + gap, y - height / 2 + shift) }, { anchor: "end", box: box(x - gap - width, y - height / 2 + shift) }]),
    ];
  }

  /** A measure of text widths in the page's own font, remembered. */
  function ruler() {
    const context = document.createElement("canvas").getContext("2d");
    const family = getComputedStyle(document.body).fontFamily;
    const known = new Map();
    return (text, size, weight, spacing) => {
      const key = `${size}|${weight}|${text}`;
      if (!known.has(key)) {
        context.font = `${weight} ${size}px ${family}`;
        known.set(key, context.measureText(text).width);
      }
      return known.get(key) + (spacing || 0) * text.length;
    };
  }

  page.layout = { spread, occupancy, besideDisc, ruler };
})(geoposture.page);
