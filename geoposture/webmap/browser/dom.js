"use strict";
// Nodes from words: the only place that makes elements. Text is always text; no string is ever read as markup.
globalThis.geoposture = globalThis.geoposture || {};
geoposture.page = {};

(function (page) {
  const SVG = "http://www.w3.org/2000/svg";
  let made = 0;

  /**
   * An HTML element. `on` holds listeners, `vars` custom properties, `text` its text; the rest are attributes.
   * @param {string} tag
   * @param {Object<string, *>} [attributes] null, undefined and false are left out; true becomes an empty attribute
   * @param {...(Node|string|null|Array)} children
   */
  function el(tag, attributes, ...children) {
    return filled(document.createElement(tag), attributes || {}, children);
  }

  /** An SVG element, in the same form as `el`. */
  function svg(tag, attributes, ...children) {
    // A text's halo lies under its letters, never on them.
    const first = tag === "text" ? { "paint-order": "stroke" } : {};
    return filled(document.createElementNS(SVG, tag), { ...first, ...attributes }, children);
  }

  function filled(node, attributes, children) {
    for (const [name, value] of Object.entries(attributes)) {
      if (value === null || value === undefined || value === false) continue;
      if (name === "on") listen(node, value);
      else if (name === "vars") setVars(node, value);
      else if (name === "text") node.textContent = value;
      else setPlain(node, name, value === true ? "" : String(value));
    }
    append(node, ...children);
    return node;
  }

  /** Append what is there of the children. */
  function append(node, ...children) {
    node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  }

  /** Make these nodes the children, touching none that stands where it stood. */
  function arrange(parent, nodes) {
    const wanted = new Set(nodes);
    for (const child of [...parent.childNodes]) if (!wanted.has(child)) child.remove();
    let next = parent.firstChild;
    for (const node of nodes) {
      if (node === next) next = next.nextSibling;
      else parent.insertBefore(node, next);
    }
  }

  function setPlain(node, name, value) {
    // Attributes that run or load something are never set from here; links go through `link`.
    if (/^(on|style$|href$|src|xlink)/i.test(name)) throw new Error(`attribute ${name} is not set this way`);
    node.setAttribute(name, value);
  }

  function listen(node, listeners) {
    for (const [type, listener] of Object.entries(listeners)) node.addEventListener(type, listener);
  }

  function setVars(node, vars) {
    for (const [name, value] of Object.entries(vars)) node.style.setProperty(name, String(value));
  }

  /** A link that opens elsewhere; an address that is not http or https stays plain text. */
  function link(address, ...children) {
    if (!/^https?:\/\//i.test(address || "")) return el("span", {}, ...children);
    const node = el("a", { target: "_blank", rel: "noopener noreferrer" }, ...children);
    node.setAttribute("href", address);
    return node;
  }

  /** An id that no other node of the page has. */
  function freshId(prefix) {
    made += 1;
    return `${prefix}-${made}`;
  }

  /** A button with a spoken name; `icon` is the name of one of the icons below. */
  function iconButton(icon, label, onClick, attributes) {
    return el("button", { type: "button", class: "icon-button", "aria-label": label, title: label, on: { click: onClick }, ...attributes }, icons(icon));
  }

  const PATHS = {
    play: "M6 4l12 8-12 8z",
    pause: "M6 4h4v16H6zM14 4h4v16h-4z",
    next: "M5 5l8 7-8 7zM15 5h3v14h-3z",
    previous: "M19 5l-8 7 8 7zM6 5h3v14H6z",
    close: "M5 6.4L6.4 5 12 10.6 17.6 5 19 6.4 13.4 12 19 17.6 17.6 19 12 13.4 6.4 19 5 17.6 10.6 12z",
  };

  function icons(name) {
    return svg("svg", { viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false", class: "icon" }, svg("path", { d: PATHS[name] }));
  }

  Object.assign(page, { el, svg, append, arrange, link, freshId, iconButton, icons });
})(geoposture.page);
