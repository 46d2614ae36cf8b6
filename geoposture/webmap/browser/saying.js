"use strict";
// What stands on a mark and on an area's badge, whose it is where forces differ, and what those hear who do not see it. No DOM.

(function (page) {
  const { words } = page;

  /** A force's name as it stands on the map: without the short form in brackets, if no other force is called the same. */
  function shortForce(model, force) {
    const bare = (name) => name.replace(/\s*\([^()]*\)$/, "");
    const short = bare(model.forces[force].name);
    return model.forces.some((other) => other.index !== force && bare(other.name) === short) ? model.forces[force].name : short;
  }

  /** "United States", "Global Coalition and United States", "4 forces". */
  function named(model, forces) {
    if (forces.length > 2) return words.count(forces.length, "force");
    return forces.map((force) => shortForce(model, force)).join(" and ");
  }

  /** How one force's line reads at a glance: lines that read alike need no names. */
  function reads(model, line) {
    return words.figure(line) || words.standing(model, line);
  }

  /**
   * The forces of which that is true what a place shows, where it is not true of all that are spoken of; else none.
   * @param {{lines: Object[], lead: Object}|{rows: Object[], change: string}} spot of a situation or of a comparison
   * @returns {number[]}
   */
  function speakers(model, spot) {
    if (spot.change) {
      const moved = spoken(spot.rows);
      const alike = moved.filter((row) => row.change === spot.change && arrow(row) === arrow(spot));
      return alike.length === moved.length ? [] : alike.map(({ force }) => force);
    }
    const own = reads(model, spot.lead);
    const alike = spot.lines.filter((line) => reads(model, line) === own);
    return alike.length === spot.lines.length ? [] : alike.map(({ force }) => force);
  }

  /** The rows of a comparison in which one of the two moments has a report; moments have lines of their own order. */
  function spoken(rows) {
    return rows.filter(({ before, after }) => before !== "unreported" || after !== "unreported");
  }

  /** "2,500 → 250–350"; nothing where neither moment has a figure. Takes a row of the engine, or a spot made of one. */
  function arrow(change) {
    const moments = change.lines ? [change.lines[0], change.lines[2]] : [change.before, change.after];
    const [from, to] = moments.map((line) => (line ? words.figure(line) || words.STANDING[line.standing].toLowerCase() : "not reported"));
    const isFigured = moments.some((line) => line && words.figure(line));
    return isFigured && from !== to ? `${from} → ${to}` : "";
  }

  /**
   * What stands on an area's badge: `words` (nothing where the square says it all), whether they are `figured`, `whose` it is, and in a situation what the sites
   * come to beside the total, `sites`, with the engine's verdict.
   */
  function badge(model, spot, total) {
    const whose = named(model, speakers(model, spot));
    if (spot.change) return { words: arrow(spot) || page.changeWords[spot.change], figured: arrow(spot) !== "", whose: [whose, others(spot, whose)].filter(Boolean).join("; "), sites: "", verdict: null };
    const figure = words.figure(spot.lead);
    const said = spot.ring || (!figure && (spot.layer === "outlook" || whose)) ? words.standing(model, spot.lead) : figure;
    return { words: said, figured: figure !== "", whose: said ? whose : "", sites: sum(total), verdict: total ? total.explained : null };
  }

  /** How many other forces of the place changed in another way. */
  function others(spot, whose) {
    if (!whose) return "";
    const rest = spoken(spot.rows).filter((row) => row.change !== "same" && !(row.change === spot.change && arrow(row) === arrow(spot)));
    return rest.length ? words.count(rest.length, "other change") : "";
  }

  /** What the sites of an area come to, beside what is stated of it: "sites explain 900–1,400". */
  function sum(total) {
    if (!total || !total.explained || total.count === 0) return "";
    const { sites_low, sites_high, explained } = total;
    const count = words.count(total.count, "site");
    if (sites_high === null && sites_low === total.count) return explained === "over" ? `yet ${count} reported present` : `${count} present, no figures`;
    const people = geoposture.figures.show(sites_low, sites_high, false);
    return { within: `sites explain ${people}`, short: `sites explain only ${people}`, over: `sites add up to ${people}` }[explained];
  }

  /** The lines of a badge as they are read aloud. */
  function onBadge({ words: said, whose, sites }) {
    return [said, whose, sites].filter(Boolean);
  }

  /** The figure under a mark's name; and whose it is, where forces of different sides are spoken of or have changed otherwise. */
  function underName(model, mark) {
    if (mark.change) return mark.change === "same" ? "" : [arrow(mark), named(model, speakers(model, mark))].filter(Boolean).join(" ");
    const people = words.spotFigure(mark);
    return mark.sides > 1 ? [people, shortForce(model, mark.lead.force)].filter(Boolean).join(" ") : people;
  }

  /** The name of a mark or badge for those who hear it; a badge's begins with what badge() says of it, `onIt`. */
  function aloud(model, spot, onIt) {
    const { name, area } = model.places[spot.place];
    const written = area ? onBadge(onIt || badge(model, spot)).join(" ") : "";
    const more = said(model, spot);
    return written ? `${name} ${written}${more === written ? "" : `: ${more}`}` : `${name}: ${more}`;
  }

  /** A spot in words; every force by name where they differ. */
  function said(model, spot) {
    const differ = speakers(model, spot).length > 0;
    if (spot.change) {
      const rows = differ ? spoken(spot.rows).filter((row) => row.change !== "same") : [];
      const rest = rows.filter((row) => row.change !== spot.change || arrow(row) !== arrow(spot)).map((row) => `${shortForce(model, row.force)} ${page.changeWords[row.change]}`);
      const whose = named(model, speakers(model, spot));
      return [page.changeWords[spot.change], arrow(spot), whose, ...rest, spot.revised ? "what was believed of the first day was revised" : ""].filter(Boolean).join(", ");
    }
    if (!differ || !model.places[spot.place].area) return words.standing(model, spot.lead);
    return spot.lines.map((line) => `${shortForce(model, line.force)} ${words.standing(model, line).toLowerCase()}`).join("; ");
  }

  /** Whose standing the list and the headline give for a place, where it is not that of all forces spoken of; else "". */
  function whose(model, { marks, badges }, place) {
    const spot = [...marks, ...badges].find((one) => one.place === place);
    return spot ? named(model, speakers(model, spot)) : "";
  }

  page.saying = { speakers, named, whose, shortForce, badge, underName, aloud, arrow };
})(geoposture.page);
