"use strict";

const test = require("node:test");
const assert = require("node:assert/strict");
const geoposture = require("./engine.js");
const { payload } = require("./world.js");

const PRESENT = {};
const ABSENT = { status: 0 };
const figure = (low, high, approx) => (approx ? { low, high, approx } : { low, high });

/** The row for one place whose claims are `before` on the first day and `after` on the second. */
function compared(before, after) {
  const claims = [
    ...before.map((claim, at) => ({ known: 0, from: 0, to: 10, group: at, ...claim })),
    ...after.map((claim, at) => ({ known: 0, from: 10, group: at, ...claim })),
  ];
  return geoposture.compare(geoposture.model(payload(claims)), [5, null], [15, null])[0];
}

test("the words for a change of standing", () => {
  const possible = (claim) => ({ ...claim, certainty: 1 });
  const unclear = [possible(PRESENT), possible(ABSENT)];
  const cases = [
    [[], [PRESENT], "newly_present"],
    [[], [ABSENT], "newly_absent"],
    [[], [PRESENT, ABSENT], "disputed"],
    [[PRESENT], [], "lapsed"],
    [[PRESENT, ABSENT], [], "lapsed"],
    [[PRESENT], [PRESENT, ABSENT], "disputed"],
    [[ABSENT], unclear, "disputed"],
    [[PRESENT, ABSENT], [ABSENT], "settled"],
    [unclear, [PRESENT], "settled"],
    [unclear, [PRESENT, ABSENT], "same"],
    [[ABSENT], [PRESENT], "now_present"],
    [[PRESENT], [ABSENT], "now_absent"],
    [[PRESENT], [PRESENT], "same"],
    [[{ ...PRESENT, modality: 2 }], [{ ...PRESENT, modality: 1 }], "same"],
  ];
  for (const [before, after, word] of cases) assert.equal(compared(before, after).change, word, JSON.stringify([before, after]));
});

test("the words for a change of figure", () => {
  const cases = [
    [figure(100, 100), figure(101, 101), "up"],
    [figure(100, 100, true), figure(110, 110), "shifted"],
    [figure(100, 100, true), figure(111, 111), "up"],
    [figure(100, 100), figure(113, 113, true), "up"],
    [figure(100, 100), figure(112, 112, true), "shifted"],
    [figure(100, 100), figure(99, 99), "down"],
    [figure(100, 100, true), figure(89, 89), "down"],
    [figure(100, null), figure(50, null), "shifted"],
    [figure(null, 50), figure(51, null), "up"],
    [figure(51, null), figure(null, 50), "down"],
    [figure(100, 100), figure(100, 100, true), "same"],
    [figure(null, null), figure(100, 100), "same"],
  ];
  for (const [before, after, word] of cases) assert.equal(compared([before], [after]).change, word, JSON.stringify([before, after]));
});

test("differences are empty where a bound is open, and absence counts as nobody", () => {
  const delta = (before, after) => [compared([before], [after]).delta_low, compared([before], [after]).delta_high];
  assert.deepEqual(delta(figure(100, 200), figure(250, 300)), [50, 200]);
  assert.deepEqual(delta(figure(100, 100), ABSENT), [-100, -100]);
  assert.deepEqual(delta(figure(100, null), figure(250, 300)), [null, 200]);
  assert.deepEqual(delta(PRESENT, figure(250, 300)), [null, null]);
});

test("figures that come to agree are a revision, though their bounds stay", () => {
  const claims = [
    { known: 1, known_to: 5, group: 0, ...figure(100, 100) },
    { known: 1, known_to: 5, group: 1, ...figure(200, 200) },
    { known: 5, group: 0, from: 1, ...figure(100, 200) },
  ];
  const [row] = geoposture.compare(geoposture.model(payload(claims)), [7, 4], [7, null]);
  assert.deepEqual([row.revised, row.low_before, row.low_after, row.high_before, row.high_after], [true, 100, 100, 200, 200]);
  assert.deepEqual([row.hindsight, row.learned, row.happened], ["present", "same", "same"]);
});

test("what was learned is told apart from what happened", () => {
  const claims = [
    { known: 1, from: 1, group: 0 },
    { known: 20, from: 8, group: 1, status: 0 },
  ];
  const model = geoposture.model(payload(claims));
  const [learned] = geoposture.compare(model, [10, 10], [25, null]);
  assert.deepEqual([learned.change, learned.revised, learned.learned, learned.happened], ["now_absent", true, "now_absent", "same"]);
  const [happened] = geoposture.compare(model, [5, 10], [25, null]);
  assert.deepEqual([happened.change, happened.revised, happened.learned, happened.happened], ["now_absent", false, "same", "now_absent"]);
  assert.deepEqual(happened.lines.map((line) => line.standing), ["present", "present", "absent"]);
  assert.equal(geoposture.compare(model, [10], [25, 30])[0].change, "same");
});
