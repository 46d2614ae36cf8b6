"use strict";
// Printing: the map takes the size of the sheet and shows all places, and goes back to the reader's view afterwards.

(function (page) {
  page.printable = function printable(map, settle) {
    const query = matchMedia("print");
    let view = null;
    query.addEventListener("change", () => {
      if (query.matches) view = { centre: map.getCenter(), zoom: map.getZoom() };
      map.invalidateSize({ animate: false, pan: false });
      if (query.matches) settle();
      else if (view) map.setView(view.centre, view.zoom, { animate: false });
    });
  };
})(geoposture.page);
