"use strict";
// Printing: the page takes the form of a sheet of paper, the map shows all places on it, and both go back afterwards. Told by the print
// events, which every browser has, and by the media query, which also hears of a preview; hence a class and not the query alone.

(function (page) {
  const PAPER = "on-paper";

  /** @param {function(): void} write what is written on the sheet alone, once it has its size */
  page.printable = function printable(map, settle, write) {
    const { classList } = document.documentElement;
    const query = matchMedia("print");
    let view = null;

    function enter() {
      if (!classList.contains(PAPER)) view = { centre: map.getCenter(), zoom: map.getZoom() };
      classList.add(PAPER);
      write();
      map.invalidateSize({ animate: false, pan: false });
      settle();
    }

    function leave() {
      if (!classList.contains(PAPER)) return;
      classList.remove(PAPER);
      map.invalidateSize({ animate: false, pan: false });
      map.setView(view.centre, view.zoom, { animate: false });
    }

    addEventListener("beforeprint", enter);
    addEventListener("afterprint", leave);
    query.addEventListener("change", () => (query.matches ? enter() : leave()));
  };
})(geoposture.page);
