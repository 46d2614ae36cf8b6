// Figures with open bounds (null): comparing them, and the same words for them as geoposture/figures.py.
(function (geoposture) {
  "use strict";

  /** "12,345" */
  function grouped(number) {
    return String(number).replace(/\B(?=([0-9]{3})+$)/g, ",");
  }

  /**
   * Bounds for comparing, [low, high]: an approximate figure is widened by a tenth, an empty low is 0 (semantics, posture 6).
   * @returns {[number, number|null]}
   */
  function widen(low, high, approx) {
    const floor = low === null ? 0 : low;
    if (!approx) return [floor, high];
    return [Math.floor((floor * 9) / 10), high === null ? null : Math.ceil((high * 11) / 10)];
  }

  /** Whether some number lies in all of the figures {low, high, approx}, the approximate ones widened. */
  function haveCommonNumber(figures) {
    let least = 0;
    let most = Infinity;
    for (const figure of figures) {
      const [low, high] = widen(figure.low, figure.high, figure.approx);
      if (low > least) least = low;
      if (high !== null && high < most) most = high;
    }
    return least <= most;
  }

  /** "≈ 2,500", "250–350", "fewer than 2,000", "at least 1,000"; "" if both bounds are open. */
  function show(low, high, approx) {
    const mark = approx ? "≈ " : "";
    if (low === null && high === null) return "";
    if (low === null) {
      return high === 0 || (high + 1) % 10 !== 0 ? `${mark}up to ${grouped(high)}` : `${mark}fewer than ${grouped(high + 1)}`;
    }
    if (high === null) {
      return low % 10 === 1 && low > 1 ? `${mark}more than ${grouped(low - 1)}` : `${mark}at least ${grouped(low)}`;
    }
    return low === high ? mark + grouped(low) : `${mark}${grouped(low)}–${grouped(high)}`;
  }

  /** "reduced by ≈ 700", "reinforced by 500", "reduced", "reinforced". */
  function showChange(low, high, approx) {
    if (low === null && high === -1) return "reduced";
    if (low === 1 && high === null) return "reinforced";
    if (high !== null && high < 0) return `reduced by ${show(-high, low === null ? null : -low, approx)}`;
    if (low !== null && low > 0) return `reinforced by ${show(low, high, approx)}`;
    return `changed by ${approx ? "≈ " : ""}${signed(low)}..${signed(high)}`;
  }

  function signed(bound) {
    if (bound === null) return "";
    return (bound < 0 ? "-" : "+") + grouped(Math.abs(bound));
  }

  geoposture.figures = Object.freeze({ show, showChange, widen, haveCommonNumber, grouped });
})((globalThis.geoposture = globalThis.geoposture || {}));
