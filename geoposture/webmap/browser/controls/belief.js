"use strict";
// The belief chart of a place and force: the day across, what was known down, coloured by standing. A row is what was believed between
// two reports; where rows differ on one day, belief was reversed.

(function (page) {
  const { el, svg } = page;
  const { days } = geoposture;
  const LEFT = 78;
  const ROW = 15;
  const TOP = 18;
  const WIDTH = 336;

  /** The chart, or null if the place has only one state of knowledge. */
  page.beliefChart = function beliefChart(app, line) {
    const { model, store } = app;
    const state = store.get();
    const chart = geoposture.belief(model, line.place, line.force, { keep: page.keeper(model, state) || undefined, range: app.span });
    const rows = joined(chart);
    if (rows.length < 2) return null;
    const x = (day) => LEFT + app.timeScale.at(day) * (WIDTH - LEFT);
    const height = TOP + rows.length * ROW;
    const picture = svg("svg", { viewBox: `0 0 ${WIDTH} ${height + 4}`, role: "img", "aria-label": spoken(model, line, rows) });
    picture.append(...scale(app, x), ...rows.flatMap((row, index) => drawn(chart, row, index, x, app.span[1])), ...cross(rows, state, x, height));
    picture.addEventListener("click", (event) => pick(event, picture, rows, app));
    return el("figure", { class: "belief" }, el("figcaption", {}, el("b", { text: "What was believed, and when" }), el("span", { class: "quiet", text: " day across, as known down" })), picture, key());
  };

  /** States of knowledge in which something is other than in the one before, each with the day on which it begins. */
  function joined({ knowns, lines }) {
    const sign = (cells) => cells.map((line) => (line ? look(line) : "none")).join();
    const rows = knowns.map((known, index) => ({ known, cells: lines[index] }));
    return rows.filter((row, index) => index === 0 || sign(row.cells) !== sign(rows[index - 1].cells));
  }

  function look(line) {
    return line.standing === "unreported" ? (line.outlook.length ? "outlook" : "none") : line.standing;
  }

  function drawn({ days: cuts }, { known, cells }, index, x, last) {
    const y = TOP + index * ROW;
    const found = [svg("text", { class: "belief-known", x: LEFT - 6, y: y + 11, "text-anchor": "end", text: days.long(known) })];
    let from = 0;
    for (let at = 1; at <= cells.length; at += 1) {
      const kind = cells[from] ? look(cells[from]) : "none";
      if (at < cells.length && (cells[at] ? look(cells[at]) : "none") === kind) continue;
      const left = x(cuts[from]);
      const right = at < cells.length ? x(cuts[at]) : x(last);
      found.push(svg("rect", { class: `cell ${kind}`, x: left, y: y + 1, width: Math.max(0.8, right - left), height: ROW - 2 }));
      from = at;
    }
    // From this day on the row speaks of what was then the future.
    found.push(svg("line", { class: "belief-now", x1: x(known), x2: x(known), y1: y, y2: y + ROW }));
    return found;
  }

  function scale(app, x) {
    const found = page.timeMarks(app.timeScale, WIDTH - LEFT, (text) => text.length * 6);
    return found.map(({ day, text }) => svg("text", { class: "belief-scale", x: x(day), y: 11, "text-anchor": "middle", text }));
  }

  function cross(rows, state, x, height) {
    const known = state.known === null ? Infinity : state.known;
    const index = rows.filter((row) => row.known <= known).length - 1;
    const found = [svg("line", { class: "belief-day", x1: x(state.day), x2: x(state.day), y1: TOP - 3, y2: height + 3 })];
    if (index >= 0) found.push(svg("rect", { class: "belief-row", x: LEFT, y: TOP + index * ROW, width: WIDTH - LEFT, height: ROW }));
    return found;
  }

  function pick(event, picture, rows, app) {
    const box = picture.getBoundingClientRect();
    const unit = WIDTH / box.width;
    const across = (event.clientX - box.left) * unit;
    const index = Math.floor(((event.clientY - box.top) * unit - TOP) / ROW);
    if (across < LEFT || !rows[index]) return;
    const last = index === rows.length - 1;
    app.store.set({ day: app.timeScale.dayAt((across - LEFT) / (WIDTH - LEFT)), known: last ? null : rows[index + 1].known - 1 });
  }

  function key() {
    const items = ["present", "absent", "contested", "unclear", "outlook"].map((kind) => el("li", {}, svg("svg", { width: 14, height: 10, "aria-hidden": "true" }, svg("rect", { class: `cell ${kind}`, x: 0.5, y: 0.5, width: 13, height: 9 })), kind));
    return el("ul", { class: "belief-key" }, items);
  }

  function spoken(model, line, rows) {
    return `Belief chart of ${model.places[line.place].name}, ${model.forces[line.force].name}: ${rows.length} states of knowledge, from ${days.long(rows[0].known)} to ${days.long(rows[rows.length - 1].known)}`;
  }
})(geoposture.page);
