"use strict";
// Badges of areas: what is said of a whole area stands at the area's label, never as a mark on a base. Joined to Marks.

(function (page) {
  const { svg } = page;
  const SQUARE = 19;
  const [NAME, WORDS, SMALL] = [[10.5, 650, 1.26], [13, 650], [11.5, 450]];
  const SPACE = 5;
  /** Where a badge may stand, from its area's label point, nearest first. */
  const NEARBY = [[0, 0], [0, -34], [0, 34], [-60, -24], [60, -24], [-60, 30], [60, 30], [-100, 0], [100, 0], [0, -68], [0, 68], [-90, -60], [90, -60], [-90, 60], [90, 60], [0, -88], [0, 88], [-120, -50], [120, -50], [-120, 50], [120, 50], [0, -110], [0, 110], [-170, 0], [170, 0], [-110, 120], [110, 120], [-110, -120], [110, -120]];
  /** How far a badge that says no more than its square may step aside. */
  const NEAR = 50;
  /** As near as this, a badge leaves the room of a mark's name; it would rather take it than go further. */
  const CLOSE = 125;

  const AT_HAND = NEARBY.filter((shift) => Math.hypot(...shift) < NEAR);
  const CLOSE_BY = NEARBY.filter((shift) => Math.hypot(...shift) < CLOSE);

  page.Badges = {
    /** The badges that have something to say, the weightiest first, and those that only show a square, the largest areas first. */
    _weighed() {
      const all = this._situation.badges.map((spot) => this._told(spot));
      const depth = ({ spot }) => this._model.places[spot.place].within.length;
      const weight = ({ spot }) => (spot.change ? size(spot) : spot.people || 0);
      const telling = all.filter(({ said }) => said.words).sort((a, b) => weight(b) - weight(a) || depth(a) - depth(b) || a.spot.place - b.spot.place);
      const bare = all.filter(({ said }) => !said.words).sort((a, b) => depth(a) - depth(b) || a.spot.place - b.spot.place);
      return { telling, bare };
    },

    /** What a badge says, and the room that it needs: the same object for as long as its lines and what its sites come to read the same. */
    _told(spot) {
      const total = this._situation.total ? this._situation.total(spot) : null;
      const sum = total ? [total.explained, total.count, total.sites_low, total.sites_high].join() : "";
      const before = this._tellings.get(spot.place);
      if (before && before.spot === spot && before.sum === sum) return before;
      const reading = read(spot);
      if (before && reading !== null && before.reading === reading && before.sum === sum) {
        before.spot = spot;
        return before;
      }
      const said = page.saying.badge(this._model, spot, total);
      const { whose, words, sites } = said;
      const lines = { name: this._model.places[spot.place].name.toUpperCase(), words, beside: spot.change ? "" : whose, more: spot.change ? whose : sites };
      const told = { spot, sum, reading, said, lines, room: this._badgeSize(lines), label: page.saying.aloud(this._model, spot, said) };
      this._tellings.set(spot.place, told);
      return told;
    },

    /** Badges with their names, or only their squares where there is no room; those without room even for that are left out. */
    _badges(weighed, soft) {
      return weighed.map((one) => this._badge(one, soft)).filter(Boolean);
    },

    _badge(told, soft) {
      const { place } = told.spot;
      const box = this._badgeBox(told, soft);
      return box ? { place, node: this._badgeNode(told, box) } : null;
    },

    /** The node of a badge in its box: the one that is there, if it says and shows the same. */
    _badgeNode(told, box) {
      const { spot, said, lines, label } = told;
      const before = this._badgeNodes.get(spot.place);
      if (before && before.told === told && box.every((side, index) => side === before.box[index])) return before.node;
      const dim = spot.standing === "unreported" ? " dim" : "";
      const kind = `badge ${spot.change ? badgeChange(spot) : spot.standing}${dim}`;
      const { name } = this._model.places[spot.place];
      const isNamed = box[2] - box[0] > SQUARE;
      const node = svg("g", { class: kind, transform: `translate(${box[0]} ${box[1]})`, ...this._button(spot, label) });
      page.append(
        node,
        svg("title", { text: label }),
        svg("rect", { class: "badge-box", width: box[2] - box[0], height: box[3] - box[1], rx: 4 }),
        svg("rect", { class: "badge-glyph", x: isNamed ? 8 : 6, y: isNamed ? 7 : 6, width: 7, height: 7 }),
        isNamed ? svg("text", { class: "badge-name", x: 22, y: 14.5, text: name }) : null,
        ...(isNamed && lines.words ? this._written(lines, said.verdict) : []),
      );
      this._badgeNodes.set(spot.place, { told, box, node });
      return node;
    },

    /**
     * At the area's label or near it: the further, the more there is to say. `soft` is room that marks would like to have for their
     * names; only figures and the largest areas may take it.
     */
    _badgeBox({ spot, said, lines, room }, soft) {
      const place = this._model.places[spot.place];
      const at = this.spot(place);
      // A label point out of sight has no badge: somewhere else it would speak of another area.
      const view = this.view(0);
      if (at.x < view[0] || at.y < view[1] || at.x > view[2] || at.y > view[3]) return null;
      const isOutermost = place.within.length === 0;
      const mayTake = isOutermost || said.figured || !soft;
      const find = (shifts, width, height) => {
        if (soft) {
          const kind = this._taken.firstOf(shifts.length, (index) => boxAround(at, shifts[index], width, height), soft);
          if (kind) return kind;
        }
        return mayTake ? this._taken.firstOf(shifts.length, (index) => boxAround(at, shifts[index], width, height)) : null;
      };
      const isFar = lines.words || isOutermost;
      const box = find(isFar ? CLOSE_BY : AT_HAND, ...room) || (isFar && find(NEARBY, ...room)) || find(AT_HAND, SQUARE, SQUARE);
      if (box && soft) soft.take(box);
      return box || null;
    },

    /** The figure, beside it whose it is, and below whose change it is or what the sites come to. */
    _written({ words, beside, more }, verdict) {
      const isClash = verdict === "short" || verdict === "over";
      return [
        svg("text", { class: "badge-words", x: 22, y: 30, text: ` ${words}` }),
        beside ? svg("text", { class: "badge-more", x: 22 + Math.ceil(this._measure(words, ...WORDS)) + SPACE, y: 30, text: ` ${beside}` }) : null,
        more ? svg("text", { class: `badge-more${isClash ? " clash" : ""}`, x: 22, y: 45.5, text: ` ${more}` }) : null,
      ];
    },

    _badgeSize({ name, words, beside, more }) {
      const wide = (text, style) => (text ? this._measure(text, ...style) : 0);
      const second = wide(words, WORDS) + (beside ? wide(beside, SMALL) + SPACE : 0);
      return [Math.ceil(Math.max(wide(name, NAME), second, wide(more, SMALL)) + 31), words ? (more ? 53 : 38) : 22];
    },
  };

  /** All that a badge says of its area's lines; null where that cannot be told from a few numbers. */
  function read(spot) {
    if (spot.change || spot.lines.some(({ standing }) => standing === "unreported")) return null;
    const [{ low, high, approx }] = spot.alike;
    const isOne = spot.standing !== "absent" && spot.alike.every((line) => line.low === low && line.high === high && line.approx === approx);
    // Lines that read the same are not told apart.
    let reading = isOne ? "" : `${spot.lead.force}`;
    for (const line of spot.lines) reading += ` ${line.force} ${line.standing} ${line.low} ${line.high} ${line.approx}`;
    return reading;
  }

  /** How many people a change is about, as far as that is known. */
  function size({ rows }) {
    return Math.max(...rows.map((row) => Math.max(Math.abs(row.delta_low || 0), Math.abs(row.delta_high || 0))));
  }

  function boxAround(at, [dx, dy], width, height) {
    const left = Math.round(at.x + dx - width / 2);
    const top = Math.round(at.y + dy - height / 2);
    return [left, top, left + width, top + height];
  }

  function badgeChange({ change }) {
    return { disputed: "contested", now_absent: "absent", newly_absent: "absent", lapsed: "unreported" }[change] || "present";
  }
})(geoposture.page);
