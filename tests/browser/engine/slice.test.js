"use strict";

const test = require("node:test");
const assert = require("node:assert/strict");
const geoposture = require("./engine.js");
const { payload } = require("./world.js");

const TWO = [
  { known: 10, from: 9, known_to: 20, group: 0 },
  { known: 20, from: 19, group: 0, status: 0 },
];

test("bounds are half-open, and null is everything", () => {
  const model = geoposture.model(payload(TWO));
  const held = (day, known) => [...geoposture.rowsAt(model, day, known).episodes];
  assert.deepEqual(held(8, null), []);
  assert.deepEqual(held(9, 10), [0]);
  assert.deepEqual(held(9, 9), []);
  assert.deepEqual(held(19, 19), [0]);
  assert.deepEqual(held(19, 20), [1]);
  assert.deepEqual(held(2932896, null), [1]);
});

test("change days are starts, ends, the first carried day and the first stale one", () => {
  const model = geoposture.model(payload([{ known: 10, from: 9, to: 500 }]));
  assert.deepEqual([...geoposture.changeDays(model, null)], [9, 11, 376, 500]);
  assert.deepEqual([...geoposture.changeDays(model, null, { staleAfter: null })], [9, 11, 500]);
  assert.deepEqual([...geoposture.changeDays(model, null, { keep: () => false })], []);
  assert.deepEqual([...geoposture.changeDays(model, 9)], []);
});

test("no change day lies beyond the calendar", () => {
  const { LAST } = geoposture.days;
  const model = geoposture.model(payload([{ known: LAST, from: LAST }, { known: LAST - 100, from: LAST - 200 }]));
  assert.deepEqual([...geoposture.changeDays(model, null)], [LAST - 200, LAST - 99, LAST]);
});

test("steps between change days", () => {
  const days = Int32Array.of(9, 11, 500);
  assert.deepEqual([8, 9, 10, 500].map((day) => geoposture.nextChange(days, day)), [9, 11, 11, null]);
  assert.deepEqual([9, 10, 11, 501].map((day) => geoposture.previousChange(days, day)), [null, 9, 9, 500]);
  assert.equal(geoposture.nextChange(new Int32Array(0), 1), null);
});

test("a hundred thousand claims are cut in a few milliseconds", () => {
  const count = 100000;
  const entries = Array.from({ length: count }, (_, at) => ({ known: at % 5000, from: at % 4999, to: (at % 4999) + 30, place: at % 3 }));
  const model = geoposture.model(payload(entries));
  const times = Array.from({ length: 21 }, (_, at) => {
    const start = process.hrtime.bigint();
    geoposture.rowsAt(model, 1000 + at * 50, null);
    return Number(process.hrtime.bigint() - start) / 1e6;
  });
  const median = times.sort((a, b) => a - b)[10];
  // Measured below 1 ms; the bound leaves room for a busy machine.
  assert.ok(median < 20, `${median} ms`);
});
