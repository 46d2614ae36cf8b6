"use strict";
// One claim as a card: who says what, how firmly, when, in which words, and why it does not decide if it does not.

(function (page) {
  const { el, words } = page;
  const { days } = geoposture;

  /**
   * @param {Object} app
   * @param {number} index position of the claim
   * @param {{row?: Object, silence?: Object, place: number}} about its row in a line, or why it has none
   */
  page.claimCard = function claimCard(app, index, about) {
    const { model, colours } = app;
    const claim = geoposture.claim(model, index);
    const report = model.reports[claim.report];
    const isAside = !about.row || about.row.list !== "claims";
    return el(
      "div",
      { class: `claim ${page.colourClass(colours[claim.group])}${isAside ? " set-aside" : ""}`, "data-claim": claim.id },
      head(model, claim),
      el("p", { class: "claim-says", text: sentence(words.statement(claim)) + (claim.figure ? ` (as printed: ${claim.figure})` : "") }),
      claim.quote ? el("p", { class: "claim-quote" }, el("q", { dir: "auto", text: claim.quote })) : null,
      claim.says ? el("p", { dir: "auto", text: sentence(claim.says) }) : null,
      el("p", { class: "claim-meta", text: times(claim, report, about) }),
      el("p", { class: "claim-meta claim-title" }, page.link(report.url, el("bdi", { text: report.title || report.id })), claim.where ? [", ", el("bdi", { text: claim.where })] : ""),
      claim.note ? el("p", { class: "claim-meta" }, "Note: ", el("bdi", { text: claim.note })) : null,
      why(model, about),
    );
  };

  function head(model, claim) {
    const publisher = model.sources[claim.publisher];
    const voice = model.sources[claim.voice];
    const quoted = claim.voice === claim.publisher ? null : ["quoting ", el("bdi", { text: voice.name }), ...(voice.role ? [", ", el("bdi", { text: voice.role })] : [])];
    const grade = `${publisher.reliability || ""}${claim.credibility === null ? "" : claim.credibility}`;
    return el(
      "p",
      { class: "claim-head" },
      el("span", { class: "claim-source" }, el("bdi", { text: publisher.name })),
      grade ? el("span", { class: "claim-grade", title: "Admiralty grade: reliability of the source, credibility of the claim", text: grade }) : null,
      quoted ? el("span", { class: "claim-voice" }, quoted) : null,
    );
  }

  function times(claim, report, about) {
    const parts = [`Speaks of: ${words.when(claim.when)}`, `published ${words.published(report.published)}`];
    if (about.row && about.row.basis === "carried") parts.push(`carried forward ${words.count(about.row.age_days, "day")}`);
    if (about.row && about.row.certainty === "possible") parts.push("possibly on this day");
    return parts.join("; ");
  }

  function why(model, { row, silence, place }) {
    const reasons = [];
    if (row && row.implied) reasons.push(`Said of ${model.places[row.place].name}${row.place === place ? " for another force" : ""}; it holds here too.`);
    if (row && row.why) reasons.push(set(model, row.why));
    if (silence) reasons.push(silent(model, silence));
    return reasons.length ? el("p", { class: "claim-why", text: reasons.join(" ") }) : null;
  }

  function set(model, { kind, by }) {
    if (kind === "overtaken") return `Does not decide: overtaken by ${named(model, by)}, which speaks of a time that this could not know.`;
    return {
      stale: "Does not decide: nobody has renewed it for too long.",
      change: "Does not decide: a change is not a strength.",
      outlook: "Does not decide: a plan or expectation is not a presence.",
      unbounded: "Does not decide: how far it reaches is not known.",
    }[kind];
  }

  function silent(model, { kind, day, by }) {
    const who = by === null ? "a later claim" : named(model, by);
    if (kind === "withdrawn") return `Withdrawn on ${days.long(day)}, by ${who}.`;
    if (kind === "replaced") return `Replaced${day === null ? "" : ` on ${days.long(day)}`}: the same source now says otherwise (${who}).`;
    return "Speaks of other days.";
  }

  function named(model, claim) {
    const report = model.reports[model.claims.report[claim]];
    return `${model.sources[report.publisher].name}, ${words.published(report.published)}`;
  }

  function sentence(text) {
    return text.charAt(0).toUpperCase() + text.slice(1);
  }
})(geoposture.page);
