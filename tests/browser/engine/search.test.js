"use strict";

const test = require("node:test");
const assert = require("node:assert/strict");
const geoposture = require("./engine.js");
const { payload } = require("./world.js");

const model = geoposture.model(payload([]));
const found = (text) => geoposture.search(model, text).map((hit) => model.places[hit.place].id);

test("case, accents, hyphens, apostrophes and the article do not matter", () => {
  assert.equal(geoposture.fold("ʿAyn al-Ásad"), geoposture.fold("AYN ASAD"));
  assert.equal(geoposture.fold("Al-Anbar"), geoposture.fold("el Anbar"));
  assert.equal(geoposture.fold("Ash-Shaddādī"), geoposture.fold("Shaddadi"));
  assert.equal(geoposture.fold("Straße"), geoposture.fold("STRASSE"));
});

test("Arabic vowel signs, alef, yeh and teh marbuta do not matter", () => {
  assert.equal(geoposture.fold("عَيْن الأسد"), geoposture.fold("عين الاسد"));
  assert.equal(geoposture.fold("على"), geoposture.fold("علي"));
  assert.equal(geoposture.fold("قاعدة"), geoposture.fold("قاعده"));
  assert.equal(geoposture.fold("عـيـن"), geoposture.fold("عين"));
  assert.equal(geoposture.fold("العراق"), geoposture.fold("عراق"));
});

test("places are found by any of their names", () => {
  for (const text of ["ain al asad", "Ayn al-Asad", "asad", "AinAlAsad", "air base ain", "عين الاسد", "‏عين الأسد"]) {
    assert.deepEqual(found(text), ["ain-al-asad"], text);
  }
  assert.deepEqual(found("عراق"), ["iraq"]);
  assert.deepEqual(found("anbar"), ["al-anbar"]);
  assert.deepEqual(found("nowhere"), []);
});

test("text without letters finds nothing, and an article alone what begins with it", () => {
  assert.deepEqual(found("  - "), []);
  assert.deepEqual(found(""), []);
  assert.deepEqual(found("al"), ["al-anbar", "ain-al-asad"]);
});

test("the best name comes first", () => {
  const [hit] = geoposture.search(model, "قاعدة عين الأسد الجوية");
  assert.deepEqual([hit.lang, hit.rank], ["ar", 0]);
});
