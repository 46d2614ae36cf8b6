"use strict";
// The words that readers see: standings, modalities, dates and reasons, as plain text.

(function (page) {
  const { days, figures } = geoposture;

  const STANDING = {
    present: "Present",
    absent: "Absent",
    contested: "Contested",
    unclear: "Unclear",
    unreported: "Not reported",
  };
  const MODALITY = { reported: "reports", announced: "announced", expected: "expects", possible: "thinks possible" };

  /** "250–350", "≈ 2,500" or "". */
  function figure(line) {
    if (line.standing === "absent" || (line.low === null && line.high === null)) return "";
    return figures.show(line.low, line.high, line.approx);
  }

  /** The figure that is announced or expected, or "". */
  function outlookFigure(line) {
    return figures.show(line.outlook_low, line.outlook_high, line.outlook_approx);
  }

  /** The figure to write beside a place: the one that is reported, or where nothing is, the one that is announced. */
  function spotFigure({ lead, layer }) {
    return figure(lead) || (layer === "outlook" ? outlookFigure(lead) : "");
  }

  /** One phrase for a line's standing: "Present, 250–350", "Announced, 300", "Not decided". */
  function standing(model, line) {
    const people = line.standing === "unreported" ? line.outlook.length && outlookFigure(line) : figure(line);
    return people ? `${bareStanding(model, line)}, ${people}` : bareStanding(model, line);
  }

  /** The same without the figure. */
  function bareStanding(model, line) {
    if (line.standing !== "unreported") return STANDING[line.standing];
    if (line.outlook.length) {
      const firmest = Math.max(...line.outlook.map((claim) => model.claims.modality[claim]));
      const word = { 2: "Announced", 1: "Expected", 0: "Possible" }[firmest];
      const status = line.outlook.every((claim) => model.claims.status[claim] === geoposture.codes.ABSENT) ? " to leave" : "";
      return `${word}${status}`;
    }
    if (line.overtaken.length) return "Overtaken";
    return line.stale.length ? "Old reports only" : "Changes only";
  }

  /** What stands behind a standing: "3 reports, 2 publishers, 2 origins; latest 17 Jan 2026". */
  function support(line) {
    if (!line.reports) return "";
    const parts = [count(line.reports, "report"), count(line.sources, "publisher"), count(line.origins, "independent origin")];
    return `${parts.join(", ")}; latest known ${days.long(line.fresh)}${age(line)}`;
  }

  function age(line) {
    if (line.basis !== "carried") return "";
    return `, carried forward ${count(line.age_days, "day")}`;
  }

  function count(number, word) {
    return `${figures.grouped(number)} ${word}${number === 1 ? "" : "s"}`;
  }

  /** What a claim says, after its source's name: "reports present, 250–350". */
  function statement(claim) {
    const verb = MODALITY[claim.modality];
    if (claim.status === null) return `${verb} ${figures.showChange(claim.change_low, claim.change_high, claim.approx)}`;
    const people = figures.show(claim.low, claim.high, claim.approx);
    const shared = claim.shared ? " shared with other places" : "";
    return `${verb} ${claim.status}${people ? `, ${people}${shared}` : ""}`;
  }

  /** An EDTF date in words: "20 Oct 2025", "Oct 2025", "2014"; with its mark "about" or "perhaps". */
  function date(text) {
    const found = /^([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?([?~%]?)$/.exec(text);
    if (!found) return text;
    const mark = { "?": "perhaps ", "~": "about ", "%": "perhaps about " }[found[4]] || "";
    if (found[3]) return mark + days.long(days.parse(text.slice(0, 10)));
    const month = found[2] ? `${days.long(days.parse(`${found[1]}-${found[2]}-01`)).split(" ")[1]} ` : "";
    return mark + month + found[1];
  }

  /** The time of a claim in words; null is "from publication on". */
  function when(text) {
    if (text === null) return "from publication on";
    const spelled = /^from (\S+)(?: to (\S+))?$/.exec(text);
    if (spelled) return `from ${range(spelled[1])}${spelled[2] ? ` to ${range(spelled[2])}` : " on"}`;
    const parts = text.split("/");
    if (parts.length === 1) return /^[0-9]{4}-[0-9]{2}-[0-9]{2}/.test(text) ? `on ${date(text)}` : `some time in ${date(text)}`;
    const [from, to] = parts;
    if (from === "" || from === "..") return `until ${date(to)}`;
    if (to === "..") return `from ${date(from)} on`;
    if (to === "") return `from ${date(from)}; ended by the time of the report`;
    return `${date(from)} to ${date(to)}`;
  }

  function range(text) {
    const [from, to] = text.split("/");
    return to ? `between ${date(from)} and ${date(to)}` : date(from);
  }

  function published(text) {
    return text.includes("/") ? range(text) : date(text);
  }

  page.words = { STANDING, MODALITY, figure, outlookFigure, spotFigure, standing, bareStanding, support, count, statement, date, when, published };
})(geoposture.page);
