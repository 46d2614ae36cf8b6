"use strict";
// Marks on a canvas, for more places than SVG redraws in time; areas keep their SVG badges. The same interface as Marks. Many marks look
// alike: each look is a stamp, and a step stamps anew only around the marks that look otherwise than before. What it draws can be
// clicked; for the keyboard there is the list of places.

(function (page) {
  const { words } = page;
  const LABELS = 160;
  const REACH = 5;
  /** Looks that are kept, each some kilobytes. */
  const MOST_STAMPS = 8000;
  /** When more than this part of the marks looks otherwise, it is less work to stamp all of them. */
  const MUCH = 1 / 6;
  /** How far outside of the view a mark still reaches into it. */
  const OUTSIDE = -30;
  /** Pixels of the screen that a stamp may reach further: its place is snapped to a whole one, and so are the borders of cells. */
  const SNAP = 1.5;
  const QUERIES = ["(prefers-color-scheme: dark)", "print"];

  page.CanvasMarks = page.Marks.extend({
    onAdd(map) {
      this._scatter = page.scatter([0, 0, 0, 0]);
      this._lettering = page.lettering(this._model.places);
      this._canvas = canvas({ role: "img" });
      this._names = canvas({ "aria-hidden": "true" });
      this._queries = QUERIES.map((query) => matchMedia(query));
      this._repaint = () => {
        this._frame = null;
        this.draw();
      };
      page.Marks.prototype.onAdd.call(this, map);
      this._svg.before(this._canvas, this._names);
      map.on("click", this._click, this);
      map.on("mousemove", this._hover, this);
      for (const query of this._queries) query.addEventListener("change", this._repaint);
      return this;
    },

    onRemove(map) {
      map.off("click", this._click, this);
      map.off("mousemove", this._hover, this);
      for (const query of this._queries) query.removeEventListener("change", this._repaint);
      this._canvas.remove();
      this._names.remove();
      this._frame = null;
      page.Marks.prototype.onRemove.call(this, map);
    },

    select(place) {
      const before = this._selected;
      page.Marks.prototype.select.call(this, place);
      if (before !== place && this._frame) this._paint([before, place].map((one) => this._renew(one, this._marks[one])).filter(Boolean));
    },

    draw() {
      if (!this._svg) return;
      const situation = this._situation;
      const isNew = this._framed();
      const changes = this._update(situation);
      this._situation = { marks: [], badges: situation.badges, total: situation.total };
      page.Marks.prototype.draw.call(this);
      this._situation = situation;
      this._paint(changes, isNew);
      this._reserve();
      this._lettering.write(this._scatter.largest(LABELS), this._taken);
      const label = `${words.count(this._scatter.size(), "place")} in sight; the list of places names them`;
      if (this._canvas.getAttribute("aria-label") !== label) this._canvas.setAttribute("aria-label", label);
    },

    /** Names, and squares of which no figure is known, stand beside the marks, never on them. */
    _reserve() {
      this._taken.heed(this._scatter);
    },

    // What is to be seen, and what of it is not as it was

    /** Make ready for the view as it is now. Returns whether it is another than before: then nothing that was painted can stay. */
    _framed() {
      const size = this._map.getSize();
      const ratio = globalThis.devicePixelRatio || 1;
      const corner = this._map.containerPointToLayerPoint([0, 0]);
      const frame = [size, ratio, corner, this._map.getPixelOrigin(), this._map.getZoom()].join();
      if (frame === this._frame) return false;
      const [width, height] = [Math.round(size.x * ratio), Math.round(size.y * ratio)];
      Object.assign(this, { _frame: frame, _ratio: ratio, _corner: corner, _sight: this.view(OUTSIDE), _paper: page.paper(width, height), _whole: [0, 0, width, height] });
      this._scatter = page.scatter(this._sight);
      this._marks = this._model.places.map(() => null);
      this._differed = new Set();
      this._seen = null;
      this._newInks();
      for (const one of [this._canvas, this._names]) {
        L.DomUtil.setPosition(one, corner);
        one.width = width;
        one.height = height;
        one.style.setProperty("width", `${size.x}px`);
        one.style.setProperty("height", `${size.y}px`);
      }
      this._lettering.begin(this._names, { ink: this._ink.name, ratio, corner, size: [width, height] });
      return true;
    },

    /** The style sheet's colours as they are now; stamps of other colours or of another size are of no use any more. */
    _newInks() {
      const style = getComputedStyle(document.documentElement);
      const read = new Map();
      // Each is read once, because reading makes the browser work out all styles anew.
      const ink = (name) => {
        if (!read.has(name)) read.set(name, style.getPropertyValue(`--${name}`).trim());
        return read.get(name);
      };
      const pen = this._canvas.getContext("2d", { willReadFrequently: true });
      const inks = new Map();
      const rgb = (name) => {
        if (!inks.has(name)) inks.set(name, parsed(pen, ink(name)));
        return inks.get(name);
      };
      this._ink = { name: ink, rgb };
      const look = [this._ratio, ...["halo", "ink", "contested", "source-0"].map(ink)].join();
      if (look === this._stampLook) return;
      this._stampLook = look;
      this._looks = page.discLooks(this._colours);
    },

    /** Take these marks for those before. Returns what looks otherwise now; see _renew. */
    _update(situation) {
      const { places } = this._model;
      const spots = situation.spots || byPlace(situation.marks);
      const differed = this._differed;
      const isNext = this._seen && this._seen.spots === spots && this._seen.turn === situation.turn - 1;
      const others = isNext ? joined(situation.renewed, differed, this._differing) : places.keys();
      const found = [];
      this._differed = this._differing;
      this._seen = { spots, turn: situation.turn };
      for (const place of others) {
        const mark = (!places[place].area && spots[place]) || null;
        const isOther = this._marks[place] !== mark || differed.has(place) !== this._differing.has(place);
        const change = isOther ? this._renew(place, mark) : null;
        this._marks[place] = mark;
        if (change) found.push(change);
      }
      return found;
    },

    /**
     * Take this mark for the place, or none. Returns its disc before and now, and if it is the same one and only coloured otherwise, its
     * stamp before; null if it looks the same.
     */
    _renew(place, mark) {
      const before = this._scatter.get(place) || null;
      const at = mark && (before || this._inSight(place));
      if (!at) {
        this._scatter.remove(place);
        return before && { before, now: null, old: null };
      }
      const r = rounded(mark.change ? page.changeRadius(mark.change) * 0.8 : page.radius(mark.people, this._most) * 0.75);
      const isRinged = Boolean(mark.ring) || mark.change === "disputed";
      const { stamp, edge } = this._stamp(mark, r);
      if (before && before.stamp === stamp) return null;
      if (before && before.r === r && before.isRinged === isRinged && before.edge === edge && before.stamp.size === stamp.size) {
        const old = before.stamp;
        before.stamp = stamp;
        return { before, now: before, old };
      }
      const now = this._disc(place, at, { r, isRinged, stamp, edge });
      this._scatter.set(now);
      return { before, now, old: null };
    },

    /** Where the place is in this view; null if it is out of sight. */
    _inSight(place) {
      const at = this.spot(this._model.places[place]);
      const [left, top, right, bottom] = this._sight;
      return at.x < left || at.x > right || at.y < top || at.y > bottom ? null : at;
    },

    _disc(place, { x, y }, { r, isRinged, stamp, edge }) {
      const snap = (part, corner) => Math.round((part - corner) * this._ratio) - stamp.size / 2;
      const outer = (stamp.size / 2 + SNAP) / this._ratio;
      return { place, x, y, r, isRinged, edge, outer, stamp, left: snap(x, this._corner.x), top: snap(y, this._corner.y) };
    },

    _stamp(mark, r) {
      const around = { differs: this._differing.has(mark.place), chosen: mark.place === this._selected };
      const look = this._looks.of(mark, r, around);
      if (look.made) return look.made;
      if (this._looks.made > MOST_STAMPS) {
        this._looks = page.discLooks(this._colours);
        return this._stamp(mark, r);
      }
      const layers = page.discLayers(mark, r, around, this._colours);
      look.made = { stamp: page.stamp(layers, this._ink.rgb, this._ratio), edge: page.layersReach(layers) };
      this._looks.made += 1;
      return look.made;
    },

    // Painting

    /** All at once, or only the pixels that these changes alter: every pixel that may look otherwise is noted before any is worked out. */
    _paint(changes, isNew) {
      const pen = this._canvas.getContext("2d", { willReadFrequently: true });
      if (isNew || changes.length > this._scatter.size() * MUCH) {
        this._paper.fill(this._scatter.ordered());
        this._paper.show(pen, this._whole);
        return;
      }
      const counts = changes.map((change) => this._note(change));
      changes.forEach(({ before, now }, index) => {
        const box = around(before || now, now || before);
        if (counts[index] > 0) this._settle(box);
        this._paper.show(pen, box);
      });
    },

    /** Note what a change alters on the paper. Returns how many pixels have to be worked out when all changes are noted. */
    _note({ before, now, old }) {
      if (old) return this._paper.recolour(now, old);
      const isUnder = (place) => (!before || this._scatter.isAbove(place, before)) && (!now || this._scatter.isAbove(place, now));
      return (before ? this._paper.spoil(before, isUnder) : 0) + (now ? this._paper.spoil(now, isUnder) : 0);
    },

    /** Work out the noted pixels of a box of pixels of the screen, cell by cell. */
    _settle([left, top, right, bottom]) {
      const { _ratio: ratio, _corner: corner } = this;
      const [onX, onY] = [(x) => Math.round((x - corner.x) * ratio), (y) => Math.round((y - corner.y) * ratio)];
      this._scatter.parts([left / ratio + corner.x, top / ratio + corner.y, right / ratio + corner.x, bottom / ratio + corner.y], (fromX, fromY, toX, toY, discs) => {
        this._paper.settle(onX(fromX), onY(fromY), onX(toX), onY(toY), discs);
      });
    },

    // Hitting

    _click({ layerPoint }) {
      const disc = this._scatter.at(layerPoint, REACH);
      if (disc) this.fire("pick", { place: disc.place });
    },

    _hover({ layerPoint }) {
      const disc = this._scatter.at(layerPoint, REACH);
      const container = this._map.getContainer();
      container.style.cursor = disc ? "pointer" : "";
      container.title = disc ? this._model.places[disc.place].name : "";
    },
  });

  function canvas(attributes) {
    return page.el("canvas", { class: "drawing-canvas leaflet-zoom-hide", ...attributes });
  }

  /** Red, green and blue of a colour as a style sheet writes it. */
  function parsed(pen, colour) {
    pen.fillStyle = "#000000";
    pen.fillStyle = colour;
    // Read back, every opaque colour is #rrggbb.
    return [1, 3, 5].map((at) => Number.parseInt(pen.fillStyle.slice(at, at + 2), 16));
  }

  function byPlace(marks) {
    const found = [];
    for (const mark of marks) found[mark.place] = mark;
    return found;
  }

  /** A radius in eighths of a pixel: nobody sees the difference, and more marks share a stamp. */
  function rounded(r) {
    return Math.round(r * 8) / 8;
  }

  /** The box of the stamps of two discs, in pixels of the screen. */
  function around(one, other) {
    return [
      Math.min(one.left, other.left),
      Math.min(one.top, other.top),
      Math.max(one.left + one.stamp.size, other.left + other.stamp.size),
      Math.max(one.top + one.stamp.size, other.top + other.stamp.size),
    ];
  }

  /** All of them, each once. */
  function joined(some, ...more) {
    return more.every((others) => others.size === 0) ? some : new Set([...some, ...more.flatMap((others) => [...others])]);
  }
})(geoposture.page);
