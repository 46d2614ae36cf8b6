"use strict";
// Where things go on the paper, in pixels: discs that lie on each other step aside, labels look for a free spot. No DOM, no Leaflet.

(function (page) {
  const ROUNDS = 120;
  const GAP = 3;
  const GOLDEN = 2.399963;
  const CELL = 64;
  const ANCHORS = ["start", "end", "middle", "middle", "start", "start", "end", "end", "start", "end", "start", "end"];
  /** How many boxes for a label there are around a disc. */
  const BESIDE = ANCHORS.length;

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
    const cells = new Map();
    const heeded = [];
    return {
      take(box) {
        const [right, bottom] = [Math.floor(box[2] / CELL), Math.floor(box[3] / CELL)];
        for (let x = Math.floor(box[0] / CELL); x <= right; x += 1) {
          for (let y = Math.floor(box[1] / CELL); y <= bottom; y += 1) {
            const key = x * 65536 + y;
            if (cells.has(key)) cells.get(key).push(box);
            else cells.set(key, [box]);
          }
        }
      },
      /** From now on a box is only free if `other.isFree(box)` says so too. */
      heed(other) {
        heeded.push(other);
      },
      isFree(box) {
        if (within && (box[0] < within[0] || box[1] < within[1] || box[2] > within[2] || box[3] > within[3])) return false;
        const [right, bottom] = [Math.floor(box[2] / CELL), Math.floor(box[3] / CELL)];
        for (let x = Math.floor(box[0] / CELL); x <= right; x += 1) {
          for (let y = Math.floor(box[1] / CELL); y <= bottom; y += 1) if (!isClear(cells.get(x * 65536 + y), box)) return false;
        }
        return heeded.every((other) => other.isFree(box));
      },
      /** The first of the boxes that is free, taken at once; its index, or -1. */
      first(boxes) {
        const index = boxes.findIndex((box) => this.isFree(box));
        if (index >= 0) this.take(boxes[index]);
        return index;
      },
      /** The same for so many boxes that `boxAt(index)` makes one after the other; the box, or null. It must be free in `also` too. */
      firstOf(count, boxAt, also) {
        for (let index = 0; index < count; index += 1) {
          const box = boxAt(index);
          if ((also && !also.isFree(box)) || !this.isFree(box)) continue;
          this.take(box);
          return box;
        }
        return null;
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
    return ANCHORS.map((anchor, index) => ({ anchor, box: besideBox(index, x, y, r, width, height) }));
  }

  /** One of these boxes: to the right, to the left, below, above, aslant, and at the sides half a height up or down. */
  function besideBox(index, x, y, r, width, height) {
    const gap = r + 5;
    const slant = r * 0.72 + 4;
    const [right, left, middle] = [x + gap, x - gap - width, y - height / 2];
    switch (index) {
      case 0:
        return boxOf(right, middle, width, height);
      case 1:
        return boxOf(left, middle, width, height);
      case 2:
        return boxOf(x - width / 2, y + gap - 2, width, height);
      case 3:
        return boxOf(x - width / 2, y - gap - height + 2, width, height);
      case 4:
        return boxOf(x + slant, y - slant - height + 4, width, height);
      case 5:
        return boxOf(x + slant, y + slant - 4, width, height);
      case 6:
        return boxOf(x - slant - width, y - slant - height + 4, width, height);
      case 7:
        return boxOf(x - slant - width, y + slant - 4, width, height);
      default:
        return boxOf(index % 2 ? left : right, middle + (index < 10 ? -height : height) / 2, width, height);
    }
  }

  function boxOf(left, top, width, height) {
    return [left, top, left + width, top + height];
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

  page.layout = { BESIDE, spread, occupancy, besideDisc, besideBox, ruler };
})(geoposture.page);
