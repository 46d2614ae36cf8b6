// Days as whole numbers since 1970-01-01 (proleptic Gregorian, years 1 to 9999), and the ways they are written.
(function (geoposture) {
  "use strict";

  const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  const ERA = 146097; // days in 400 years
  const TO_EPOCH = 719468; // days from 0000-03-01 to 1970-01-01

  /** The day of a year, a month from 1 and a day of the month. The year is taken to begin in March, so that the leap day ends it. */
  function fromParts(year, month, day) {
    const shifted = month > 2 ? year : year - 1;
    const era = Math.floor(shifted / 400);
    const ofEra = shifted - era * 400;
    const ofYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
    return era * ERA + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - TO_EPOCH;
  }

  /** [year, month from 1, day of the month]. */
  function toParts(day) {
    const shifted = day + TO_EPOCH;
    const era = Math.floor(shifted / ERA);
    const ofEra = shifted - era * ERA;
    const years = ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36524) - Math.floor(ofEra / 146096);
    const year = Math.floor(years / 365);
    const ofYear = ofEra - (365 * year + Math.floor(year / 4) - Math.floor(year / 100));
    const march = Math.floor((5 * ofYear + 2) / 153);
    const month = march < 10 ? march + 3 : march - 9;
    return [year + era * 400 + (month <= 2 ? 1 : 0), month, ofYear - Math.floor((153 * march + 2) / 5) + 1];
  }

  const FIRST = fromParts(1, 1, 1);
  const LAST = fromParts(9999, 12, 31);

  function digits(number, width) {
    return String(number).padStart(width, "0");
  }

  /** "2026-01-20"; "" for null and for what is no day. */
  function show(day) {
    if (!isDay(day)) return "";
    const [year, month, ofMonth] = toParts(day);
    return `${digits(year, 4)}-${digits(month, 2)}-${digits(ofMonth, 2)}`;
  }

  /** "20 Jan 2026"; "" for null and for what is no day. */
  function long(day) {
    if (!isDay(day)) return "";
    const [year, month, ofMonth] = toParts(day);
    return `${ofMonth} ${MONTHS[month - 1]} ${year}`;
  }

  /** The day of an exact date YYYY-MM-DD, or null if the text is none. */
  function parse(text) {
    const found = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(String(text).trim());
    if (!found) return null;
    const [year, month, ofMonth] = found.slice(1).map(Number);
    if (year < 1 || month < 1 || month > 12 || ofMonth < 1) return null;
    const day = fromParts(year, month, ofMonth);
    // 30 February would come out as a day of March.
    return show(day) === found[0] ? day : null;
  }

  function isDay(day) {
    return Number.isInteger(day) && day >= FIRST && day <= LAST;
  }

  /** The day, or the end of the calendar that it lies beyond. */
  function within(day) {
    return Math.max(FIRST, Math.min(LAST, day));
  }

  geoposture.days = Object.freeze({ show, long, parse, isDay, within, fromParts, toParts, FIRST, LAST });
})((globalThis.geoposture = globalThis.geoposture || {}));
