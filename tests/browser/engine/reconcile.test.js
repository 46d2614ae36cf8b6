"use strict";

const test = require("node:test");
const assert = require("node:assert/strict");
const geoposture = require("./engine.js");
const { payload } = require("./world.js");

test("stale after nothing, never and the recipe's days", () => {
  const model = geoposture.model(payload([{ known: 10, from: 9 }]));
  const standing = (day, options) => geoposture.reconcile(model, geoposture.rowsAt(model, day, null), options)[0].standing;
  assert.equal(standing(375), "present");
  assert.equal(standing(376), "unreported");
  assert.equal(standing(376, { staleAfter: null }), "present");
  assert.equal(standing(11, { staleAfter: 0 }), "unreported");
});

test("an overtaken claim names the one that speaks of the latest time", () => {
  const claims = [
    { known: 10, from: 9, group: 0 },
    { known: 20, from: 15, group: 1, status: 0 },
    { known: 30, from: 25, group: 1, status: 0 },
  ];
  const model = geoposture.model(payload(claims));
  const [line] = geoposture.reconcile(model, geoposture.rowsAt(model, 40, null));
  assert.deepEqual(geoposture.why(line, 0), { kind: "overtaken", by: 2 });
  assert.equal(geoposture.why(line, 2), null);
});

test("lines that the recipe does not show are kept apart", () => {
  const forces = [{ id: "coalition", name: "Coalition", show: true }, { id: "us", name: "US", part_of: [0], show: false }];
  const model = geoposture.model(payload([{ known: 1, force: 0 }, { known: 1, force: 1 }], { forces }));
  const lines = geoposture.reconcile(model, geoposture.rowsAt(model, 5, null));
  assert.deepEqual(lines.map((line) => line.force), [0]);
  assert.deepEqual(lines.hidden.map((line) => line.force), [1]);
  assert.deepEqual(lines[0].implied, [1]);
});

test("figures of certain rows leave out those of possible ones", () => {
  const claims = [
    { known: 10, from: 9, low: 100, high: 100 },
    { known: 10, from: 9, low: 500, high: 600, certainty: 1, group: 1 },
  ];
  const model = geoposture.model(payload(claims));
  const strength = (day, keep) => {
    const [{ low, high, figures }] = geoposture.reconcile(model, geoposture.rowsAt(model, day, null), { keep });
    return [low, high, figures];
  };
  assert.deepEqual(strength(10), [100, 100, "agree"]);
  assert.deepEqual(strength(10, (claim) => claim === 1), [500, 600, "agree"]);
});

test("every row that does not decide says why", () => {
  const claims = [
    { known: 10, from: 9, group: 0 },
    { known: 10, from: 9, modality: 2, group: 1 },
    { known: 10, from: 9, status: null, low: -5, high: -5, group: 1 },
    { known: 10, from: 9, certainty: 0, group: 1 },
  ];
  const model = geoposture.model(payload(claims));
  const [line] = geoposture.reconcile(model, geoposture.rowsAt(model, 20, null));
  const kinds = claims.map((_, claim) => geoposture.why(line, claim)).map((why) => why && why.kind);
  assert.deepEqual(kinds, [null, "outlook", "change", "unbounded"]);
  const [old] = geoposture.reconcile(model, geoposture.rowsAt(model, 400, null));
  assert.equal(geoposture.why(old, 0).kind, "stale");
  assert.equal(geoposture.why(old, 99), null);
});
