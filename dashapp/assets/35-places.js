/* Places on the map: which sets and kinds are shown, and their symbols above the areas. */
"use strict";
(function (atlas) {
  const { h, put } = atlas;
  const NONE = "none";
  const ticked = new Set();   // sets that the person asked for
  const hidden = {};          // set -> kinds that the person took away
  const loaded = {};          // set -> its places, once they arrived
  const asked = {};
  let refused = "";           // the set that this layer brings, when the person took it away

  const sets = () => atlas.catalog.places;
  const setOf = (key) => sets().find((one) => one.key === key);
  const brought = () => (atlas.state && setOf(atlas.layerOf(atlas.state.layer).points) ? atlas.layerOf(atlas.state.layer).points : "");
  const isOn = (key) => ticked.has(key) || (key === brought() && key !== refused);
  const on = () => sets().filter(({ key }) => isOn(key));
  const shows = (key, kind) => !(hidden[key] && hidden[key].has(kind));

  /* What the map shows of them: [set, kind, latitude, longitude, name, facts] by name. */
  atlas.placesShown = () => on().flatMap(({ key }) => (loaded[key] ? loaded[key].places : [])
    .filter(([, , , kind]) => shows(key, kind)).map(([latitude, longitude, name, kind, facts]) => ({ set: key, kind, at: [latitude, longitude], name, facts })));
  atlas.factWords = (fact) => (Array.isArray(fact) ? fact.join(": ") : fact);
  atlas.kindWords = (set, kind) => (setOf(set).kinds.find(([code]) => code === kind) || ["", kind])[1];

  /* In the address: "schools,family_centres"; with kinds taken away "schools:primary.special"; "none" where the
     person took away what the layer brings. */
  atlas.placesWords = function () {
    const words = on().map(({ key, kinds }) => {
      const left = kinds.map(([code]) => code).filter((code) => shows(key, code));
      return left.length === kinds.length ? key : `${key}:${left.join(".")}`;
    });
    return words.join(",") || (brought() ? NONE : "");
  };
  atlas.readPlaces = function (said, layer) {
    ticked.clear();
    Object.keys(hidden).forEach((key) => delete hidden[key]);
    const own = atlas.layerOf(layer).points || "";
    refused = said && !said.split(",").some((one) => one.split(":")[0] === own) ? own : "";
    (said || "").split(",").forEach((one) => {
      const [key, left] = one.split(":");
      const set = setOf(key);
      if (!set) return;
      if (key !== own) ticked.add(key);
      if (left !== undefined) hidden[key] = new Set(set.kinds.map(([code]) => code).filter((code) => !left.split(".").includes(code)));
    });
  };

  const tick = function (key, checked) {
    if (checked) { ticked.add(key); if (refused === key) refused = ""; } else { ticked.delete(key); if (brought() === key) refused = key; }
    changed();
  };
  const tickKind = function (key, kind, checked) {
    hidden[key] = hidden[key] || new Set();
    hidden[key][checked ? "delete" : "add"](kind);
    changed();
  };
  const changed = function () {
    atlas.showPlaces();
    atlas.writeAddress();
  };

  const kindBox = (key, [code, words, count]) => h("label", { class: "kind" },
    h("input", { type: "checkbox", "data-kind": code, onchange: (event) => tickKind(key, code, event.target.checked) }),
    atlas.symbol(key, code), h("span", { class: "words" }, words), h("span", { class: "n" }, count));
  const setBox = ({ key, title, plain, kinds }) => h("div", { class: "place-set", "data-set": key },
    h("label", { title: plain }, h("input", { type: "checkbox", value: key, onchange: (event) => tick(key, event.target.checked) }), h("span", { class: "words" }, title)),
    h("div", { class: "kinds", role: "group", "aria-label": `Kinds of ${title.toLowerCase()}` }, kinds.map((kind) => kindBox(key, kind)), h("p", { class: "why", role: "alert" })));

  atlas.buildPlaces = function () {
    atlas.byId("places-choice").hidden = !sets().length;
    put("places", sets().map(setBox));
  };

  /* A fact that only says the kind again is left out. */
  const withoutEchoes = (found) => ({ ...found, places: found.places.map(([latitude, longitude, name, kind, facts]) =>
    [latitude, longitude, name, kind, facts.filter((fact) => fact !== atlas.kindWords(found.key, kind))]) });

  const fetchPlaces = async function (key) {
    if (asked[key]) return;
    asked[key] = true;
    const why = document.querySelector(`[data-set="${key}"] .why`);
    why.textContent = "";
    try {
      const answer = await fetch(`points/${key}.json?snapshot=${encodeURIComponent(atlas.catalog.snapshot)}`);
      if (!answer.ok) throw new Error(answer.status === 409 || answer.status === 400 ? await answer.text() : "The places did not come. Tick the box again to try once more.");
      loaded[key] = withoutEchoes(await answer.json());
      draw();
    } catch (error) {
      asked[key] = false;
      why.textContent = error instanceof TypeError ? "The server does not answer. Tick the box again to try once more." : error.message;
    }
  };

  /* Boxes, symbols, legend and list as they should be; what is missing is fetched first. */
  let leading = "";
  atlas.showPlaces = function () {
    if (!atlas.state) return;
    if (leading !== brought()) { leading = brought(); if (refused !== leading) refused = ""; }
    sets().forEach(({ key }) => {
      const box = document.querySelector(`[data-set="${key}"]`);
      box.classList.toggle("on", isOn(key));
      box.querySelector("input").checked = isOn(key);
      box.querySelectorAll("[data-kind]").forEach((input) => { input.checked = shows(key, input.dataset.kind); });
      if (isOn(key)) fetchPlaces(key);
    });
    draw();
  };

  const SIZES_PX = [[10.2, 4.5], [11.5, 6], [Infinity, 7.5]];
  const radius = (map) => SIZES_PX.find(([zoom]) => map.getZoom() < zoom)[1];

  let drawn = "";
  const draw = function () {
    const now = on().map(({ key }) => `${key}${loaded[key] ? "+" : ""}${[...(hidden[key] || [])].sort()}`).join(" ");
    if (now === drawn) return;
    drawn = now;
    const places = atlas.placesShown();
    atlas.withMap(() => atlas.panes.forEach((pane) => atlas.drawPlaces(pane, places)));
    drawLegend();
    atlas.drawPlacesList(places);
  };

  atlas.placeTip = ({ set, kind, name, facts }) => h("span", {}, h("b", {}, name), ` ${atlas.kindWords(set, kind)}`,
    facts.map((fact) => h("span", { class: "fact" }, atlas.factWords(fact))));
  atlas.drawPlaces = function (pane, places = atlas.placesShown()) {
    if (!pane.symbols) {
      pane.symbols = window.L.layerGroup().addTo(pane.map);
      pane.map.on("zoomend", () => pane.symbols.eachLayer((one) => one.setRadius(radius(pane.map))));
    }
    pane.symbols.clearLayers();
    pane.map.closePopup();
    places.forEach((place) => {
      const marker = atlas.placeMarker(place.at, { symbol: atlas.symbolOf(place.set, place.kind), radius: radius(pane.map) });
      marker.bindTooltip(() => atlas.placeTip(place), { direction: "top", className: "tip", offset: [0, -6] });
      marker.on("click", () => atlas.openPlace(place, pane));
      pane.symbols.addLayer(marker);
    });
  };

  /* The words that must stand beside a set, and its symbols: [title, tags, [[symbol, words, number]]]. */
  atlas.placeLegend = () => on().filter(({ key }) => loaded[key]).map(({ key, title, kinds }) => ({
    key, title, tags: loaded[key].tags, kinds: kinds.filter(([code]) => shows(key, code)),
  }));
  const drawLegend = () => put("place-legend", atlas.placeLegend().map(({ key, title, tags, kinds }) => [
    h("h2", {}, title, " ", atlas.tags(tags)),
    h("ul", { class: "symbols" }, kinds.map(([code, name]) => h("li", {}, atlas.symbol(key, code), h("span", {}, name)))),
  ]).flat());
})(window.atlas);
