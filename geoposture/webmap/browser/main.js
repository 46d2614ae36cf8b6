"use strict";
// The page started: the model from the data, the map with its layers, the controls in their slots, and one redraw for one change.

(function (page) {
  /** Above so many places, nodes for each one are too slow (measured: 10,000 re-made SVG nodes give four frames a second). */
  const MOST_NODES = 500;

  /** Start the page in this document. Returns the Leaflet map, to which other layers can be added. */
  geoposture.boot = function boot() {
    const style = read("geoposture-style");
    const basemap = read("geoposture-basemap");
    const app = shared(geoposture.model(read("geoposture-data")), style, basemap);
    const map = madeMap(app, basemap);
    const [cited, findings] = [new page.Cited(app), new page.Findings(app)];
    const controls = [new page.Headline(app), new page.Clock(app), panel(app), cited, new page.Legend(app), findings, new page.Colophon(app)];
    controls.forEach((control) => control.addTo(map));
    map.invalidateSize({ pan: false });
    settle(map, app, basemap);
    layers(map, app, basemap);
    page.keepAddress(map, app, app.start);
    page.printable(map, () => settle(map, app, basemap), () => {
      const found = page.references(app);
      findings.write(found);
      cited.write(found);
    });
    return map;
  };

  function read(id) {
    return JSON.parse(document.getElementById(id).textContent);
  }

  // What the controls share

  function shared(model, style, basemap) {
    const start = startState(model);
    const store = page.store(start);
    const known = model.claims.known_from;
    const app = {
      model,
      style,
      start,
      store,
      colours: style.colours,
      credits: [...basemap.credits, ...(style.tiles ? [style.tiles.attribution] : [])],
      most: page.mostPeople(model),
      firstKnown: known.length ? Math.min(...known) : model.range[0],
      lastKnown: known.length ? Math.max(...known) : model.range[1],
      reportGroups: reportGroups(model),
    };
    const [then, today] = [page.memory(model), page.memory(model)];
    app.situation = remembered(store, () => page.situation(model, store.get(), then));
    app.comparison = remembered(store, () => page.comparison(model, store.get()), [...page.ROWS, "compare"]);
    app.differing = remembered(store, () => page.differing(model, store.get(), app.situation(), today));
    // A little more than the data speaks of, but no day that the calendar does not have.
    app.span = [geoposture.days.within(model.range[0] - 2), geoposture.days.within(model.range[1] + 2)];
    app.timeScale = page.timeScale(events(model), app.span);
    app.changeDays = remembered(store, () => {
      const state = store.get();
      return geoposture.changeDays(model, state.known, { keep: page.keeper(model, state) });
    }, page.ROWS.filter((part) => part !== "day"));
    return app;
  }

  /** The days near which the line of time is drawn to scale. */
  function events(model) {
    const { day, known, compare } = model.recipe;
    return [...model.claims.known_from, day, known, compare].filter((one) => one !== null);
  }

  function startState(model) {
    const { recipe } = model;
    return {
      day: recipe.day,
      known: recipe.known,
      off: new Set(),
      forcesOff: new Set(),
      gradesOff: new Set(),
      modalitiesOff: new Set(),
      compare: recipe.compare === null ? null : { day: recipe.compare, known: "same" },
      selected: null,
      tab: recipe.compare === null || page.isPhone() ? page.homeTab() : "changes",
      playing: false,
    };
  }

  /** A value that is worked out again only when a part of the state that it depends on has changed. */
  function remembered(store, compute, parts = page.ROWS) {
    let seen = null;
    let value;
    return () => {
      const state = store.get();
      const now = parts.map((part) => state[part]);
      if (!seen || now.some((part, index) => part !== seen[index])) {
        seen = now;
        value = compute();
      }
      return value;
    };
  }

  /** The source of each report that has a claim on this page. */
  function reportGroups(model) {
    const found = new Map();
    model.claims.report.forEach((report, claim) => {
      if (!found.has(report)) found.set(report, model.claims.group[claim]);
    });
    return found;
  }

  function panel(app) {
    const tabs = [
      { id: "sources", word: "Sources", control: new page.Sources(app) },
      { id: "places", word: "Places", control: new page.Places(app) },
      { id: "evidence", word: "Evidence", control: new page.Evidence(app) },
      { id: "changes", word: "Changes", control: new page.Changes(app), comparing: true },
      { id: "legend", word: "Legend", phone: true },
      { id: "about", word: "Notes", control: new page.About(app) },
    ];
    return new page.Panel(app, tabs);
  }

  // The map

  function madeMap(app, basemap) {
    const [west, south, east, north] = basemap.bounds;
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const map = L.map("map_geoposture", {
      zoomAnimation: !isCalm,
      inertia: !isCalm,
      zoomControl: false,
      zoomSnap: 0.25,
      zoomDelta: 0.75,
      wheelPxPerZoomLevel: 110,
      maxZoom: 13,
      maxBounds: [[south, west], [north, east]],
      maxBoundsViscosity: 1,
      attributionControl: false,
    });
    L.control.attribution({ prefix: false }).addTo(map);
    L.control.zoom({ position: "topright" }).addTo(map);
    L.control.scale({ position: "bottomleft", imperial: false, maxWidth: 110 }).addTo(map);
    return map;
  }

  /** Show all places, with room for their labels, and never more than the base map covers. */
  function settle(map, app, basemap) {
    const [west, south, east, north] = app.model.bounds;
    const places = L.latLngBounds([south, west], [north, east]);
    const padding = page.isPhone() ? 56 : 96;
    const zoom = Math.min(map.getBoundsZoom(places, false, L.point(padding, padding)), 9);
    const [w, s, e, n] = basemap.bounds;
    const least = map.getBoundsZoom(L.latLngBounds([s, w], [n, e]), true);
    map.options.homeZoom = Math.max(zoom, least);
    map.setMinZoom(least);
    map.setView(places.getCenter(), map.options.homeZoom, { animate: false });
  }

  function siteCount(model) {
    return model.places.filter((place) => place.show && !place.area && model.claimsOf[place.index].length).length;
  }

  function layers(map, app, basemap) {
    const { store, style } = app;
    if (style.tiles) L.tileLayer(style.tiles.url, { subdomains: style.tiles.subdomains, maxZoom: style.tiles.maxZoom }).addTo(map);
    else new page.BaseMap(basemap).addTo(map);
    const Layer = siteCount(app.model) > MOST_NODES ? page.CanvasMarks : page.Marks;
    const marks = new Layer(app.model, app.colours).addTo(map);
    const names = new page.BaseLabels(style.tiles ? { countries: [], cities: [] } : basemap).addTo(map);
    const draw = () => {
      const shown = store.get().compare ? app.comparison() : app.situation();
      marks.show(shown, app.differing());
      names.layout(marks.taken(), new Set(shown.badges.map((badge) => app.model.places[badge.place].name)));
    };
    draw();
    map.on("moveend zoomend resize", draw);
    marks.on("pick", ({ place }) => store.set({ selected: place, tab: "evidence" }));
    store.on((state, changed) => {
      if ([...page.ROWS, "compare"].some((part) => changed.has(part))) draw();
      if (changed.has("selected")) marks.select(state.selected);
      if (state.selected !== null && (changed.has("selected") || changed.has("tab"))) map.panInside(app.model.places[state.selected], { padding: [60, 60] });
    });
  }
})(geoposture.page);
