"use strict";
// The reader's choice as the part of the address after #, so that reload and share keep it; ids and days are written out for people.

(function (page) {
  const { days } = geoposture;
  const PAUSE = 250;

  /** The state as text, without what is as it was at the start. */
  function write(model, state, start, view) {
    const parts = new URLSearchParams();
    if (state.day !== start.day) parts.set("day", days.show(state.day));
    if (state.known !== start.known) parts.set("known", state.known === null ? "today" : days.show(state.known));
    if (state.compare) parts.set("compare", days.show(state.compare.day) + (state.compare.known === "same" ? "" : `,${state.compare.known === null ? "today" : days.show(state.compare.known)}`));
    else if (start.compare) parts.set("compare", "none");
    for (const [part, codec] of Object.entries(codecs(model))) if (state[part].size) parts.set(codec.name, [...state[part]].map(codec.id).sort().join(","));
    if (state.selected !== null) parts.set("place", model.places[state.selected].id);
    if (state.tab !== start.tab) parts.set("tab", state.tab || "none");
    if (view) parts.set("view", view);
    return parts.toString().replace(/%2C/g, ",");
  }

  /** What the text says of the state; whatever it does not know is left as it is at the start. */
  function read(model, text, start) {
    const parts = new URLSearchParams(text);
    const patch = { ...start };
    const day = days.parse(parts.get("day") || "");
    if (day !== null) patch.day = day;
    if (parts.get("known") === "today") patch.known = null;
    else patch.known = orElse(days.parse(parts.get("known") || ""), start.known);
    patch.compare = readCompare(parts.get("compare"), start.compare);
    for (const [part, codec] of Object.entries(codecs(model))) {
      const keys = (parts.get(codec.name) || "").split(",").map(codec.key).filter((key) => key !== undefined);
      patch[part] = new Set(keys);
    }
    const place = model.places.findIndex(({ id, show }) => show && id === parts.get("place"));
    patch.selected = place < 0 ? null : place;
    if (parts.has("tab")) patch.tab = parts.get("tab") === "none" ? "" : parts.get("tab");
    else if (place >= 0) patch.tab = "evidence";
    return { patch, view: parts.get("view") };
  }

  function readCompare(text, start) {
    if (text === "none") return null;
    const [first, known] = (text || "").split(",");
    const day = days.parse(first);
    if (day === null) return start;
    return { day, known: known === undefined ? "same" : orElse(days.parse(known), null) };
  }

  function orElse(value, other) {
    return value === null ? other : value;
  }

  /** For each set of switches its name in the address and how its members are written. */
  function codecs(model) {
    const byId = (entries) => ({ id: (index) => entries[index].id, key: (id) => (entries.find((entry) => entry.id === id) || {}).index });
    const grades = new Set(model.groups.map((group) => page.grade(model, group.index)));
    const { MODALITIES } = geoposture.codes;
    return {
      off: { name: "without", ...byId(model.groups) },
      forcesOff: { name: "without-force", ...byId(model.forces) },
      gradesOff: { name: "without-grade", id: (grade) => grade, key: (grade) => (grades.has(grade) ? grade : undefined) },
      modalitiesOff: { name: "without-modality", id: (index) => MODALITIES[index], key: (word) => (MODALITIES.includes(word) ? MODALITIES.indexOf(word) : undefined) },
    };
  }

  /** Keep the address and the state the same, from now on. A page inside a notebook's frame has no address of its own. */
  page.keepAddress = function keepAddress(map, app, start) {
    if (!/^(file|https?):$/.test(location.protocol)) return;
    const { model, store } = app;
    let timer = 0;
    let written = location.hash.slice(1);
    let home = viewOf(map);
    const save = () => {
      // Somebody has just set another address, and its event is on the way: it must find what it is about.
      if (location.hash.slice(1) !== written) return;
      const view = viewOf(map);
      written = write(model, store.get(), start, view === home ? "" : view);
      history.replaceState(null, "", written ? `#${written}` : location.pathname + location.search);
    };
    // When the reader rests: writing takes as long as a good part of a step, and some browsers refuse it when it comes too often.
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(save, PAUSE);
    };
    const apply = () => {
      const { patch, view } = read(model, location.hash.slice(1), start);
      store.set(patch);
      // After the frame in which a chosen place is brought into sight: the written view wins.
      if (view) requestAnimationFrame(() => setView(map, view));
    };
    if (written) apply();
    else home = viewOf(map);
    store.on(later);
    map.on("moveend", later);
    addEventListener("hashchange", () => {
      if (location.hash.slice(1) === written) return;
      written = location.hash.slice(1);
      apply();
    });
  };

  function viewOf(map) {
    const { lat, lng } = map.getCenter();
    return [map.getZoom().toFixed(2), lat.toFixed(3), lng.toFixed(3)].join(",");
  }

  function setView(map, text) {
    const [zoom, lat, lon] = text.split(",").map(Number);
    if ([zoom, lat, lon].every(Number.isFinite) && Math.abs(lat) <= 85 && Math.abs(lon) <= 180) map.setView([lat, lon], zoom, { animate: false });
  }

  page.address = { write, read };
})(geoposture.page);
