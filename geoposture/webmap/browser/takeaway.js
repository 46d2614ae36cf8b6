"use strict";
// The rows that are on the page now as CSV and GeoJSON, for other tools. No DOM; the buttons are in controls/colophon.js.

(function (page) {
  const { days } = geoposture;
  const COLUMNS = ["day", "known", "claim", "source", "publisher", "voice", "place", "place_name", "lat", "lon", "force", "status", "modality", "certainty", "basis", "low", "high", "approx", "change_low", "change_high", "shared", "when", "published", "known_from", "part", "standing", "quote", "says", "url"];

  /** One object for each row of each line that is shown: the claim, and the part it plays ("deciding", "overtaken", …). */
  function records(app) {
    const state = app.store.get();
    return app.situation().lines.flatMap((line) => line.rows.filter((row) => row.list && !row.implied).map((row) => record(app.model, state, line, row)));
  }

  function record(model, state, line, row) {
    const claim = geoposture.claim(model, row.claim);
    const place = model.places[line.place];
    const report = model.reports[claim.report];
    return {
      day: days.show(state.day),
      known: state.known === null ? null : days.show(state.known),
      claim: claim.id,
      source: model.groups[claim.group].id,
      publisher: model.sources[claim.publisher].id,
      voice: model.sources[claim.voice].id,
      place: place.id,
      place_name: place.name,
      lat: place.lat,
      lon: place.lon,
      force: model.forces[line.force].id,
      status: claim.status,
      modality: claim.modality,
      certainty: row.certainty,
      basis: row.basis,
      low: claim.low,
      high: claim.high,
      approx: claim.approx,
      change_low: claim.change_low,
      change_high: claim.change_high,
      shared: claim.shared,
      when: claim.when,
      published: report.published,
      known_from: days.show(claim.known_from),
      part: row.list === "claims" ? "deciding" : row.list,
      standing: line.standing,
      quote: claim.quote,
      says: claim.says,
      url: report.url,
    };
  }

  /** Comma-separated values; a cell that a spreadsheet would run as a formula gets an apostrophe. */
  function csv(app) {
    const lines = [COLUMNS, ...records(app).map((row) => COLUMNS.map((column) => row[column]))];
    return lines.map((cells) => cells.map(cell).join(",")).join("\r\n") + "\r\n";
  }

  function cell(value) {
    if (value === null || value === undefined) return "";
    const text = typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
    return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
  }

  /** A FeatureCollection of points, WGS 84. */
  function geojson(app) {
    const features = records(app).map(({ lat, lon, ...properties }) => ({ type: "Feature", geometry: { type: "Point", coordinates: [lon, lat] }, properties }));
    return `${JSON.stringify({ type: "FeatureCollection", features }, null, 1)}\n`;
  }

  page.takeaway = { csv, geojson };
})(geoposture.page);
