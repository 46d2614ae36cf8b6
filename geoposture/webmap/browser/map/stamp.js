"use strict";
// Layers of discs and rings as pixels. Worked out here and not with a canvas's pen, because what a page reads back from a canvas is
// falsified by browsers that guard against being recognised. No DOM, no Leaflet.

(function (page) {
  /**
   * A square picture, its centre in its middle.
   * @param {Object[]} layers of disc.js
   * @param {function(string): number[]} rgb red, green and blue of an ink
   * @param {number} ratio pixels of the screen to a pixel of the page
   * @returns {{size: number, bytes: Uint8ClampedArray, words: Uint32Array}} the same pixels by byte (red, green, blue, alpha) and whole
   */
  page.stamp = function stamp(layers, rgb, ratio) {
    const half = page.stampHalf(layers, ratio);
    const size = 2 * half;
    const bytes = new Uint8ClampedArray(4 * size * size);
    const scaled = layers.map((layer) => ready(layer, rgb, ratio));
    const reach = Math.max(...scaled.map(({ r, half: rim }) => r + rim)) + 0.5;
    for (let row = 0; row < size; row += 1) {
      for (let column = 0; column < size; column += 1) {
        const x = column + 0.5 - half;
        const y = row + 0.5 - half;
        if (x * x + y * y >= reach * reach) continue;
        lay(bytes, 4 * (row * size + column), scaled, x, y);
      }
    }
    return { size, bytes, words: new Uint32Array(bytes.buffer) };
  };

  /** Half the size of the picture of these layers. */
  page.stampHalf = (layers, ratio) => Math.ceil(page.layersReach(layers) * ratio + 0.5);

  function ready({ r, width, ink, alpha, part, dash }, rgb, ratio) {
    const angle = (index) => ((index / part[1]) * 2 - 0.5) * Math.PI;
    const ray = (index) => [Math.cos(angle(index)), Math.sin(angle(index))];
    return {
      r: r * ratio,
      half: (width * ratio) / 2,
      colour: rgb(ink),
      alpha,
      from: part && ray(part[0]),
      to: part && ray(part[0] + 1),
      start: part ? angle(part[0]) : -Math.PI / 2,
      dash: dash && dash.map((length) => length * ratio),
    };
  }

  /** Write the colour at a point, layer over layer. */
  function lay(bytes, to, layers, x, y) {
    const far = Math.sqrt(x * x + y * y);
    let red = 0;
    let green = 0;
    let blue = 0;
    let alpha = 0;
    for (let index = 0; index < layers.length; index += 1) {
      const layer = layers[index];
      const cover = covered(layer, x, y, far) * layer.alpha;
      if (cover <= 0) continue;
      const under = alpha * (1 - cover);
      alpha = cover + under;
      const mixed = cover / alpha;
      red += (layer.colour[0] - red) * mixed;
      green += (layer.colour[1] - green) * mixed;
      blue += (layer.colour[2] - blue) * mixed;
    }
    if (alpha === 0) return;
    bytes[to] = red;
    bytes[to + 1] = green;
    bytes[to + 2] = blue;
    bytes[to + 3] = alpha * 255;
  }

  /** How much of the pixel around a point the layer covers: edges are as soft as one pixel. */
  function covered({ r, half, from, to, start, dash }, x, y, far) {
    const edge = half ? half - Math.abs(far - r) : r - far;
    if (edge <= -0.5) return 0;
    let cover = Math.min(1, edge + 0.5);
    // Beyond the first of the two rays that bound its part, and before the second.
    if (from) cover *= softly(from[0] * y - from[1] * x) * softly(to[1] * x - to[0] * y);
    if (dash && cover > 0) cover *= dashed(Math.atan2(y, x) - start, r, dash);
    return cover;
  }

  function softly(inside) {
    return Math.max(0, Math.min(1, inside + 0.5));
  }

  function dashed(angle, r, [dash, gap]) {
    const turn = 2 * Math.PI;
    const along = ((((angle % turn) + turn) % turn) * r) % (dash + gap);
    return along < dash ? softly(Math.min(along, dash - along)) : softly(-Math.min(along - dash, dash + gap - along));
  }
})(geoposture.page);
