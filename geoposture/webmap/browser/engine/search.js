// Finding places by any of their names: without regard to case, accents, hyphens, the article and Arabic spelling variants.
(function (geoposture) {
  "use strict";

  const LETTERS = { "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i",
    "ٱ": "ا", "ى": "ي", "ی": "ي", "ئ": "ي", "ة": "ه", "ک": "ك", "گ": "ك", "ـ": "" };
  const VARIANT = new RegExp(`[${Object.keys(LETTERS).join("")}]`, "g");
  const ARTICLE = /^(?:al|el|ad|ar|as|ash|at|ath|az|adh|an|ul|il)$/;
  const ARABIC_ARTICLE = /(^| )ال(?=[^ ]{2})/g;

  /** A name as it is compared: lower case letters and digits, words parted by one space, articles left out. */
  function fold(text) {
    const words = plain(text).split(" ");
    const bare = words.filter((word, at) => !(ARTICLE.test(word) && at < words.length - 1));
    return bare.join(" ").replace(ARABIC_ARTICLE, "$1");
  }

  /** The same with its articles. */
  function plain(text) {
    return String(text)
      .toLowerCase()
      .normalize("NFKD")
      // Accents and Arabic vowel signs, invisible signs, and the marks for ayn and hamza.
      .replace(/[\p{M}\p{Cf}'’‘`´ʿʾʼʻ]/gu, "")
      .replace(VARIANT, (letter) => LETTERS[letter])
      .replace(/[^\p{L}\p{N}]+/gu, " ")
      .trim();
  }

  /**
   * Places whose names hold the text, best first: the whole name, its start, the start of a word, all words in any order, anywhere.
   * @returns {{place: number, name: string, lang: string, rank: number}[]} with the name that fits best
   */
  function search(model, text) {
    return among(model.places, text).map(({ place, ...found }) => ({ place: place.index, ...found }));
  }

  /**
   * The same among the places of the gazetteer of which no claim on this page speaks.
   * @returns {{place: Object, name: string, lang: string, rank: number}[]} each place is {name, names, within}
   */
  function searchSilent(model, text) {
    return among(model.silent, text);
  }

  function among(places, text) {
    const wanted = keysOf(text);
    if (!wanted[0]) return [];
    const found = [];
    for (const { place, names } of indexOf(places)) {
      const ranked = names.map((name) => ({ place, name: name.text, lang: name.lang, rank: rank(name.keys, wanted) }));
      const best = ranked.reduce((one, other) => (other.rank < one.rank ? other : one));
      if (best.rank < NOT_FOUND) found.push(best);
    }
    // The sort is stable: places of one rank stay in their order.
    return found.sort((a, b) => a.rank - b.rank);
  }

  const NOT_FOUND = 9;
  const indexes = new WeakMap();

  /** Names are folded once for each list of places. */
  function indexOf(places) {
    if (!indexes.has(places)) indexes.set(places, places.map((place) => ({ place, names: namesOf(place) })));
    return indexes.get(places);
  }

  function namesOf(place) {
    const id = place.id === undefined ? [] : [[place.id, ""]];
    return [[place.name, ""], ...place.names, ...id].map(([text, lang]) => ({ text, lang, keys: keysOf(text) }));
  }

  /** Without articles; with them; and with them and without spaces ("alasad"). */
  function keysOf(text) {
    const full = plain(text);
    return [fold(text), full, full.replace(/ /g, "")];
  }

  function rank(keys, wanted) {
    const pairs = keys.map((key, at) => [key, wanted[at]]);
    if (pairs.some(([key, want]) => key === want)) return 0;
    if (pairs.some(([key, want]) => key.startsWith(want))) return 1;
    if (pairs.some(([key, want]) => ` ${key}`.includes(` ${want}`))) return 2;
    const words = wanted[0].split(" ");
    if (words.length > 1 && words.every((word) => ` ${keys[0]}`.includes(` ${word}`))) return 3;
    return pairs.some(([key, want]) => key.includes(want)) ? 4 : NOT_FOUND;
  }

  Object.assign(geoposture, { search, searchSilent, fold });
})((globalThis.geoposture = globalThis.geoposture || {}));
