/* The first map, made by Dash, with what lies around the county; the buttons move it. */
"use strict";
(function (atlas) {
  const NAMED_FROM_DEGREES = 0.08;  // a smaller neighbour has no room for its name
  const NEAR_ZOOM = 10.25, NEARER_ZOOM = 11;

  const text = (map, at, icon, words) => window.L.marker(at, { icon: window.L.divIcon({ ...icon, html: words, iconSize: [0, 0] }), interactive: false, keyboard: false }).addTo(map);

  /* Names beside the county run away from it. */
  atlas.nameNeighbour = function ({ map }, feature, layer) {
    const { name, at } = feature.properties;
    const box = layer.getBounds();
    if (box.getNorth() - box.getSouth() < NAMED_FROM_DEGREES) return;
    const [latitude, longitude] = at;
    const [[south, west], [north, east]] = atlas.catalog.bounds;
    const side = latitude <= south + 0.06 ? "south" : latitude >= north ? "" : longitude > (west + east) / 2 ? "east" : "west";
    text(map, at, { className: "neighbour-name" }, atlas.h("span", { class: side }, name));
  };

  const showTowns = function (map) {
    const box = map.getContainer();
    box.classList.toggle("near", map.getZoom() >= NEAR_ZOOM);
    box.classList.toggle("nearer", map.getZoom() >= NEARER_ZOOM);
  };
  const drawTowns = async function (map) {
    const { towns } = await atlas.fetchShapes("context");
    towns.forEach(([name, latitude, longitude, rank]) => text(map, [latitude, longitude], { className: `town rank-${rank}` }, atlas.h("span", {}, name)));
    showTowns(map);
  };

  /* What every pane has beside its areas. */
  atlas.furnish = function (pane, label) {
    const { map } = pane;
    window.L.control.scale({ imperial: true, metric: true, position: "bottomright" }).addTo(map);
    map.getContainer().setAttribute("aria-label", label);
    map.on("zoomend", () => showTowns(map));
    drawTowns(map);
    new ResizeObserver(() => { if (pane.map) map.invalidateSize(); }).observe(map.getContainer());
  };

  const waiting = [];
  const first = () => atlas.panes[0];
  atlas.withMap = (task) => { if (first()) task(); else waiting.push(task); };

  const remember = function (map) {
    if (first()) return;
    atlas.panes.push(new atlas.Pane(map));
    atlas.map = map;
    atlas.withCatalog(() => {
      map.invalidateSize();
      map.fitBounds(atlas.catalog.bounds, { animate: false });
      atlas.furnish(first(), "Map. Use the list of areas for the same figures.");
    });
    waiting.splice(0).forEach((task) => task());
  };
  atlas.onContext = function (feature, layer, context) {
    remember(context.map);
    first().neighbours.push(layer);
    layer.bringToBack();
    atlas.withCatalog(() => atlas.nameNeighbour(first(), feature, layer));
  };
  atlas.onOutline = function (feature, layer, context) {
    remember(context.map);
    first().outlines.push(layer);
  };

  /* The shapes of the scheme that is wanted, under the figures that are there. */
  atlas.useScheme = function (scheme) {
    atlas.fetchShapes(scheme);
    atlas.withMap(() => {
      if (first().wanted !== scheme) atlas.areas = null;
      first().useScheme(scheme, () => {
        atlas.areas = first().order;
        atlas.drawFigures();
        atlas.markChoice();
      });
    });
  };
  atlas.isDrawn = () => Boolean(first()) && first().isDrawn();
  atlas.drawFigures = function () {
    if (!atlas.isDrawn()) return;
    first().draw();
    atlas.drawList();
  };

  atlas.zoomTo = (code) => atlas.moveAll((map) => map.fitBounds(first().boundsOf(code), { padding: [24, 24], animate: false }));

  const MOVES = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] };
  const STEP_PX = 120, STEP_ZOOM = 0.5;
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-move]");
    if (!button || !first()) return;
    const { move } = button.dataset;
    if (move === "home") atlas.zoomTo(null);
    else atlas.moveAll((map) => {
      if (move === "in") map.zoomIn(STEP_ZOOM);
      else if (move === "out") map.zoomOut(STEP_ZOOM);
      else map.panBy(MOVES[move].map((step) => step * STEP_PX));
    });
  });
})(window.atlas);
