"use strict";

const test = require("node:test");
const assert = require("node:assert/strict");
const geoposture = require("./engine.js");
const { payload } = require("./world.js");

const why = (claims, day, known) => geoposture.whySilent(geoposture.model(payload(claims)), 0, 0, day, known);

test("in force, not yet known, and of another time", () => {
  const claims = [{ known: 10, from: 9, to: 12 }];
  assert.equal(why(claims, 10, null), null);
  assert.deepEqual(why(claims, 10, 9), { kind: "unknown", day: 10, by: null });
  assert.deepEqual(why(claims, 12, null), { kind: "elsewhen", day: null, by: null });
});

test("withdrawn, by the claim that did it first", () => {
  const claims = [
    { known: 10, from: 9, known_to: 20, withdrawn_from: 20 },
    { known: 30, from: 9, place: 1, replaces: 0 },
    { known: 20, from: 9, place: 1, replaces: 0 },
  ];
  assert.deepEqual(why(claims, 10, 25), { kind: "withdrawn", day: 20, by: 2 });
  assert.equal(why(claims, 10, 19), null);
  assert.deepEqual(why(claims.slice(0, 1), 10, null), { kind: "withdrawn", day: 20, by: null });
});

test("replaced by the earliest claim that still replaces it: as firm, standing, certain, of the same source", () => {
  const claims = [
    { known: 10, from: 9, known_to: 20 },
    { known: 20, from: 9, known_to: 35, withdrawn_from: 35 },
    { known: 21, from: 9, modality: 2 },
    { known: 22, from: 9, group: 1 },
    { known: 23, from: 9, force: 0 },
    { known: 24, from: 9, certainty: 1 },
    { known: 25, from: 9, status: null, low: -5, high: -5 },
    { known: 31, from: 9 },
    { known: 30, from: 9 },
    { known: 35, from: 9, place: 1, replaces: 1 },
  ];
  assert.deepEqual(why(claims, 40, null), { kind: "replaced", day: 30, by: 8 });
  assert.deepEqual(why(claims, 40, 32), { kind: "replaced", day: 20, by: 1 });
});

test("replaced by a claim that is not in the page", () => {
  const claims = [{ known: 10, from: 9, known_to: 20 }, { known: 50, from: 9 }];
  assert.deepEqual(why(claims, 40, 49), { kind: "replaced", day: 20, by: null });
});
