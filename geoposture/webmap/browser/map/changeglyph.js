"use strict";
// How a change is drawn: what came is solid, what went is hollow, first news is dashed, a clash keeps its red-orange ring; an amber
// corner says that what was believed of the first day was itself revised.

(function (page) {
  const { svg } = page;
  const R = 10;
  const SIGNS = {
    now_present: ["came", "M-5 0H5M0 -5V5"],
    newly_present: ["came first", "M-5 0H5M0 -5V5"],
    now_absent: ["went", "M-5 0H5"],
    newly_absent: ["went first", "M-5 0H5"],
    up: ["came", "M-4.5 2.5L0 -3.5L4.5 2.5"],
    down: ["went", "M-4.5 -2.5L0 3.5L4.5 -2.5"],
    shifted: ["other", "M-5 -2.5H5M-5 2.5H5"],
    lapsed: ["other first", "M-5 0H-4M-0.5 0H0.5M4 0H5"],
    disputed: ["clash", "M-5 -2.3H5M-5 2.3H5M-3 5L3 -5"],
    settled: ["other", "M-4.5 0L-1.5 3.5L4.5 -3.5"],
    same: ["same", ""],
  };
  const WORDS = {
    now_present: "now present",
    newly_present: "first reported present",
    now_absent: "now absent",
    newly_absent: "first reported absent",
    up: "figure up",
    down: "figure down",
    shifted: "figure shifted",
    lapsed: "no longer reported",
    disputed: "now disputed",
    settled: "no longer disputed",
    same: "same",
  };

  /** @returns {SVGGElement} drawn around 0, 0 */
  function changeGlyph(change, revised) {
    const [kind, sign] = SIGNS[change];
    const r = kind === "same" ? 4.5 : R;
    const node = svg("g", { class: `change-glyph ${kind}` }, svg("circle", { class: "glyph-base", r: r + 1.5 }), svg("circle", { class: "change-disc", r: r - 1 }));
    if (sign) node.append(svg("path", { class: "change-sign", d: sign }));
    if (revised) node.append(svg("circle", { class: "change-revised", cx: r * 0.8, cy: -r * 0.8, r: 4 }));
    return node;
  }

  /** The radius that a change takes on the map. */
  function changeRadius(change) {
    return change === "same" ? 5 : R;
  }

  page.changeWords = WORDS;
  Object.assign(page, { changeGlyph, changeRadius });
})(geoposture.page);
