"use strict";
// Names of the largest discs on a canvas, where they find room. Only around names that have come or gone is anything written again.

(function (page) {
  const HEIGHT = 15;
  /** How far letters and their halo reach out of the room of a name at most. */
  const MARGIN = 6;

  /** @param {Object[]} places of the model */
  page.lettering = function lettering(places) {
    const measure = page.layout.ruler();
    const widths = new Map();
    let view = null;
    let pen = null;
    let written = new Map();
    let isNew = true;

    /** The name of a disc's place where there is room for it, else null; `reach` is what its letters and their halo can cover. */
    function named({ place, x, y, edge }, taken) {
      const text = places[place].name;
      if (!widths.has(place)) widths.set(place, measure(text, 12, 600));
      const width = widths.get(place);
      const box = taken.firstOf(page.layout.BESIDE, (index) => page.layout.besideBox(index, x, y, edge - 1, width, HEIGHT));
      if (!box) return null;
      const [left, top] = box;
      const { ratio, corner } = view;
      const [fromX, fromY] = [left - corner.x - MARGIN, top - corner.y - MARGIN];
      const reach = [Math.floor(fromX * ratio), Math.floor(fromY * ratio), Math.ceil((fromX + width + 2 * MARGIN) * ratio), Math.ceil((fromY + HEIGHT + 2 * MARGIN) * ratio)];
      return { text, left, top, reach, look: `${text} ${left} ${top}` };
    }

    /** Write what reaches into these boxes of whole pixels of the screen, and nothing else in them. */
    function letter(boxes) {
      const { ratio, corner } = view;
      pen.save();
      pen.beginPath();
      for (const [left, top, right, bottom] of boxes) {
        pen.clearRect(left, top, right - left, bottom - top);
        pen.rect(left, top, right - left, bottom - top);
      }
      pen.clip();
      pen.setTransform(ratio, 0, 0, ratio, -corner.x * ratio, -corner.y * ratio);
      for (const name of written.values()) {
        if (!boxes.some((box) => meet(box, name.reach))) continue;
        pen.strokeText(name.text, name.left, name.top + 11.5);
        pen.fillText(name.text, name.left, name.top + 11.5);
      }
      pen.restore();
    }

    return {
      /**
       * Begin anew for a view, on a canvas that has just been given its size. The pen is made ready once: a canvas that is told its font
       * makes the browser work out all styles anew.
       * @param {{ink: function(string): string, ratio: number, corner: L.Point, size: number[]}} given the inks by name, pixels of the
       *   screen to one of the page, the layer pixel of the upper left corner, and the size in pixels of the screen
       */
      begin(canvas, given) {
        view = given;
        isNew = true;
        const font = `600 12px ${getComputedStyle(document.body).fontFamily}`;
        pen = canvas.getContext("2d", { willReadFrequently: true });
        Object.assign(pen, { font, lineJoin: "round", lineWidth: 3, strokeStyle: given.ink("halo"), fillStyle: given.ink("place-label") });
      },

      /** Write the names of these discs and no others, the first one first, in the room that `taken` has left. */
      write(discs, taken) {
        const before = written;
        written = new Map();
        for (const disc of discs) {
          const name = named(disc, taken);
          if (name) written.set(name.look, name);
        }
        const other = [];
        if (isNew) other.push([0, 0, ...view.size]);
        else {
          for (const name of written.values()) if (!before.has(name.look)) other.push(name.reach);
          for (const name of before.values()) if (!written.has(name.look)) other.push(name.reach);
        }
        isNew = false;
        if (other.length) letter(other);
      },
    };
  };

  function meet(a, b) {
    return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
  }
})(geoposture.page);
