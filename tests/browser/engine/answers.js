// Answers questions from a Python test, in node or in the page's own browser. Positions become ids again.
"use strict";

const LISTS = ["claims", "implied", "overtaken", "stale", "changes", "outlook"];
/** What a line says, but for its rows. */
const FIELDS = [
  ...["place", "force", "standing", "certainty", "basis", "low", "high", "approx", "figures"],
  ...["outlook_low", "outlook_high", "outlook_figures", "reports", "sources", "origins", "fresh", "age_days"],
  ...LISTS,
];
const ANSWERS = { posture, walk, totals, compare, changes, silent, beliefPoints, figures, changesInWords, days, folds };

/** What the engine answers to each question about a payload. */
globalThis.answer = ({ payload, questions }) => {
  const model = geoposture.model(payload);
  return questions.map((question) => ANSWERS[question.ask](model, question));
};

function options(model, { stale_after, dropped }) {
  const ids = new Set(dropped || []);
  return { staleAfter: stale_after, keep: ids.size ? (claim) => !ids.has(model.claims.id[claim]) : undefined };
}

function posture(model, question) {
  const rows = geoposture.rowsAt(model, question.day, question.known);
  return geoposture.reconcile(model, rows, options(model, question)).map((line) => named(model, line));
}

/** The lines of one moment after another, as a page that keeps what it can has them, and anew; with the evidence of every row. */
function walk(model, question) {
  const step = geoposture.stepper(model);
  const keeps = question.drops.map((dropped) => options(model, { ...question, dropped }).keep);
  let before = new Map();
  return question.moments.map(([day, known, keep]) => {
    const rows = geoposture.rowsAt(model, day, known);
    const chosen = { staleAfter: question.stale_after, keep: keeps[keep] };
    // Nobody reads the moments on the way, so that what changes there is brought up to date later.
    const passed = [day - 2, day + 3, day - 1].map((one) => step(one, known, chosen).places);
    const moment = step(day, known, chosen);
    const kept = moment.lines;
    const now = new Map(kept.map((line) => [keyed(line), line]));
    const other = [...before.keys(), ...now.keys()].filter((key) => before.get(key) !== now.get(key));
    const untold = other.filter((key) => ![...passed, moment.places].some((places) => places.has(Number(key.split(",")[0]))));
    before = now;
    const byPlace = model.places.flatMap(({ index }) => moment.at(index));
    if (byPlace.some((line, index) => line !== kept[index]) || byPlace.length !== kept.length) untold.push("by place");
    if (JSON.stringify(moment.heard) !== JSON.stringify(heard(model, rows))) untold.push("heard");
    const anew = geoposture.reconcile(model, rows, chosen);
    for (const { index } of model.places) {
      if (JSON.stringify(moment.totals(index)) !== JSON.stringify(geoposture.totals(model, anew, rows, index))) untold.push("totals");
    }
    // What is read first must not alter what is read later.
    const read = () => JSON.stringify(kept.map(whole));
    if (read() !== read()) untold.push("read again");
    return [kept, anew].map((lines) => [lines, lines.hidden].map((some) => JSON.stringify(some.map(whole)))).concat([untold]);
  });
}

/** How many claims speak on this day of places that are shown, counted one after the other. */
function heard(model, rows) {
  const { claim, place } = model.episodes;
  const counts = { group: new Int32Array(model.groups.length), force: new Int32Array(model.forces.length), modality: new Int32Array(4) };
  const spoken = new Set(Array.from(rows.episodes).filter((e) => model.places[place[e]].show).map((e) => claim[e]));
  for (const one of spoken) for (const column of Object.keys(counts)) counts[column][model.claims[column][one]] += 1;
  return counts;
}

function keyed({ place, force }) {
  return `${place},${force}`;
}

function whole(line) {
  return { ...fields(line), outlook_approx: line.outlook_approx, rows: line.rows.map(({ clock, ...row }, index) => ({ ...row, age_days: line.rows[index].age_days })) };
}

function fields(line) {
  return Object.fromEntries(FIELDS.map((name) => [name, line[name]]));
}

function named(model, line) {
  const rest = fields(line);
  for (const list of LISTS) rest[list] = ids(model, line[list]);
  rest.place = model.places[line.place].id;
  rest.force = model.forces[line.force].id;
  return rest;
}

function ids(model, claims) {
  return claims.map((claim) => model.claims.id[claim]);
}

function indexOf(entries, id) {
  return entries.findIndex((entry) => entry.id === id);
}

function totals(model, question) {
  const rows = geoposture.rowsAt(model, question.day, question.known);
  const lines = geoposture.reconcile(model, rows, options(model, question));
  const area = indexOf(model.places, question.area);
  if (area < 0) return [];
  return geoposture.totals(model, lines, rows, area).map(({ count, ...total }) => ({
    ...total,
    area: model.places[total.area].id,
    force: model.forces[total.force].id,
    sites: total.sites.map((site) => model.places[site].id),
  }));
}

function compare(model, question) {
  return geoposture.compare(model, question.before, question.after, options(model, question)).map((change) => {
    const { lines, hindsight, learned, happened, ...rest } = change;
    return {
      ...rest,
      place: model.places[change.place].id,
      force: model.forces[change.force].id,
      evidence_before: ids(model, change.evidence_before),
      evidence_after: ids(model, change.evidence_after),
    };
  });
}

function changes(model, question) {
  return Array.from(geoposture.changeDays(model, question.known, options(model, question)));
}

/** For every claim and place that has a row: null, else why it is silent. */
function silent(model, question) {
  const found = [];
  for (let claim = 0; claim < model.claims.count; claim++) {
    for (const place of model.claims.places[claim]) {
      const why = geoposture.whySilent(model, claim, place, question.day, question.known);
      const by = why && why.by !== null ? model.claims.id[why.by] : null;
      found.push([model.claims.id[claim], model.places[place].id, why && { ...why, by }]);
    }
  }
  return found;
}

function chart(model, question) {
  const place = indexOf(model.places, question.place);
  const force = indexOf(model.forces, question.force);
  if (place < 0 || force < 0) return null;
  return geoposture.belief(model, place, force, { ...options(model, question), range: question.range });
}

/** What the chart says at single points [day, known]: a standing, or null for no line. */
function beliefPoints(model, question) {
  const found = chart(model, question);
  if (!found) return question.points.map(() => null);
  return question.points.map(([day, known]) => {
    const column = found.days.filter((cut) => cut <= day).length - 1;
    const row = found.knowns.filter((cut) => known === null || cut <= known).length - 1;
    const line = row >= 0 && found.lines[row][column];
    return line ? line.standing : null;
  });
}

function figures(model, question) {
  return question.figures.map((figure) => geoposture.figures.show(...figure));
}

function changesInWords(model, question) {
  return question.figures.map((figure) => geoposture.figures.showChange(...figure));
}

/** For each day how it is written, and what that text is read as. */
function days(model, question) {
  return question.days.map((day) => {
    const text = geoposture.days.show(day);
    return [text, geoposture.days.parse(text)];
  });
}

/** Names as the search compares them. */
function folds(model, question) {
  return question.texts.map(geoposture.fold);
}
