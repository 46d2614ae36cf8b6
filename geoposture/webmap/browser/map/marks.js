"use strict";
// Marks of places and badges of areas, with their labels. Its interface (show, select, taken, the event "pick") is all that the page
// knows, so that another way of drawing can stand in.

(function (page) {
  const { svg, saying } = page;
  const LINE = 14;
  /** So many marks get the room for their names before the areas' badges look for theirs. */
  const FIRST = 40;

  page.Marks = page.Drawing.extend({
    includes: page.Badges,
    options: { pane: "marks", zIndex: 620, label: "Places on the map" },

    initialize(model, colours, options) {
      this._model = model;
      this._colours = colours;
      this._most = page.mostPeople(model);
      this._situation = { marks: [], badges: [] };
      this._differing = new Set();
      this._badgeNodes = new Map();
      this._tellings = new Map();
      L.setOptions(this, options);
    },

    onRemove(map) {
      page.Drawing.prototype.onRemove.call(this, map);
      this._nodes = null;
    },

    /** Draw this situation from now on. */
    show(situation, differing) {
      this._situation = situation;
      this._differing = differing;
      this.draw();
    },

    /** Ring the place that the reader has chosen, or none. */
    select(place) {
      this._selected = place;
      for (const index of [this._ringed, place]) {
        const node = (this._nodes || new Map()).get(index);
        if (node) node.classList.toggle("selected", index === place);
      }
      this._ringed = place;
    },

    /** Give the keyboard's focus to a place, if it is drawn. */
    focus(place) {
      const node = (this._nodes || new Map()).get(place);
      if (node) node.focus({ preventScroll: true });
      return Boolean(node);
    },

    /** What the marks and their labels cover; whoever draws below asks here for room. */
    taken() {
      return this._taken;
    },

    draw() {
      if (!this._svg) return;
      this._measure = this._measure || page.layout.ruler();
      this._taken = page.layout.occupancy(this.view(4));
      page.controlBoxes(this._map).forEach((box) => this._taken.take(box));
      const focused = this._focused();
      const marks = this._placed();
      const { telling, bare } = this._weighed();
      const badges = this._badges(telling, this._wished(marks));
      const labels = this._labels(marks);
      this._reserve();
      const early = new Set(badges.map(({ place }) => place));
      const late = telling.filter(({ spot }) => !early.has(spot.place));
      badges.push(...this._badges([...late, ...bare]));
      this._nodes = new Map([...marks.map((mark) => [mark.place, this._mark(mark)]), ...badges.map(({ place, node }) => [place, node])]);
      page.arrange(this._svg, [...this._leaders(marks), ...labels, ...badges.map(({ node }) => node), ...this._inOrder(marks)]);
      this.select(this._selected);
      this._rove(focused);
    },

    // Where the marks stand

    _placed() {
      const marks = this._situation.marks.map((mark) => {
        const place = this._model.places[mark.place];
        const at = this.spot(place);
        const r = mark.change ? page.changeRadius(mark.change) : page.radius(mark.people, this._most);
        const rim = Math.max(mark.ring ? 6 : 1.5, this._differing.has(mark.place) ? 5.5 : 0);
        return { ...mark, x: at.x, y: at.y, home: at, r, outer: r + rim, name: place.name };
      });
      const spread = page.layout.spread(marks.map(({ x, y, outer }) => ({ x, y, r: outer })));
      marks.forEach((mark, index) => Object.assign(mark, spread[index]));
      for (const { x, y, outer } of marks) this._taken.take([x - outer, y - outer, x + outer, y + outer]);
      return marks;
    },

    _leaders(marks) {
      const moved = marks.filter((mark) => Math.hypot(mark.x - mark.home.x, mark.y - mark.home.y) > 3);
      return moved.flatMap(({ x, y, home }) => [
        svg("line", { class: "leader", x1: home.x, y1: home.y, x2: round(x), y2: round(y) }),
        svg("circle", { class: "leader-foot", cx: home.x, cy: home.y, r: 2.2 }),
      ]);
    },

    /** The large ones first, so that a small one is never under a large one. */
    _inOrder(marks) {
      return [...marks].sort((a, b) => b.r - a.r).map((mark) => this._nodes.get(mark.place));
    },

    // Marks

    _mark(mark) {
      const node = svg("g", {
        class: `mark ${mark.change || mark.standing}`,
        transform: `translate(${round(mark.x)} ${round(mark.y)})`,
        ...this._button(mark),
      });
      page.append(
        node,
        svg("title", { text: saying.aloud(this._model, mark) }),
        svg("circle", { class: "hit", r: Math.max(mark.r + 4, 14) }),
        this._differing.has(mark.place) ? svg("circle", { class: "mark-differs", r: mark.outer - 1 }) : null,
        svg("circle", { class: "mark-focus", r: mark.outer + 1 }),
        this._glyph(mark),
      );
      return node;
    },

    _glyph(mark) {
      if (mark.change) return page.changeGlyph(mark.change, mark.revised);
      return page.glyph({ ...mark, segments: mark.segments.map((segment) => ({ ...segment, colour: this._colours[segment.group] })) });
    },

    _button(spot, label = saying.aloud(this._model, spot)) {
      const pick = () => this.fire("pick", { place: spot.place });
      return {
        role: "button",
        tabindex: -1,
        "data-place": this._model.places[spot.place].id,
        "aria-label": label,
        on: { click: pick, keydown: (event) => this._key(event, spot.place, pick) },
      };
    },

    // Labels beside the marks: the telling ones first

    _labels(marks) {
      return byWeight(marks).map((mark) => this._label(mark)).filter(Boolean);
    },

    /** What is taken, and besides it the room that the names of the telling marks would have if they came first. */
    _wished(marks) {
      const wished = page.layout.occupancy(this.view(4));
      for (const { x, y, outer } of marks) wished.take([x - outer, y - outer, x + outer, y + outer]);
      page.controlBoxes(this._map).forEach((box) => wished.take(box));
      for (const mark of byWeight(marks).filter((one) => rank(one) < 2).slice(0, FIRST)) wished.first(this._labelSpots(mark).map(({ box }) => box));
      return wished;
    },

    /** Take the room that badges without words must leave; to be overridden by who draws marks otherwise. */
    _reserve() {},

    _labelSpots(mark, people = saying.underName(this._model, mark), lines = [mark.name]) {
      const widths = [...lines.map((line) => this._measure(line, 12.5, 650)), people ? this._measure(people, 12, 450) : 0];
      const height = (lines.length + (people ? 1 : 0)) * LINE + 1;
      return page.layout.besideDisc(mark.x, mark.y, mark.outer - 1.5, Math.max(...widths) + 3, height);
    },

    _label(mark) {
      // What matters less gives way to the names of towns rather than stand on two lines.
      const mayBreak = rank(mark) < (mark.change ? 1 : 3) && mark.name.includes(" ");
      return this._labelOf(mark, [mark.name]) || (mayBreak ? this._labelOf(mark, this._broken(mark.name)) : null);
    },

    /** A name on two lines of words, as even as can be. The first keeps its space, so that the text stays the name. */
    _broken(name) {
      const words = name.split(" ");
      const breaks = words.slice(1).map((_, at) => [`${words.slice(0, at + 1).join(" ")} `, words.slice(at + 1).join(" ")]);
      const width = (lines) => Math.max(...lines.map((line) => this._measure(line, 12.5, 650)));
      return breaks.reduce((best, lines) => (width(lines) < width(best) ? lines : best));
    },

    _labelOf(mark, lines) {
      const people = saying.underName(this._model, mark);
      const spots = this._labelSpots(mark, people, lines);
      const free = this._taken.first(spots.map(({ box }) => box));
      if (free < 0) return null;
      const { box, anchor } = spots[free];
      const x = Math.round({ start: box[0], end: box[2], middle: (box[0] + box[2]) / 2 }[anchor]);
      const dim = mark.change ? mark.change === "same" : mark.standing === "absent" || mark.standing === "unreported";
      return svg(
        "g",
        { class: `mark-label${dim ? " dim" : ""}`, "aria-hidden": "true" },
        svg("text", { class: "label-place", "text-anchor": anchor }, ...lines.map((text, line) => svg("tspan", { x, y: Math.round(box[1] + 11.5 + line * LINE), text }))),
        people ? svg("text", { class: "label-figure", x, y: Math.round(box[1] + 11.5 + lines.length * LINE), "text-anchor": anchor, text: people }) : null,
      );
    },

    // Keyboard: one stop for the tab key, arrows go to the nearest place in their direction

    _focused() {
      const active = this._svg.contains(document.activeElement) ? document.activeElement.getAttribute("data-place") : null;
      return active === null ? null : this._model.places.findIndex((place) => place.id === active);
    },

    _rove(focused) {
      const stop = [focused, this._selected, ...this._nodes.keys()].find((place) => this._nodes.has(place));
      if (stop === undefined) return;
      this._stopAt(stop);
      if (focused === stop) this.focus(stop);
    },

    _stopAt(place) {
      const before = this._stop;
      this._stop = this._nodes.get(place);
      if (before && before !== this._stop) before.setAttribute("tabindex", "-1");
      this._stop.setAttribute("tabindex", "0");
    },

    _key(event, place, pick) {
      const direction = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
      if (event.key === "Enter" || event.key === " ") pick();
      else if (direction) this._step(place, direction);
      else return;
      event.preventDefault();
      event.stopPropagation();
    },

    _step(from, [dx, dy]) {
      const here = this.spot(this._model.places[from]);
      let best = null;
      for (const place of this._nodes.keys()) {
        const there = this.spot(this._model.places[place]).subtract(here);
        const along = there.x * dx + there.y * dy;
        const across = Math.abs(there.x * dy - there.y * dx);
        if (along <= 0 || across > along * 1.6) continue;
        const far = along + across * 1.5;
        if (!best || far < best.far) best = { place, far };
      }
      if (!best) return;
      this._stopAt(best.place);
      this._map.panInside(this._model.places[best.place], { padding: [40, 40] });
      this.focus(best.place);
    },
  });

  function byWeight(marks) {
    return [...marks].sort((a, b) => rank(a) - rank(b) || b.r - a.r);
  }

  function rank(mark) {
    if (mark.change) return mark.change === "same" ? 1 : 0;
    return ["contested", "present", "unclear", "absent", "unreported"].indexOf(mark.standing);
  }

  function round(number) {
    return Math.round(number * 10) / 10;
  }
})(geoposture.page);
