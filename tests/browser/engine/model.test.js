"use strict";

const test = require("node:test");
const assert = require("node:assert/strict");
const geoposture = require("./engine.js");
const { payload } = require("./world.js");

test("another version of the payload is refused", () => {
  assert.throws(() => geoposture.model(payload([], { version: 2 })), /version 2/);
});

test("an empty payload is a model without lines", () => {
  const model = geoposture.model(payload([]));
  assert.deepEqual([...geoposture.reconcile(model, geoposture.rowsAt(model, 10, null))], []);
  assert.deepEqual([...geoposture.changeDays(model, null)], []);
  assert.deepEqual(geoposture.compare(model, [1, null], [2, null]), []);
});

test("places and forces know what lies in them", () => {
  const model = geoposture.model(payload([]));
  assert.deepEqual(model.places[2].inside, [0, 1]);
  assert.deepEqual(model.places[2].children, [1]);
  assert.deepEqual(model.places[1].children, [0]);
  assert.deepEqual(model.forces[0].parts, [1]);
  assert.equal(model.places[1].note, null);
});

test("a claim with its words", () => {
  const model = geoposture.model(payload([{ known: 5, low: 250, high: 350, figure: "250..350", quote: "about 250", credibility: 3 }]));
  const claim = geoposture.claim(model, 0);
  assert.equal(claim.id, "r0#c");
  assert.equal(claim.status, "present");
  assert.equal(claim.modality, "reported");
  assert.equal(claim.figure, "250..350");
  assert.equal(claim.quote, "about 250");
  assert.equal(claim.credibility, 3);
  assert.equal(claim.says, null);
  assert.equal(claim.withdrawn_by, null);
  assert.equal(claim.shared, false);
});

test("a change has no strength", () => {
  const model = geoposture.model(payload([{ known: 5, status: null, low: null, high: -1 }]));
  const claim = geoposture.claim(model, 0);
  assert.deepEqual([claim.status, claim.low, claim.high, claim.change_low, claim.change_high], [null, null, null, null, -1]);
  const [line] = geoposture.reconcile(model, geoposture.rowsAt(model, 5, null));
  assert.equal(line.standing, "unreported");
  assert.deepEqual(line.changes, [0]);
  assert.deepEqual(geoposture.why(line, 0), { kind: "change", by: null });
});

test("ids that are names of JavaScript's own do no harm", () => {
  const places = [{ id: "constructor", name: "__proto__", kind: "site", area: false, lat: 0, lon: 0, show: true }];
  const model = geoposture.model(payload([{ known: 1 }], { places }));
  assert.equal(geoposture.reconcile(model, geoposture.rowsAt(model, 5, null)).length, 1);
  assert.equal(geoposture.search(model, "constructor").length, 1);
});
