// Runs the answers in node: one JSON object a line in, one a line out.
"use strict";

const readline = require("node:readline");
require("./engine.js");
require("./answers.js");

readline.createInterface({ input: process.stdin }).on("line", (text) => {
  process.stdout.write(`${JSON.stringify(globalThis.answer(JSON.parse(text)))}\n`);
});
