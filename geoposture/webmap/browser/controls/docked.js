"use strict";
// The common form of the page's controls: a Leaflet control that stands in a slot of the page instead of a corner of the map.

(function (page) {
  page.Docked = L.Control.extend({
    /** `slot`: the id of the element that holds it. */
    options: { slot: "" },

    /** @param {Object} app what the page shares: model, store, style, colours, situation() */
    initialize(app, options) {
      this._app = app;
      this._undo = [];
      L.setOptions(this, options);
    },

    addTo(map) {
      this.remove();
      this._map = map;
      this._container = this.onAdd(map);
      document.getElementById(this.options.slot).append(this._container);
      return this;
    },

    /** To be overridden: the control's element. */
    onAdd() {
      return page.el("div");
    },

    onRemove() {
      this._undo.splice(0).forEach((undo) => undo());
    },

    /** Call `render(state)` now and whenever one of these parts of the state changes. */
    watch(keys, render) {
      const { store } = this._app;
      this._undo.push(store.on((state, changed) => keys.some((key) => changed.has(key)) && render.call(this, state)));
      render.call(this, store.get());
    },

    /** Listen to an element outside of the control until the control is removed. */
    listen(target, type, listener) {
      target.addEventListener(type, listener);
      this._undo.push(() => target.removeEventListener(type, listener));
    },
  });

  /** The parts of the state that change which rows are in force. */
  page.ROWS = ["day", "known", "off", "forcesOff", "gradesOff", "modalitiesOff"];
})(geoposture.page);
