/* The map: shapes are drawn once, a switch of layer only repaints them. */
"use strict";
(function (atlas) {
  let map = null;
  let areas = null;        // the Leaflet group of the scheme that is drawn
  let shapes = {};         // area code -> Leaflet layer of the scheme that is drawn
  let order = [];          // features in the order of the scheme's file, which is the order of the figures
  let drawnScheme = null;
  let labels = null;
  let rings = null;
  const neighbours = [], outlines = [];
  const patterns = {};

  const NAMED_FROM_DEGREES = 0.08;  // a smaller neighbour has no room for its name

  const waiting = [];
  const withMap = (task) => { if (map) task(); else waiting.push(task); };

  const remember = (found) => {
    if (map) return;
    map = found;
    atlas.map = map;
    waiting.splice(0).forEach((task) => task());
    window.L.control.scale({ imperial: true, metric: true, position: "bottomright" }).addTo(map);
    map.getContainer().setAttribute("aria-label", "Map. Use the list of areas for the same figures.");
    map.on("zoomend", showTowns);
    atlas.withCatalog(() => {
      map.invalidateSize();
      map.fitBounds(atlas.catalog.bounds, { animate: false });
      drawTowns();
    });
    new ResizeObserver(() => map.invalidateSize()).observe(map.getContainer());
  };

  /* Looks that are no class carry a pattern, so that they do not rest on colour. */
  const pattern = function (look) {
    const key = `${look}${document.documentElement.dataset.theme || ""}${atlas.colour("--ground")}`;
    if (patterns[key]) return patterns[key];
    const tile = document.createElement("canvas");
    tile.width = tile.height = 8;
    const pen = tile.getContext("2d");
    pen.fillStyle = atlas.colour("--ground");
    pen.fillRect(0, 0, 8, 8);
    pen.strokeStyle = pen.fillStyle = atlas.colour("--pattern");
    pen.lineWidth = 1.2;
    if (look === "x") { pen.beginPath(); pen.moveTo(-2, 10); pen.lineTo(10, -2); pen.stroke(); }
    if (look === "w") { pen.beginPath(); pen.arc(4, 4, 1.3, 0, 7); pen.fill(); }
    if (look === "z") { /* paper: nothing counted, nothing drawn */ }
    patterns[key] = pen.createPattern(tile, "repeat");
    return patterns[key];
  };
  const fill = (look) => (look >= "0" && look <= "4" ? atlas.colour(`--step-${look}`) : pattern(look));

  const paint = function () {
    const { view } = atlas;
    const fills = {};
    const [edge, faint] = [atlas.colour("--edge"), atlas.colour("--pattern")];
    order.forEach((feature, index) => {
      const look = view.looks[index];
      if (!(look in fills)) fills[look] = fill(look);
      shapes[feature.code].setStyle({ fillColor: fills[look], color: look >= "0" && look <= "4" ? edge : faint });
    });
  };

  const areaStyle = () => ({ weight: 0.8, color: atlas.colour("--edge"), fillColor: atlas.colour("--ground"), fillOpacity: 0.92 });
  atlas.outlineStyle = () => ({ weight: 2.2, color: atlas.colour("--outline"), fill: false, interactive: false });
  atlas.contextStyle = () => ({ weight: 1, color: atlas.colour("--ground"), fillColor: atlas.colour("--neighbour"), fillOpacity: 1, interactive: false });

  atlas.onContext = function (feature, layer, context) {
    remember(context.map);
    neighbours.push(layer);
    layer.bringToBack();
    atlas.withCatalog(() => nameNeighbour(feature.properties, layer.getBounds()));
  };

  /* Names beside the county run away from it. */
  const nameNeighbour = function ({ name, at }, box) {
    if (box.getNorth() - box.getSouth() < NAMED_FROM_DEGREES) return;
    const [latitude, longitude] = at;
    const [[south, west], [north, east]] = atlas.catalog.bounds;
    const side = latitude <= south + 0.06 ? "south" : latitude >= north ? "" : longitude > (west + east) / 2 ? "east" : "west";
    const text = atlas.h("span", { class: side }, name);
    window.L.marker(at, { icon: window.L.divIcon({ className: "neighbour-name", html: text, iconSize: [0, 0] }), interactive: false, keyboard: false }).addTo(map);
  };

  atlas.onOutline = (feature, layer) => { outlines.push(layer); };

  /* The shapes of a scheme are fetched once and kept; whichever arrives, only the scheme that is wanted is drawn. */
  const fetched = {};
  const fetchShapes = (scheme) => (fetched[scheme] = fetched[scheme] || fetch(atlas.catalog.geometry[scheme]).then((answer) => answer.json()));
  let wantedScheme = null;

  atlas.useScheme = async function (scheme) {
    if (scheme === wantedScheme) return;
    wantedScheme = scheme;
    clear();
    const collection = await fetchShapes(scheme);
    if (scheme === wantedScheme) withMap(() => { if (scheme === wantedScheme) drawShapes(scheme, collection); });
  };

  const clear = function () {
    if (areas) areas.remove();
    [areas, drawnScheme, shapes, order] = [null, null, {}, []];
    atlas.areas = null;
    if (rings) { rings.chosen.clearLayers(); rings.hover.clearLayers(); }
    if (labels) labels.clearLayers();
  };

  const drawShapes = function (scheme, collection) {
    clear();
    areas = window.L.geoJSON(collection, { style: areaStyle, onEachFeature: (feature, layer) => {
      const { code, name, at } = feature.properties;
      shapes[code] = layer;
      order.push({ code, name, at });
      layer.on("click", () => atlas.pick(code));
      layer.on("mouseover", () => ring("hover", code));
      layer.on("mouseout", () => ring("hover", null));
      layer.bindTooltip(() => tooltip(code), { sticky: true, direction: "top", className: "tip" });
    } }).addTo(map);
    outlines.forEach((layer) => layer.bringToFront());
    drawnScheme = scheme;
    atlas.areas = order;
    atlas.drawFigures();
    atlas.markChoice();
  };

  /* Whether the shapes on the map are those that the figures belong to. */
  atlas.isDrawn = () => Boolean(atlas.view) && atlas.view.scheme === drawnScheme && atlas.view.looks.length === order.length;
  atlas.drawFigures = function () {
    if (!atlas.isDrawn()) return;
    paint();
    drawLabels();
    atlas.drawList();
  };

  const tooltip = function (code) {
    const index = order.findIndex((one) => one.code === code);
    return atlas.h("span", {}, atlas.h("b", {}, order[index].name), ` ${(atlas.isDrawn() && atlas.figures[index]) || "no figure"}`);
  };

  const NAMED = 4, LABELLED = 16;
  const drawLabels = function () {
    if (!labels) labels = window.L.layerGroup().addTo(map);
    labels.clearLayers();
    map.getContainer().classList.toggle("few", order.length <= LABELLED);
    if (order.length > LABELLED) return;
    order.forEach(({ name, at }, index) => {
      const text = atlas.h("span", {}, order.length <= NAMED ? atlas.h("b", {}, name) : "", atlas.h("i", {}, atlas.figures[index] || "\u2013"));
      labels.addLayer(window.L.marker(at, { icon: window.L.divIcon({ className: "area-label", html: text, iconSize: [150, 0] }), interactive: false, keyboard: false }));
    });
  };

  /* Chosen, compared and focused areas get a ring: dark within light, 3:1 against every class. */
  const ring = function (kind, ...codes) {
    if (!map) return;
    if (!rings) rings = { chosen: window.L.layerGroup().addTo(map), hover: window.L.layerGroup().addTo(map) };
    rings[kind].clearLayers();
    codes.filter((code) => shapes[code]).forEach((code, number) => {
      const lines = [[kind === "chosen" ? 7 : 5, atlas.colour("--ring-out")], [kind === "chosen" ? 3.5 : 2.5, atlas.colour("--ring-in")]];
      lines.forEach(([weight, color]) => rings[kind].addLayer(window.L.geoJSON(shapes[code].feature, {
        interactive: false,
        style: { weight, color, fill: false, dashArray: kind === "chosen" && number === 1 && weight < 5 ? "6 5" : null },
      })));
    });
  };
  atlas.ringFocus = (code) => ring("hover", code);
  atlas.ringChoice = () => ring("chosen", ...[atlas.choice.area, atlas.choice.beside].filter(Boolean));

  const showTowns = () => {
    const box = map.getContainer();
    box.classList.toggle("near", map.getZoom() >= 10.25);
    box.classList.toggle("nearer", map.getZoom() >= 11);
  };
  const drawTowns = async function () {
    const answer = await fetch(atlas.catalog.geometry.context);
    const { towns } = await answer.json();
    towns.forEach(([name, latitude, longitude, rank]) => window.L.marker([latitude, longitude], {
      icon: window.L.divIcon({ className: `town rank-${rank}`, html: atlas.h("span", {}, name), iconSize: [0, 0] }), interactive: false, keyboard: false,
    }).addTo(map));
    showTowns();
  };

  atlas.zoomTo = (code) => map.fitBounds((shapes[code] || window.L.featureGroup(Object.values(shapes))).getBounds(), { padding: [24, 24], animate: false });
  atlas.restyle = function () {
    if (!map) return;
    neighbours.forEach((layer) => layer.setStyle(atlas.contextStyle()));
    outlines.forEach((layer) => layer.setStyle(atlas.outlineStyle()));
    if (atlas.isDrawn()) paint();
    atlas.ringChoice();
  };
  atlas.lookFill = fill;

  const MOVES = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-move]");
    if (!button || !map) return;
    const move = button.dataset.move;
    if (move === "in") map.zoomIn(0.5);
    else if (move === "out") map.zoomOut(0.5);
    else if (move === "home") atlas.zoomTo(null);
    else map.panBy(MOVES[move].map((step) => step * 120));
  });
})(window.atlas);
