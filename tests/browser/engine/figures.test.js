"use strict";

const test = require("node:test");
const assert = require("node:assert/strict");
const { figures } = require("./engine.js");

test("figures in words", () => {
  const cases = [
    [[2500, 2500, true], "≈ 2,500"],
    [[250, 350, false], "250–350"],
    [[null, 1999, false], "fewer than 2,000"],
    [[null, 2000, false], "up to 2,000"],
    [[1000, null, false], "at least 1,000"],
    [[1001, null, true], "≈ more than 1,000"],
    [[null, null, true], ""],
    [[0, 0, false], "0"],
  ];
  for (const [figure, text] of cases) assert.equal(figures.show(...figure), text);
});

test("changes in words", () => {
  assert.equal(figures.showChange(null, -1, false), "reduced");
  assert.equal(figures.showChange(1, null, false), "reinforced");
  assert.equal(figures.showChange(-700, -700, true), "reduced by ≈ 700");
  assert.equal(figures.showChange(-1200, -1000, false), "reduced by 1,000–1,200");
  assert.equal(figures.showChange(-10, 10, false), "changed by -10..+10");
});

test("an approximate figure is widened by a tenth, outwards, in integers", () => {
  assert.deepEqual(figures.widen(5, 5, true), [4, 6]);
  assert.deepEqual(figures.widen(100, 100, true), [90, 110]);
  assert.deepEqual(figures.widen(null, null, true), [0, null]);
  assert.deepEqual(figures.widen(5, 5, false), [5, 5]);
  for (let number = 0; number < 2000; number++) {
    const [low, high] = figures.widen(number, number, true);
    assert.ok(low * 10 <= number * 9 && (low + 1) * 10 > number * 9);
    assert.ok(high * 10 >= number * 11 && (high - 1) * 10 < number * 11);
  }
});

test("a common number", () => {
  const figure = (low, high, approx = false) => ({ low, high, approx });
  assert.ok(figures.haveCommonNumber([]));
  assert.ok(figures.haveCommonNumber([figure(null, 99), figure(50, null)]));
  assert.ok(!figures.haveCommonNumber([figure(null, 99), figure(100, null)]));
  assert.ok(figures.haveCommonNumber([figure(null, 99, true), figure(100, null)]));
  assert.ok(!figures.haveCommonNumber([figure(1, 10), figure(5, 20), figure(15, 30)]));
});
