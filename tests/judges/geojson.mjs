// Ask both GeoJSON validators about a file: one finding a line on standard output, nothing if there is none.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const [folder, file] = process.argv.slice(2);
const require = createRequire(path.join(folder, "package.json"));
const { check } = require("@placemarkio/check-geojson");
const geojsonhint = require("@mapbox/geojsonhint");

const text = readFileSync(file, "utf8");
const findings = [];
try {
  check(text);
} catch (error) {
  findings.push(...(error.issues ?? [error]).map(({ message }) => `check-geojson: ${message}`));
}
findings.push(...geojsonhint.hint(text).map(({ message, line }) => `geojsonhint: ${line}: ${message}`));
for (const finding of findings) console.log(finding);
