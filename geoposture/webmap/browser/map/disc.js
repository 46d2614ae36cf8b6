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

  /** Words that are the same for marks that have the same layers. */
  page.discLook = function discLook(mark, r, { differs, chosen }, colours) {
    let look = `${r} ${mark.ring || ""} ${mark.change || ""} ${differs} ${chosen}`;
    if (!mark.change) for (const { group, state, carried } of mark.segments) look += ` ${colours[group]} ${state} ${carried}`;
    return look;
  };

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
