"use strict";
// The line of time. Above, what was published and when, with the handle for what was known; below, the day that is shown.

(function (page) {
  const { el, svg } = page;
  const { days } = geoposture;
  const SIDE = 14;
  const BAND = { top: 4, bottom: 44 };
  const RAIL = 60;
  const FOOT = 86;
  /** Ticks nearer to each other than a half of a pixel cannot be told apart. */
  const SHARPNESS = 2;

  page.Timeline = page.Docked.extend({
    options: { slot: "clock" },

    onAdd() {
      this._scale = this._app.timeScale;
      this._measure = page.layout.ruler();
      this._still = svg("g");
      this._moving = svg("g");
      this._drawn = [];
      this._perDay = countedByDay(this._app.model.claims.known_from);
      this._svg = svg("svg", { "aria-hidden": "true" }, this._still, this._moving);
      this._dayHandle = this._handle("day", "Day shown", (day) => ({ day }));
      this._knownHandle = this._handle("known", "As known on", (known) => ({ known: known >= this._app.lastKnown ? null : known }));
      this._track = el("div", { class: "track" }, this._svg, this._knownHandle, this._dayHandle);
      this._track.addEventListener("pointerdown", (event) => this._jump(event));
      this._observer = new ResizeObserver(() => {
        // Asked for here and not at every step, because the answer makes the browser lay out the page.
        this._width = this._track.clientWidth;
        this._draw();
      });
      this._observer.observe(this._track);
      this._undo.push(() => this._observer.disconnect());
      this.watch([...page.ROWS, "compare"], this._draw);
      return this._track;
    },

    // Between days and pixels

    _x(day) {
      return SIDE + this._scale.at(day) * (this._width - 2 * SIDE);
    },

    _dayAt(x) {
      return this._scale.dayAt((x - SIDE) / (this._width - 2 * SIDE));
    },

    // Drawing

    _draw() {
      const state = this._app.store.get();
      if (!(this._width >= 2 * SIDE)) return;
      const known = state.known === null ? this._app.lastKnown : state.known;
      const edge = state.known === null ? this._width - SIDE : this._x(known);
      this._drawStill(known, edge);
      this._moving.replaceChildren(...this._now(state.day));
      this._place(this._dayHandle, state.day, RAIL, days.long(state.day), this._x(state.day));
      this._place(this._knownHandle, known, BAND.top, state.known === null ? "today's knowledge" : days.long(known), edge);
    },

    /** What stays as it is while the day moves, drawn anew only when the width or the knowledge has changed: it may be thousands of nodes. */
    _drawStill(known, edge) {
      const changes = this._app.changeDays();
      const basis = [this._width, known, edge, changes];
      if (basis.every((one, index) => one === this._drawn[index])) return;
      this._drawn = basis;
      this._still.replaceChildren(
        svg("rect", { class: "band", x: SIDE, y: BAND.top, width: this._width - 2 * SIDE, height: BAND.bottom - BAND.top, rx: 3 }),
        ...this._bars(known),
        ...this._ticks(known),
        ...this._breaks(),
        ...this._marks(),
        svg("line", { class: "rail", x1: SIDE, x2: this._width - SIDE, y1: RAIL, y2: RAIL }),
        ...this._changes(changes),
        svg("text", { class: "band-word", x: SIDE + 6, y: BAND.top + 13, text: "Reports published" }),
        svg("line", { class: "known-edge", x1: edge, x2: edge, y1: BAND.top, y2: BAND.bottom }),
      );
    },

    /** A small histogram: how many claims were published in each stretch. */
    _bars(known) {
      const step = 7;
      const bins = new Map();
      for (const [day, count] of this._perDay) {
        const bin = Math.floor((this._x(day) - SIDE) / step);
        const counts = bins.get(bin) || [0, 0];
        counts[day <= known ? 0 : 1] += count;
        bins.set(bin, counts);
      }
      const most = Math.max(...[...bins.values()].map(([a, b]) => a + b), 1);
      const height = BAND.bottom - BAND.top - 14;
      return [...bins].flatMap(([bin, counts]) => {
        const tall = counts.map((count) => (count / most) * height);
        const base = BAND.bottom - 11;
        const x = SIDE + bin * step;
        return [
          svg("rect", { class: "bar", x, width: step - 1, y: base - tall[0], height: tall[0] }),
          svg("rect", { class: "bar unknown", x, width: step - 1, y: base - tall[0] - tall[1], height: tall[1] }),
        ];
      });
    },

    /** One tick for each report on the day from which it is known, in its source's colour; of those on one spot only the last is seen. */
    _ticks(known) {
      const { model, colours } = this._app;
      const found = new Map();
      for (const [report, group] of this._app.reportGroups) {
        const day = model.reports[report].known;
        const x = this._x(day);
        found.set(Math.round(x * SHARPNESS), { x, look: `tick ${page.colourClass(colours[group])}${day > known ? " unknown" : ""}` });
      }
      return [...found.values()].map(({ x, look }) => svg("line", { class: look, x1: x, x2: x, y1: BAND.bottom - 9, y2: BAND.bottom - 1 }));
    },

    /** One small tick under the rail for each day on which the situation can change. */
    _changes(changeDays) {
      const found = new Map();
      for (const day of changeDays) {
        if (day < this._scale.first || day > this._scale.last) continue;
        const x = this._x(day);
        found.set(Math.round(x * SHARPNESS), x);
      }
      return [...found.values()].map((x) => svg("line", { class: "change", x1: x, x2: x, y1: RAIL + 5, y2: RAIL + 8 }));
    },

    _now(day) {
      const x = this._x(day);
      return [
        svg("line", { class: "rail-past", x1: SIDE, x2: x, y1: RAIL, y2: RAIL }),
        ...this._pinned(day),
        svg("line", { class: "now", x1: x, x2: x, y1: BAND.top, y2: RAIL }),
      ];
    },

    /** The first of two moments that are compared, and the stretch between them. */
    _pinned(day) {
      const { compare } = this._app.store.get();
      if (!compare) return [];
      const x = this._x(compare.day);
      return [
        svg("line", { class: "between", x1: x, x2: this._x(day), y1: RAIL, y2: RAIL }),
        svg("line", { class: "pin", x1: x, x2: x, y1: BAND.top, y2: RAIL + 7 }),
        svg("circle", { class: "pin-head", cx: x, cy: RAIL, r: 6 }),
      ];
    },

    /** Where the line is cut short: two slashes, as on any broken axis. */
    _breaks() {
      return this._scale.pieces.filter((piece) => piece.broken).map((piece) => {
        const middle = SIDE + ((piece.start + piece.end) / 2) * (this._width - 2 * SIDE);
        const slash = (x) => `M${x - 2.5} ${BAND.bottom + 1}L${x + 2.5} ${BAND.bottom - 11}`;
        return svg("path", { class: "break", d: slash(middle - 2.5) + slash(middle + 2.5) });
      });
    },

    _marks() {
      const width = this._width - 2 * SIDE;
      const found = page.timeMarks(this._scale, width, (text) => this._measure(text, 11, 400));
      return found.flatMap(({ part, text }) => {
        const x = SIDE + part * width;
        return [
          svg("line", { class: "scale-mark", x1: x, x2: x, y1: RAIL + 8, y2: RAIL + 13 }),
          svg("text", { x, y: FOOT, "text-anchor": "middle", text }),
        ];
      });
    },

    // Handles: sliders for the pointer and for the keyboard

    _handle(part, label, patch) {
      const [first, last] = part === "day" ? [this._scale.first, this._scale.last] : [this._app.firstKnown, this._app.lastKnown];
      const handle = el("div", { class: `handle ${part}`, role: "slider", tabindex: 0, "aria-label": label, "aria-valuemin": first, "aria-valuemax": last, "aria-orientation": "horizontal" });
      const move = (day) => this._app.store.set(patch(Math.max(first, Math.min(last, day))));
      const now = () => {
        const value = this._app.store.get()[part];
        return value === null ? last : value;
      };
      handle.addEventListener("keydown", (event) => {
        const target = keyTarget(event, now(), first, last);
        if (target === null) return;
        event.preventDefault();
        move(target);
      });
      handle.addEventListener("pointerdown", (event) => this._drag(event, handle, move));
      return handle;
    },

    _drag(event, handle, move) {
      event.preventDefault();
      event.stopPropagation();
      handle.focus({ preventScroll: true });
      handle.setPointerCapture(event.pointerId);
      this._app.store.set({ playing: false });
      const follow = (moved) => move(this._dayAt(moved.clientX - this._track.getBoundingClientRect().left));
      const stop = () => {
        handle.removeEventListener("pointermove", follow);
        handle.removeEventListener("pointerup", stop);
        handle.removeEventListener("pointercancel", stop);
      };
      handle.addEventListener("pointermove", follow);
      handle.addEventListener("pointerup", stop);
      handle.addEventListener("pointercancel", stop);
    },

    /** A press beside the handles takes the day there, and goes on as a drag. */
    _jump(event) {
      const box = this._track.getBoundingClientRect();
      this._app.store.set({ day: this._dayAt(event.clientX - box.left) });
      this._drag(event, this._dayHandle, (day) => this._app.store.set({ day }));
    },

    _place(handle, value, y, text, x) {
      handle.style.setProperty("transform", `translate(${Math.round(x * 10) / 10}px, ${y}px)`);
      handle.setAttribute("aria-valuenow", value);
      handle.setAttribute("aria-valuetext", text);
    },
  });

  /** How often each day stands in a column; ten thousands of claims have some thousand days. */
  function countedByDay(column) {
    const counts = new Map();
    for (const day of column) counts.set(day, (counts.get(day) || 0) + 1);
    return counts;
  }

  function keyTarget(event, now, first, last) {
    const step = event.shiftKey ? 7 : 1;
    switch (event.key) {
      case "ArrowRight":
      case "ArrowUp":
        return now + step;
      case "ArrowLeft":
      case "ArrowDown":
        return now - step;
      case "PageUp":
        return now + 30;
      case "PageDown":
        return now - 30;
      case "Home":
        return first;
      case "End":
        return last;
      default:
        return null;
    }
  }
})(geoposture.page);
