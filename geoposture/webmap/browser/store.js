"use strict";
// What the reader has chosen, in one place. Controls set parts of it and are told once a frame what has changed.

(function (page) {
  /**
   * @param {Object} initial
   * @returns {{get: function(): Object, set: function(Object): void, on: function(function(Object, Set<string>): void): function(): void}}
   */
  page.store = function store(initial) {
    let state = Object.freeze({ ...initial });
    const listeners = new Set();
    let changed = new Set();
    let frame = 0;

    function flush() {
      frame = 0;
      const keys = changed;
      changed = new Set();
      for (const listener of [...listeners]) listener(state, keys);
    }

    return {
      get: () => state,
      set(patch) {
        const keys = Object.keys(patch).filter((key) => patch[key] !== state[key]);
        if (keys.length === 0) return;
        state = Object.freeze({ ...state, ...patch });
        keys.forEach((key) => changed.add(key));
        if (frame === 0) frame = requestAnimationFrame(flush);
      },
      on(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    };
  };
})(geoposture.page);
