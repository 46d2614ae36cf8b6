"use strict";
// How one place is drawn: a disc cut into one segment for each source that speaks, and a ring where they disagree.

(function (page) {
  const { svg } = page;
  const SMALL = 9;
  const LARGEST = 27;

  /** Radius in pixels for a number of people; the area grows with the number. Without one, a fixed small size. */
  function radius(people, most) {
    if (people === null || people === undefined) return SMALL;
    return Math.max(SMALL - 1.5, Math.min(LARGEST, LARGEST * Math.sqrt(people / Math.max(most, 1))));
  }

  /**
   * @param {{r: number, segments: Array<{colour: number, state: string, carried: boolean}>, ring: string}} mark
   *   state: present, absent, faint-present, faint-absent or outlook; ring: contested, unclear or empty
   * @returns {SVGGElement} drawn around 0, 0
   */
  function glyph(mark) {
    const node = svg("g", { class: "glyph" });
    node.append(svg("circle", { class: "glyph-base", r: mark.r + 1.5 }));
    mark.segments.forEach((segment, index) => node.append(...drawn(mark, segment, index)));
    if (mark.segments.length > 1) node.append(cuts(mark));
    if (mark.ring) node.append(...ring(mark));
    return node;
  }

  function drawn(mark, segment, index) {
    const share = 1 / mark.segments.length;
    const span = [index * share, (index + 1) * share];
    const kind = `seg ${segment.state}${segment.carried ? " carried" : ""} ${colourClass(segment.colour)}`;
    const line = svg("path", { class: `${kind} edge`, d: arc(mark.r - 1.5, ...span) });
    if (segment.state === "absent" || segment.state === "faint-absent" || segment.state === "outlook") return [line];
    return [svg("path", { class: `${kind} body`, d: wedge(mark.r, ...span) }), line];
  }

  function cuts(mark) {
    const lines = mark.segments.map((_, index) => {
      const [x, y] = point(mark.r + 0.5, index / mark.segments.length);
      return `M0 0L${x} ${y}`;
    });
    return svg("path", { class: "glyph-cuts", d: lines.join("") });
  }

  function ring(mark) {
    const at = (mark.r + 4.5) * Math.SQRT1_2;
    const sign = svg("g", { class: "glyph-sign", transform: `translate(${round(at)} ${round(-at)})` });
    // Drawn, not written: at this size few fonts have a clear ≠.
    const stroke = mark.ring === "contested" ? "M-3.4 -1.6H3.4M-3.4 1.6H3.4M-1.9 4.2L1.9 -4.2" : "M-2.2 -1.6A2.2 2.2 0 1 1 0 0.6V1.4M0 3.8V3.9";
    sign.append(svg("circle", { r: 7 }), svg("path", { d: stroke }));
    return [svg("circle", { class: `glyph-ring ${mark.ring}`, r: mark.r + 4 }), sign];
  }

  function colourClass(colour) {
    return colour < 0 ? "src-other" : `src-${colour}`;
  }

  /** A slice of the disc, from and to given as parts of a full turn that begins at twelve o'clock. */
  function wedge(r, from, to) {
    if (to - from >= 1) return arc(r, from, to);
    return `M0 0L${point(r, from).join(" ")}${arcOnly(r, from, to)}Z`;
  }

  function arc(r, from, to) {
    if (to - from >= 1) return `M0 ${-r}A${r} ${r} 0 1 1 0 ${r}A${r} ${r} 0 1 1 0 ${-r}Z`;
    return `M${point(r, from).join(" ")}${arcOnly(r, from, to)}`;
  }

  function arcOnly(r, from, to) {
    return `A${round(r)} ${round(r)} 0 ${to - from > 0.5 ? 1 : 0} 1 ${point(r, to).join(" ")}`;
  }

  function point(r, turn) {
    const angle = (turn - 0.25) * 2 * Math.PI;
    return [round(r * Math.cos(angle)), round(r * Math.sin(angle))];
  }

  function round(number) {
    return Math.round(number * 100) / 100;
  }

  Object.assign(page, { glyph, radius, colourClass });
})(geoposture.page);
