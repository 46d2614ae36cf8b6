"use strict";
// Pixels of a canvas that stamps are put on. It knows whose stamp is uppermost at each pixel, so that a change costs only the pixels
// that it alters. No Leaflet.

(function (page) {
  /** Where the alpha of a whole pixel is, in the order of bytes of this machine. */
  const ALPHA = new Uint8Array(new Uint32Array([0xff]).buffer)[0] ? 24 : 0;

  /**
   * Paper of this size in pixels of the screen. A disc is {place, stamp, left, top}, the pixel of its stamp's upper left corner.
   */
  page.paper = function paper(width, height) {
    const image = new ImageData(Math.max(1, width), Math.max(1, height));
    const bytes = image.data;
    const words = new Uint32Array(bytes.buffer);
    /** The place, and one, of the last disc that covers the pixel wholly; negative if others lie softly on it, 0 if there is none. */
    const upper = new Int32Array(words.length);
    /** Pixels that are to be worked out anew. */
    const stale = new Uint8Array(words.length);
    /** The discs on one pixel, the uppermost first; kept so that no pixel needs a list of its own. */
    const pile = [];

    const clip = ([left, top, right, bottom]) => [Math.max(0, left), Math.max(0, top), Math.min(width, right), Math.min(height, bottom)];
    const boxOf = ({ stamp, left, top }) => clip([left, top, left + stamp.size, top + stamp.size]);

    function lay(to, word, over, from, owner) {
      const alpha = (word >>> ALPHA) & 255;
      if (alpha === 255) {
        words[to] = word;
        upper[to] = owner;
        return;
      }
      if (words[to] === 0) words[to] = word;
      else blend(bytes, 4 * to, over, 4 * from, alpha / 255);
      if (upper[to] > 0) upper[to] = -upper[to];
    }

    function put(disc) {
      const { place, stamp } = disc;
      const [left, top, right, bottom] = boxOf(disc);
      const { size, words: source } = stamp;
      for (let row = top; row < bottom; row += 1) {
        let from = (row - disc.top) * size + left - disc.left;
        const end = row * width + right;
        for (let to = row * width + left; to < end; to += 1, from += 1) {
          if (source[from] !== 0) lay(to, source[from], stamp.bytes, from, place + 1);
        }
      }
    }

    /** Note every pixel of which a disc covers something, but for those that `isUnder` says lie under another place's disc. Returns how many. */
    function spoil(disc, isUnder) {
      const { place, stamp } = disc;
      const [left, top, right, bottom] = boxOf(disc);
      const { size, words: source } = stamp;
      let count = 0;
      let last = 0;
      let isHidden = false;
      for (let row = top; row < bottom; row += 1) {
        let from = (row - disc.top) * size + left - disc.left;
        const end = row * width + right;
        for (let to = row * width + left; to < end; to += 1, from += 1) {
          if (source[from] === 0) continue;
          const owner = Math.abs(upper[to]);
          if (owner !== last) {
            last = owner;
            isHidden = owner !== 0 && owner !== place + 1 && isUnder(owner - 1);
          }
          if (isHidden) continue;
          stale[to] = 1;
          count += 1;
        }
      }
      return count;
    }

    /**
     * A disc that stands as it stood and is only coloured otherwise than its stamp `old` was: where it lies uppermost its new pixels are
     * put at once, under an opaque one nothing changes, and what lies softly on it is noted. Returns how many pixels are.
     */
    function recolour(disc, { words: old }) {
      const { place, stamp } = disc;
      const [left, top, right, bottom] = boxOf(disc);
      const { size, words: source } = stamp;
      const owner = place + 1;
      let count = 0;
      for (let row = top; row < bottom; row += 1) {
        let from = (row - disc.top) * size + left - disc.left;
        const end = row * width + right;
        for (let to = row * width + left; to < end; to += 1, from += 1) {
          const word = source[from];
          if (word === old[from]) continue;
          if (((word & old[from]) >>> ALPHA & 255) !== 255) stale[to] = 1;
          else if (upper[to] === owner) words[to] = word;
          else if (upper[to] === -owner) stale[to] = 1;
          count += stale[to];
        }
      }
      return count;
    }

    /** One noted pixel from the last disc that covers it wholly upwards. */
    function workOut(to, x, y, discs) {
      words[to] = 0;
      upper[to] = 0;
      stale[to] = 0;
      let count = 0;
      for (let index = discs.length - 1; index >= 0; index -= 1) {
        const disc = discs[index];
        const { size, words: source } = disc.stamp;
        const dx = x - disc.left;
        const dy = y - disc.top;
        if (dx < 0 || dy < 0 || dx >= size || dy >= size) continue;
        const from = dy * size + dx;
        if (source[from] === 0) continue;
        if (count === pile.length) pile.push(null);
        pile[count] = disc;
        count += 1;
        if (((source[from] >>> ALPHA) & 255) === 255) break;
      }
      while (count > 0) {
        count -= 1;
        const { place, stamp, left, top } = pile[count];
        const from = (y - top) * stamp.size + x - left;
        lay(to, stamp.words[from], stamp.bytes, from, place + 1);
      }
    }

    return {
      /** These discs and nothing else, the first one lowest. */
      fill(discs) {
        words.fill(0);
        upper.fill(0);
        discs.forEach(put);
      },

      spoil,
      recolour,

      /** Work out the noted pixels of a part of the paper; `discs` are all that reach into it, the first one lowest. */
      settle(left, top, right, bottom, discs) {
        const [lastX, lastY] = [Math.min(width, right), Math.min(height, bottom)];
        for (let y = Math.max(0, top); y < lastY; y += 1) {
          const row = y * width;
          for (let x = Math.max(0, left); x < lastX; x += 1) if (stale[row + x] === 1) workOut(row + x, x, y, discs);
        }
      },

      /** Show the part of the paper within the box, [left, top, right, bottom] in whole pixels, on a canvas. */
      show(pen, box) {
        const [left, top, right, bottom] = clip(box);
        if (left < right && top < bottom) pen.putImageData(image, 0, 0, left, top, right - left, bottom - top);
      },
    };
  };

  /** One pixel over another one. */
  function blend(under, to, over, from, alpha) {
    const left = (under[to + 3] / 255) * (1 - alpha);
    const share = alpha / (alpha + left);
    for (let part = 0; part < 3; part += 1) under[to + part] += (over[from + part] - under[to + part]) * share;
    under[to + 3] = 255 * (alpha + left);
  }
})(geoposture.page);
