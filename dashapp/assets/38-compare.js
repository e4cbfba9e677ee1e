/* Two layers side by side with one cursor: the same areas, moved together; what is hovered or chosen is so in both. */
"use strict";
(function (atlas, clientside) {
  const { h, put } = atlas;
  let view = null, said = "";  // the second view, and what was said of it
  const second = () => atlas.panes[1] || null;

  /* The map that a person moves leads; the other follows it. */
  let leader = null;
  atlas.moveAll = function (task) {
    leader = atlas.panes[0];
    task(leader.map);
  };
  const other = (pane) => (atlas.panes.length === 2 ? atlas.panes.find((one) => one !== pane) : null);
  const LEADING = ["pointerdown", "wheel", "keydown", "focusin", "touchstart"];

  const align = function (pane, event) {
    const to = other(pane);
    if (!to || leader !== pane) return;
    const [from, map] = [pane.map, to.map];
    if (from._animatingZoom || map._animatingZoom) return;
    if (map.getZoom() !== from.getZoom()) { map.setView(from.getCenter(), from.getZoom(), { animate: false }); return; }
    /* As dragging does: the canvas slides along and is drawn anew only at the end. */
    const offset = map.latLngToContainerPoint(from.getCenter()).subtract(map.getSize().divideBy(2)).round();
    if (offset.x || offset.y) { map._rawPanBy(offset); map.fire("move"); }
    if (event.type === "moveend") map.fire("moveend");
  };
  const lead = function (pane) {
    const { map } = pane;
    LEADING.forEach((name) => map.getContainer().addEventListener(name, () => { leader = pane; }, { capture: true, passive: true }));
    map.on("zoomanim", (event) => {
      const to = other(pane);
      if (to && leader === pane) to.map.setView(event.center, event.zoom, { animate: true });
    });
    map.on("move moveend zoomend", (event) => align(pane, event));
    point(pane);
  };

  /* A dot at the place of the cursor in the other map. */
  const point = function (pane) {
    const box = pane.map.getContainer();
    const dot = (event) => {
      const to = other(pane);
      if (!to) return;
      if (!to.dot) to.map.getContainer().append(to.dot = h("div", { class: "cursor", "aria-hidden": "true" }));
      const frame = box.getBoundingClientRect();
      to.dot.hidden = !event;
      if (event) to.dot.style.transform = `translate(${event.clientX - frame.left}px, ${event.clientY - frame.top}px)`;
    };
    box.addEventListener("mousemove", dot);
    box.addEventListener("mouseleave", () => dot(null));
  };

  const MAP = { preferCanvas: true, zoomControl: false, attributionControl: false, zoomSnap: 0.1, zoomDelta: 0.5, wheelPxPerZoomLevel: 120, minZoom: 8, maxZoom: 15 };
  const open = async function () {
    const [first] = atlas.panes;
    const whole = first.map.getBounds().contains(atlas.catalog.bounds);
    split(true);
    const map = window.L.map("second-map", MAP);
    map.setView(first.map.getCenter(), first.map.getZoom(), { animate: false });
    const pane = new atlas.Pane(map);
    atlas.panes.push(pane);
    if (!first.leads) { first.leads = true; lead(first); }
    lead(pane);
    if (whole) home();
    atlas.furnish(pane, "Second map. Use the list of areas for the same figures.");
    if (atlas.placesShown().length) atlas.drawPlaces(pane);
    const [context, outline] = await Promise.all([atlas.fetchShapes("context"), atlas.fetchShapes("locality")]);
    if (second() !== pane) return;
    window.L.geoJSON(context, { style: atlas.contextStyle, interactive: false, onEachFeature: (feature, layer) => pane.neighbours.push(layer) }).addTo(map).bringToBack();
    context.features.forEach((feature, index) => atlas.nameNeighbour(pane, feature, pane.neighbours[index]));
    window.L.geoJSON(outline, { style: atlas.outlineStyle, interactive: false, onEachFeature: (feature, layer) => pane.outlines.push(layer) }).addTo(map);
    pane.raise();
  };

  const close = function () {
    const pane = atlas.panes.pop();
    const whole = atlas.map.getBounds().contains(atlas.catalog.bounds);
    const { map } = pane;
    pane.map = null;
    map.remove();
    view = atlas.secondCard = null;
    split(false);
    atlas.hover(null);
    atlas.panes[0].tip(null);
    if (whole) home();
    atlas.drawFigures();
    atlas.drawHeading();
    atlas.redrawCard();
  };
  /* The county as a whole stays whole when its map becomes narrower or wider. */
  const home = () => atlas.moveAll((map) => map.fitBounds(atlas.catalog.bounds, { animate: false }));

  const split = function (two) {
    document.body.classList.toggle("two", two);
    ["compare-bar", "second-pane", "first-title", "second-csv"].forEach((id) => { atlas.byId(id).hidden = !two; });
    atlas.byId("compare").hidden = two;
    atlas.panes.forEach((pane) => pane.map.invalidateSize({ animate: false }));
    if (!two) ["second-title", "second-legend", "second-sentence"].forEach((id) => put(id));
  };

  /* What can stand beside a layer, by subject; the first choice is of another subject and of the same date. */
  const keysOf = (layer) => (layer.variants ? layer.variants.map(([code]) => `${layer.key}:${code}`) : [layer.key]);
  const offered = () => atlas.catalog.layers.filter((layer) => atlas.shared(layer.key, atlas.state.layer).length);
  const propose = function () {
    const own = atlas.layerOf(atlas.state.layer);
    const here = (layer) => atlas.schemesOf(layer.key).includes(atlas.state.scheme);
    const ranked = offered().filter((layer) => layer !== own).sort((a, b) => here(b) - here(a) || (b.subject !== own.subject) - (a.subject !== own.subject));
    return { layer: atlas.fullKey((ranked[0] || own).key), period: atlas.state.period };
  };
  const fillLayers = function (list) {
    const subjects = [...new Set(offered().map((layer) => layer.subject))];
    list.replaceChildren(...subjects.map((subject) => h("optgroup", { label: subject },
      offered().filter((layer) => layer.subject === subject).flatMap(keysOf).map((key) => h("option", { value: key }, atlas.nameOf(key))))));
    list.value = atlas.second.layer;
  };

  atlas.showSecond = function () {
    if (!atlas.second && second()) close();
    if (!atlas.second) return;
    fillLayers(atlas.byId("second-layer"));
    atlas.fillPeriods(atlas.byId("second-period"), atlas.second.layer, atlas.second.period);
    if (!second()) atlas.withMap(() => { if (atlas.second && !second()) { open(); drawSecond(); } });
  };

  const drawSecond = function () {
    const pane = second();
    if (!pane || !view) return;
    pane.take(view);
    pane.useScheme(view.scheme, () => { drawFigures(pane); pane.ringChoice(); });
    drawFigures(pane);
    put("second-title", ...atlas.paneTitle(view));
    put("second-sentence", view.sentence);
    atlas.drawLegend("second-legend", view);
    atlas.byId("second-csv").setAttribute("href", atlas.fileOf(view));
    atlas.drawHeading();
    if (said && said !== view.title + view.when) atlas.say(`Second map: ${view.title}, ${view.when}. ${view.sentence}`);
    said = view.title + view.when;
  };
  const drawFigures = function (pane) {
    if (!pane.isDrawn()) return;
    pane.draw();
    if (atlas.isDrawn()) atlas.drawList();
  };

  clientside.drawSecondView = function (found) {
    if (!atlas.isWanted("secondView", found) || !atlas.second) return;
    if (found.error) { put("second-sentence", found.error); atlas.say(found.error); return; }
    view = found;
    drawSecond();
  };
  clientside.drawSecondCard = function (card) {
    if (!atlas.isWanted("secondCard", card) || !atlas.second || card.error) return;
    atlas.secondCard = card;
    atlas.redrawCard();
  };

  /* The layer that the second map shows: what is said of it must be of what is drawn, not of what is asked for. */
  atlas.secondLayer = () => (second() && second().view ? second().view.layer : atlas.second.layer);

  /* The figure of an area on the second map, when it shows the same areas as the first. */
  atlas.secondFigure = function (index) {
    const pane = second();
    return pane && pane.isDrawn() && atlas.view && pane.view.scheme === atlas.view.scheme ? { figure: pane.figures[index], look: pane.view.looks[index] } : null;
  };

  document.addEventListener("click", (event) => {
    if (event.target.closest("#compare")) {
      said = "";
      view = null;
      atlas.go({ second: propose() });
      setTimeout(() => atlas.byId("second-layer").focus(), 0);
    }
    if (event.target.closest("#compare-end")) {
      atlas.go({ second: null });
      setTimeout(() => atlas.byId("compare").focus(), 0);
      atlas.say("One map.");
    }
  });
  document.addEventListener("change", (event) => {
    const { id, value } = event.target;
    if (id === "second-layer") atlas.go({ second: { layer: value, period: atlas.second.period } });
    if (id === "second-period") atlas.go({ second: { ...atlas.second, period: value } });
  });
})(window.atlas, window.dash_clientside.atlas);
