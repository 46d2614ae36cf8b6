"use strict";
// Pixels of a canvas that stamps are put on, and of which any part can be cleared and stamped again. No Leaflet.

(function (page) {
  /** Where the alpha of a whole pixel is, in the order of bytes of this machine. */
  const ALPHA = new Uint8Array(new Uint32Array([0xff]).buffer)[0] ? 24 : 0;

  /** Paper of this size in pixels of the screen; boxes are [left, top, right, bottom] in whole pixels. */
  page.paper = function paper(width, height) {
    const image = new ImageData(Math.max(1, width), Math.max(1, height));
    const bytes = image.data;
    const words = new Uint32Array(bytes.buffer);

    const clip = ([left, top, right, bottom]) => [Math.max(0, left), Math.max(0, top), Math.min(width, right), Math.min(height, bottom)];

    return {
      clear(box) {
        const [left, top, right, bottom] = clip(box);
        for (let row = top; row < bottom; row += 1) if (left < right) words.fill(0, row * width + left, row * width + right);
      },

      /** Put a stamp with its upper left corner at a pixel, as far as it lies within the box. */
      put(stamp, x, y, box) {
        const { size } = stamp;
        const [left, top, right, bottom] = clip([Math.max(box[0], x), Math.max(box[1], y), Math.min(box[2], x + size), Math.min(box[3], y + size)]);
        const source = stamp.words;
        for (let row = top; row < bottom; row += 1) {
          let from = (row - y) * size + left - x;
          const end = row * width + right;
          for (let to = row * width + left; to < end; to += 1, from += 1) {
            const word = source[from];
            if (word === 0) continue;
            const alpha = (word >>> ALPHA) & 255;
            if (alpha === 255 || words[to] === 0) words[to] = word;
            else blend(bytes, 4 * to, stamp.bytes, 4 * from, alpha / 255);
          }
        }
      },

      /** Show the part of the paper within the box on a canvas. */
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
