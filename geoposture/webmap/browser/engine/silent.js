// Why a claim gives no row for a place at (V, K): replaced, withdrawn, not yet known, or of another time.
(function (geoposture) {
  "use strict";

  const { CHANGE, NO_END, CERTAINTIES } = geoposture.codes;
  const CERTAIN = CERTAINTIES.indexOf("certain");

  /**
   * Why the claim is not in force, or null if it is.
   * kind "unknown" (published on `day`), "withdrawn" or "replaced" (since `day`, by claim `by`; null if its claim is not in
   * this page), or "elsewhen" (it does not speak of this day).
   * @returns {{kind: string, day: number|null, by: number|null}|null}
   */
  function whySilent(model, claim, place, day, known) {
    const { claims } = model;
    const upTo = geoposture.asKnown(known);
    const published = claims.known_from[claim];
    if (published > upTo) return { kind: "unknown", day: published, by: null };
    const spoken = speaking(model, claim, place, day);
    if (spoken.some((e) => upTo < model.episodes.known_to[e] && model.episodes.known_from[e] <= upTo)) return null;
    if (claims.withdrawn_from[claim] <= upTo) return withdrawn(model, claim, upTo);
    if (!spoken.length) return { kind: "elsewhen", day: null, by: null };
    return replaced(model, claim, place, day, upTo, spoken);
  }

  /** Positions of the claim's episodes at the place that hold on the day, whatever was known. */
  function speaking(model, claim, place, day) {
    const { episodes } = model;
    return claimEpisodes(model, claim, place).filter((e) => episodes.valid_from[e] <= day && day < episodes.valid_to[e]);
  }

  /** Episodes of one claim and place: they stand together, because episodes are sorted by claim and place. */
  function claimEpisodes(model, claim, place) {
    const all = model.episodesOf[place];
    let low = 0;
    let high = all.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (model.episodes.claim[all[middle]] < claim) low = middle + 1;
      else high = middle;
    }
    const found = [];
    for (let at = low; at < all.length && model.episodes.claim[all[at]] === claim; at++) found.push(all[at]);
    return found;
  }

  function withdrawn(model, claim, upTo) {
    const { withdrawn_from, withdrawn_by, known_from } = model.claims;
    const by = withdrawn_by[claim];
    const isSent = by >= 0 && known_from[by] <= upTo;
    return { kind: "withdrawn", day: withdrawn_from[claim], by: isSent ? by : null };
  }

  /** Replaced since the first day on which a claim became known that still replaces it on this day. */
  function replaced(model, claim, place, day, upTo, spoken) {
    const by = replacers(model, claim, place, day, upTo)[0];
    if (by !== undefined) return { kind: "replaced", day: model.claims.known_from[by], by };
    const ended = spoken.map((e) => model.episodes.known_to[e]).filter((end) => end <= upTo && end !== NO_END);
    return { kind: "replaced", day: ended.length ? Math.max(...ended) : null, by: null };
  }

  /** Claims that replace this one on the day by rule 3 of "A claim in force", the earliest known first. */
  function replacers(model, claim, place, day, upTo) {
    const { claims, episodes } = model;
    if (claims.status[claim] === CHANGE) return [];
    const isCertain = (one) => speaking(model, one, place, day).some((e) => episodes.certainty[e] === CERTAIN);
    const found = model.claimsOf[place].filter(
      (one) =>
        claims.status[one] !== CHANGE &&
        claims.group[one] === claims.group[claim] &&
        claims.force[one] === claims.force[claim] &&
        claims.known_from[one] > claims.known_from[claim] &&
        claims.known_from[one] <= upTo &&
        claims.withdrawn_from[one] > upTo &&
        claims.modality[one] >= claims.modality[claim] &&
        isCertain(one),
    );
    return found.sort((a, b) => claims.known_from[a] - claims.known_from[b] || a - b);
  }

  geoposture.whySilent = whySilent;
})((globalThis.geoposture = globalThis.geoposture || {}));
