"use strict";
// Pixels of a canvas that stamps are put on, and of which any part can be cleared and stamped again. No Leaflet.

(function (page) {
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
        for (let row = top; row < bottom; row += 1) {
          let from = (row - y) * size + left - x;
          let to = row * width + left;
          for (let column = left; column < right; column += 1, from += 1, to += 1) {
            const alpha = stamp.bytes[4 * from + 3];
            if (alpha === 255 || (alpha > 0 && words[to] === 0)) words[to] = stamp.words[from];
            else if (alpha > 0) blend(bytes, 4 * to, stamp.bytes, 4 * from, alpha / 255);
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
