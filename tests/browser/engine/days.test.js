"use strict";

const test = require("node:test");
const assert = require("node:assert/strict");
const { days } = require("./engine.js");

test("known days", () => {
  assert.equal(days.parse("1970-01-01"), 0);
  assert.equal(days.parse("2026-01-20"), 20473);
  assert.equal(days.FIRST, days.parse("0001-01-01"));
  assert.equal(days.LAST, days.parse("9999-12-31"));
  assert.equal(days.long(20473), "20 Jan 2026");
  assert.equal(days.long(days.FIRST), "1 Jan 1");
});

test("every day of the calendar follows the one before it", () => {
  const lengths = (year) => [31, year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  let day = days.FIRST;
  for (let year = 1; year <= 9999; year++) {
    lengths(year).forEach((length, month) => {
      for (const ofMonth of [1, length]) {
        const expected = [year, month + 1, ofMonth];
        assert.deepEqual(days.toParts(day + ofMonth - 1), expected);
        assert.equal(days.fromParts(...expected), day + ofMonth - 1);
      }
      day += length;
    });
  }
  assert.equal(day - 1, days.LAST);
});

test("what is no day is null, and shows as nothing", () => {
  for (const text of ["", "2023-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-01-00", "2026-04-31", "0000-01-01", "26-01-01", "2026-1-1", "2026-01-20T00:00", "today", null]) {
    assert.equal(days.parse(text), null, String(text));
  }
  for (const day of [null, undefined, NaN, 0.5, days.FIRST - 1, days.LAST + 1]) {
    assert.equal(days.show(day), "");
    assert.equal(days.long(day), "");
  }
});

test("typed text may have spaces around it", () => assert.equal(days.parse(" 2026-01-20 "), 20473));

test("a day beyond the calendar is taken back to its end", () => {
  const { FIRST, LAST, within } = days;
  assert.deepEqual([FIRST - 2, FIRST, 0, LAST, LAST + 2].map(within), [FIRST, FIRST, 0, LAST, LAST]);
});
