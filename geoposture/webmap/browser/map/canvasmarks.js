"use strict";
// Marks on one canvas, for more places than SVG redraws in time; areas keep their SVG badges. The same interface as Marks. What it
// draws can be clicked; for the keyboard there is the list of places.

(function (page) {
  const { words } = page;
  const LABELS = 160;
  const REACH = 5;
  /** What a ring and its line add to a mark's radius, at most. */
  const RIM = 6;
  /** Looks that are kept, each some kilobytes. */
  const MOST_STAMPS = 5000;

  page.CanvasMarks = page.Marks.extend({
    onAdd(map) {
      this._canvas = L.DomUtil.create("canvas", "drawing-canvas leaflet-zoom-hide");
      this._canvas.setAttribute("role", "img");
      this._spots = [];
      page.Marks.prototype.onAdd.call(this, map);
      this._svg.before(this._canvas);
      map.on("click", this._click, this);
      map.on("mousemove", this._hover, this);
      this.draw();
      return this;
    },

    onRemove(map) {
      map.off("click", this._click, this);
      map.off("mousemove", this._hover, this);
      this._canvas.remove();
      page.Marks.prototype.onRemove.call(this, map);
    },

    select(place) {
      page.Marks.prototype.select.call(this, place);
      if (this._canvas.isConnected && !this._drawing) this._paint();
    },

    draw() {
      if (!this._svg) return;
      const situation = this._situation;
      const { marks } = situation;
      this._situation = { marks: [], badges: situation.badges, total: situation.total };
      // The badges' draw() selects as well, which would paint everything a second time.
      this._drawing = true;
      this._spots = this._inView(marks);
      page.Marks.prototype.draw.call(this);
      this._drawing = false;
      this._situation = situation;
      this._paint();
    },

    /** A square of which no figure is known stands beside the marks, never on them. */
    _reserve() {
      for (const { x, y, r } of this._spots) this._taken.take([x - r, y - r, x + r, y + r]);
    },

    /** The marks that can be seen, the large ones first, so that small ones are drawn above them. */
    _inView(marks) {
      const [left, top, right, bottom] = this.view(-30);
      const found = [];
      for (const mark of marks) {
        const { x, y } = this.spot(this._model.places[mark.place]);
        if (x < left || x > right || y < top || y > bottom) continue;
        const r = mark.change ? page.changeRadius(mark.change) * 0.8 : page.radius(mark.people, this._most) * 0.75;
        found.push({ ...mark, mark, x, y, r, name: this._model.places[mark.place].name });
      }
      return found.sort((a, b) => b.r - a.r || a.place - b.place);
    },

    // Painting

    _paint() {
      const size = this._map.getSize();
      const ratio = globalThis.devicePixelRatio || 1;
      const corner = this._map.containerPointToLayerPoint([0, 0]);
      L.DomUtil.setPosition(this._canvas, corner);
      this._canvas.width = size.x * ratio;
      this._canvas.height = size.y * ratio;
      this._canvas.style.setProperty("width", `${size.x}px`);
      this._canvas.style.setProperty("height", `${size.y}px`);
      this._canvas.setAttribute("aria-label", `${words.count(this._spots.length, "place")} in sight; the list of places names them`);
      const pen = this._canvas.getContext("2d");
      pen.setTransform(ratio, 0, 0, ratio, -corner.x * ratio, -corner.y * ratio);
      const ink = this._inks();
      this._newStamps(ratio, ink);
      for (const spot of this._spots) this._stamp(pen, spot, ink);
      this._write(pen, ink);
    },

    /** The style sheet's colours, as they are now. */
    _inks() {
      const style = getComputedStyle(document.documentElement);
      const ink = (name) => style.getPropertyValue(`--${name}`).trim();
      const sources = Array.from({ length: 8 }, (_, index) => ink(`source-${index}`));
      const named = Object.fromEntries(["halo", "contested", "ink", "place-label", "muted", "accent", "neutral", "known"].map((name) => [name, ink(name)]));
      const other = ink("source-other");
      return { ...named, of: (colour) => (colour < 0 ? other : sources[colour]), font: getComputedStyle(document.body).fontFamily };
    },

    // Many marks look alike, and a step changes few: each look is drawn once and then stamped, which is ten times as quick.

    _newStamps(ratio, ink) {
      const look = [ratio, ...Object.values(ink)].join();
      if (look === this._stampLook && this._stamps.size < MOST_STAMPS) return;
      this._stampLook = look;
      this._ratio = ratio;
      this._stamps = new Map();
      this._stampFor = new WeakMap();
    },

    _stamp(pen, spot, ink) {
      if (this._differing.has(spot.place) || spot.place === this._selected) {
        this._disc(pen, spot, ink);
        return;
      }
      let stamp = this._stampFor.get(spot.mark);
      if (!stamp) {
        stamp = this._stampLike(spot, ink);
        this._stampFor.set(spot.mark, stamp);
      }
      const snap = (part) => Math.round((part - stamp.half) * this._ratio) / this._ratio;
      pen.drawImage(stamp.canvas, snap(spot.x), snap(spot.y), 2 * stamp.half, 2 * stamp.half);
    },

    _stampLike(spot, ink) {
      const r = Math.round(spot.r * 2) / 2;
      const parts = spot.change ? [spot.change] : spot.segments.map(({ group, state, carried }) => `${this._colours[group]} ${state} ${carried}`);
      const key = [r, spot.ring, ...parts].join();
      if (!this._stamps.has(key)) this._stamps.set(key, this._stampOf({ ...spot, r }, ink));
      return this._stamps.get(key);
    },

    _stampOf(spot, ink) {
      const half = Math.ceil(spot.r + RIM);
      const canvas = document.createElement("canvas");
      canvas.width = 2 * half * this._ratio;
      canvas.height = canvas.width;
      const pen = canvas.getContext("2d");
      pen.setTransform(this._ratio, 0, 0, this._ratio, 0, 0);
      this._disc(pen, { ...spot, x: half, y: half }, ink);
      return { canvas, half };
    },

    _disc(pen, spot, ink) {
      ring(pen, spot, spot.r + 1.2, ink.halo, 0);
      if (spot.change) ring(pen, spot, spot.r, changeInk(spot.change, ink), spot.change.endsWith("absent") || spot.change === "down" ? 2.4 : 0);
      else spot.segments.forEach((segment, index) => this._segment(pen, spot, segment, index, ink));
      if (spot.ring || spot.change === "disputed") ring(pen, spot, spot.r + 3, ink.contested, 2);
      if (this._differing.has(spot.place)) ring(pen, spot, spot.r + 4.5, ink.known, 1.2);
      if (spot.place === this._selected) ring(pen, spot, spot.r + 6, ink.ink, 2);
    },

    _segment(pen, { x, y, r, segments }, segment, index, ink) {
      const turn = (2 * Math.PI) / segments.length;
      const from = index * turn - Math.PI / 2;
      const isHollow = segment.state.endsWith("absent") || segment.state === "outlook";
      pen.beginPath();
      if (!isHollow) pen.moveTo(x, y);
      pen.arc(x, y, isHollow ? r - 1.2 : r, from, from + turn);
      pen.globalAlpha = segment.state.startsWith("faint") ? 0.3 : segment.carried ? 0.6 : 1;
      pen.setLineDash(segment.state === "outlook" ? [3, 2.4] : []);
      pen.fillStyle = ink.of(this._colours[segment.group]);
      pen.strokeStyle = pen.fillStyle;
      pen.lineWidth = segment.carried ? 1.4 : 2.4;
      if (isHollow) pen.stroke();
      else pen.fill();
      pen.globalAlpha = 1;
      pen.setLineDash([]);
    },

    /** Names of as many places as find room, the largest first. */
    _write(pen, ink) {
      const taken = this._taken;
      pen.font = `600 12px ${ink.font}`;
      pen.lineJoin = "round";
      pen.lineWidth = 3;
      pen.strokeStyle = ink.halo;
      pen.fillStyle = ink["place-label"];
      for (const spot of this._spots.slice(0, LABELS)) {
        const options = page.layout.besideDisc(spot.x, spot.y, spot.r, this._measure(spot.name, 12, 600), 15);
        const free = taken.first(options.map(({ box }) => box));
        if (free < 0) continue;
        const [left, top] = options[free].box;
        pen.strokeText(spot.name, left, top + 11.5);
        pen.fillText(spot.name, left, top + 11.5);
      }
    },

    // Hitting

    _at(point) {
      let best = null;
      for (const spot of this._spots) {
        const far = Math.hypot(spot.x - point.x, spot.y - point.y) - spot.r;
        if (far < REACH && (!best || far <= best.far)) best = { spot, far };
      }
      return best && best.spot;
    },

    _click({ layerPoint }) {
      const spot = this._at(layerPoint);
      if (spot) this.fire("pick", { place: spot.place });
    },

    _hover({ layerPoint }) {
      const spot = this._at(layerPoint);
      const container = this._map.getContainer();
      container.style.cursor = spot ? "pointer" : "";
      container.title = spot ? spot.name : "";
    },
  });

  /** A circle filled, or stroked where a width is given. */
  function ring(pen, { x, y }, r, colour, width) {
    pen.beginPath();
    pen.arc(x, y, r, 0, 2 * Math.PI);
    pen.fillStyle = colour;
    pen.strokeStyle = colour;
    pen.lineWidth = width;
    if (width) pen.stroke();
    else pen.fill();
  }

  function changeInk(change, ink) {
    if (change === "same") return ink.neutral;
    return ["now_present", "newly_present", "up"].includes(change) ? ink.accent : ink.contested;
  }
})(geoposture.page);
