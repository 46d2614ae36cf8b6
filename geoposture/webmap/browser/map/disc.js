"use strict";
// A mark as layers of discs and rings: the same looks as glyph.js gives to SVG, at the size that suits thousands. No DOM, no Leaflet.

(function (page) {
  const HALO = 1.2;
  const HOLLOW = 1.2;
  const RINGED = { off: 3, width: 2, ink: "contested" };
  const DIFFERS = { off: 4.5, width: 1.2, ink: "known" };
  const CHOSEN = { off: 6, width: 2, ink: "ink" };
  const DASH = [3, 2.4];

  /**
   * What is drawn of a mark, the lowest layer first: {r, width, ink, alpha, part, dash}. Without a `width` it is filled; `part` is [which,
   * of how many] parts of the full turn that begins at twelve o'clock, null for all of it; `dash` is the length of a dash and of a gap.
   * @param {Object} mark of a situation or a comparison
   * @param {number[]} colours the colour of each source
   */
  page.discLayers = function discLayers(mark, r, { differs, chosen }, colours) {
    const rims = [[mark.ring || mark.change === "disputed", RINGED], [differs, DIFFERS], [chosen, CHOSEN]];
    return [
      layer({ r: r + HALO, ink: "halo" }),
      ...(mark.change ? [changed(mark.change, r)] : mark.segments.map((segment, index) => layerOf(segment, r, [index, mark.segments.length], colours))),
      ...rims.filter(([has]) => has).map(([, { off, width, ink }]) => layer({ r: r + off, width, ink })),
    ];
  };

  const RINGS = ["", "contested", "unclear"];
  const STATES = ["present", "absent", "outlook", "faint-present", "faint-absent"];

  /**
   * A table of looks: `of(mark, r, around)` gives the same object for marks that have the same layers. It is found number by number,
   * because words for each of thousands of marks would be thrown away at once; whoever makes something of a look keeps it there as `made`.
   */
  page.discLooks = function discLooks(colours) {
    const root = look();
    return {
      made: 0,
      of(mark, r, { differs, chosen }) {
        const rims = RINGS.indexOf(mark.ring || "") * 4 + (differs ? 2 : 0) + (chosen ? 1 : 0);
        let found = further(further(root, r), rims);
        if (mark.change) return further(found, mark.change);
        for (const { group, state, carried } of mark.segments) found = further(found, (colours[group] + 1) * 10 + STATES.indexOf(state) * 2 + (carried ? 1 : 0));
        return found;
      },
    };
  };

  function look() {
    return { made: null, next: new Map() };
  }

  function further({ next }, key) {
    let found = next.get(key);
    if (found === undefined) {
      found = look();
      next.set(key, found);
    }
    return found;
  }

  /** How far from the centre something is drawn. */
  page.layersReach = (layers) => Math.max(...layers.map(({ r, width }) => r + (width || 0) / 2));

  function layer(given) {
    return { width: 0, alpha: 1, part: null, dash: null, ...given };
  }

  function layerOf({ group, state, carried }, r, part, colours) {
    const ink = colours[group] < 0 ? "source-other" : `source-${colours[group]}`;
    const alpha = state.startsWith("faint") ? 0.3 : carried ? 0.6 : 1;
    const turn = part[1] > 1 ? part : null;
    if (!state.endsWith("absent") && state !== "outlook") return layer({ r, ink, alpha, part: turn });
    return layer({ r: r - HOLLOW, width: carried ? 1.4 : 2.4, ink, alpha, part: turn, dash: state === "outlook" ? DASH : null });
  }

  function changed(change, r) {
    const ink = change === "same" ? "neutral" : ["now_present", "newly_present", "up"].includes(change) ? "accent" : "contested";
    return layer({ r, ink, width: change.endsWith("absent") || change === "down" ? 2.4 : 0 });
  }
})(geoposture.page);
