// The texts of a page that stand too faintly on what is behind them, by WCAG 2.1 (1.4.3). Evaluated in a page by test_accessibility.py;
// axe-core leaves SVG text out, and whatever lies near the map, because it cannot tell what is behind it.
() => {
  const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true });

  /** Any CSS colour as [red, green, blue, alpha], each from 0 to 1. */
  function read(colour) {
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = "#000";
    pen.fillStyle = colour;
    pen.fillRect(0, 0, 1, 1);
    return [...pen.getImageData(0, 0, 1, 1).data].map((part) => part / 255);
  }

  function variable(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(name);
  }

  function over([r, g, b, alpha], below) {
    return [r, g, b].map((part, index) => part * alpha + below[index] * (1 - alpha));
  }

  function luminance(colour) {
    const [r, g, b] = colour.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }

  function ratio(one, other) {
    const [dark, bright] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (bright + 0.05) / (dark + 0.05);
  }

  /** What may be behind a text: the first paper upwards, with what is translucent laid on it; on the map, land, and water or a halo. */
  function papers(node) {
    const layers = [];
    for (let up = node; up; up = up.parentElement) {
      if (up.matches(".leaflet-pane")) {
        const { stroke, strokeWidth, paintOrder } = getComputedStyle(node);
        const hasHalo = paintOrder.startsWith("stroke") && parseFloat(strokeWidth) >= 2;
        return [variable("--land"), hasHalo ? stroke : variable("--water")].map((paper) => layered(layers, read(paper)));
      }
      const layer = read(paperOf(up));
      if (layer[3] > 0) layers.push(layer);
      if (layer[3] === 1) return [layered(layers.slice(0, -1), layer)];
    }
    return [layered(layers, [1, 1, 1])];
  }

  /** A badge's paper is a rectangle in front of which its words stand. */
  function paperOf(node) {
    const box = node.matches(".badge") && node.querySelector(".badge-box");
    return box ? getComputedStyle(box).fill : getComputedStyle(node).backgroundColor;
  }

  function layered(layers, paper) {
    return layers.reduceRight((below, layer) => over(layer, below), paper.slice(0, 3));
  }

  function faint(text) {
    const node = text.parentElement;
    const style = getComputedStyle(node);
    const isSvg = node instanceof SVGElement;
    const ink = read(isSvg ? style.fill : style.color);
    for (let up = node; up; up = up.parentElement) ink[3] *= Number(getComputedStyle(up).opacity);
    const size = parseFloat(style.fontSize);
    const wanted = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
    const least = Math.min(...papers(node).map((paper) => ratio(over(ink, paper), paper)));
    return least < wanted ? `${text.data.trim().slice(0, 40)}: ${least.toFixed(2)}` : null;
  }

  function isRead(text) {
    const node = text.parentElement;
    if (!text.data.trim() || node.closest("script, style, noscript, .spoken, :disabled")) return false;
    return node.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  }

  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) if (isRead(walker.currentNode)) texts.push(walker.currentNode);
  const fields = [...document.querySelectorAll("input:not([type=checkbox])")].filter((field) => field.checkVisibility());
  return { count: texts.length, faint: [...texts, ...fields.map((field) => ({ parentElement: field, data: field.value }))].map(faint).filter(Boolean) };
}
