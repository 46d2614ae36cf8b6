// Loads the engine's plain scripts in their order, as the page does.
"use strict";

const { readFileSync } = require("node:fs");
const { join } = require("node:path");

const folder = join(__dirname, "..", "..", "..", "geoposture", "webmap", "browser", "engine");
for (const name of readFileSync(join(folder, "ORDER"), "utf8").split(/\s+/).filter(Boolean)) require(join(folder, name));

module.exports = globalThis.geoposture;
