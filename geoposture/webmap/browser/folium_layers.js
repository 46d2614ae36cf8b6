"use strict";
// What the scripts of Folium's own layers expect to find: jQuery's $ for the text of a popup, and coloured pins for folium.Icon.
// It stands only on pages to which somebody has added such layers.

(function () {
  /**
   * The nodes of a popup's HTML, as $("<div>…</div>") gives them. It is parsed as a document of its own, where no script runs;
   * style attributes, which the page's policy forbids, are set again one by one.
   */
  globalThis.$ = function parsed(html) {
    const text = String(html).replace(/<[^>]*>/g, (tag) => tag.replace(/(\s)style(\s*=)/gi, "$1data-folium-style$2"));
    const nodes = [...new DOMParser().parseFromString(text, "text/html").body.children].map((node) => document.importNode(node, true));
    for (const node of nodes.flatMap((one) => [one, ...one.querySelectorAll("*")])) {
      if (node.hasAttribute("data-folium-style")) node.style.cssText = node.getAttribute("data-folium-style");
      node.removeAttribute("data-folium-style");
    }
    return nodes;
  };

  /** A pin in the colour that folium.Icon names; its icon fonts would have to come from the network. */
  L.AwesomeMarkers = {
    icon({ markerColor }) {
      const pin = L.divIcon({ className: "folium-pin", iconSize: [18, 18], iconAnchor: [9, 9] });
      const create = pin.createIcon;
      pin.createIcon = function createIcon(old) {
        const node = create.call(this, old);
        node.style.setProperty("--pin", markerColor || "blue");
        return node;
      };
      return pin;
    },
  };
})();
