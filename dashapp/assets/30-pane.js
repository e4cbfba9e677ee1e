/* A pane: one map with the shapes of one scheme, painted with one view. There is one, or two side by side. */
"use strict";
(function (atlas) {
  const NAMED = 4, LABELLED = 16;

  /* The shapes of a scheme are fetched once and kept, for both panes. */
  const fetched = {};
  atlas.fetchShapes = (key) => (fetched[key] = fetched[key] || fetch(atlas.catalog.geometry[key]).then((answer) => answer.json()));

  atlas.areaStyle = () => ({ weight: 0.8, color: atlas.colour("--edge"), fillColor: atlas.colour("--ground"), fillOpacity: 1 });
  atlas.outlineStyle = () => ({ weight: 2.2, color: atlas.colour("--outline"), fill: false, interactive: false });
  atlas.contextStyle = () => ({ weight: 1, color: atlas.colour("--ground"), fillColor: atlas.colour("--neighbour"), fillOpacity: 1, interactive: false });

  atlas.panes = [];

  /* Chosen, compared and focused areas get a ring: dark within light, 3:1 against every class. */
  const ringLines = function (pane, group, shape, chosen, dashed) {
    const lines = [[chosen ? 7 : 5, atlas.colour("--ring-out")], [chosen ? 3.5 : 2.5, atlas.colour("--ring-in")]];
    lines.forEach(([weight, color]) => group.addLayer(window.L.geoJSON(shape.feature, {
      interactive: false,
      style: { weight, color, fill: false, dashArray: dashed && weight < 5 ? "6 5" : null },
    })));
  };

  class Pane {
    constructor(map) {
      this.map = map;
      this.view = null;
      this.figures = [];
      this.wanted = this.drawn = null;  // keys of schemes
      this.areas = null;                // the Leaflet group of the scheme that is drawn
      this.shapes = {};                 // area code -> Leaflet layer
      this.order = [];                  // areas in the order of the scheme's file, which is the order of the figures
      this.neighbours = [];
      this.outlines = [];
      this.labels = window.L.layerGroup().addTo(map);
      this.rings = { chosen: window.L.layerGroup().addTo(map), hover: window.L.layerGroup().addTo(map) };
    }

    /* Whichever shapes arrive, only the scheme that is wanted is drawn. */
    async useScheme(scheme, done) {
      if (scheme === this.wanted) return;
      this.wanted = scheme;
      this.clear();
      const collection = await atlas.fetchShapes(scheme);
      if (scheme !== this.wanted) return;
      this.drawShapes(scheme, collection);
      done();
    }

    clear() {
      if (this.areas) this.areas.remove();
      [this.areas, this.drawn, this.shapes, this.order] = [null, null, {}, []];
      Object.values(this.rings).forEach((group) => group.clearLayers());
      this.labels.clearLayers();
    }

    drawShapes(scheme, collection) {
      this.clear();
      this.areas = window.L.geoJSON(collection, { style: atlas.areaStyle, onEachFeature: (feature, layer) => {
        const { code, name, at } = feature.properties;
        this.shapes[code] = layer;
        this.order.push({ code, name, at });
        layer.on("click", () => atlas.pick(code));
        layer.on("mouseover", (event) => atlas.hover(code, this, event.latlng));
        layer.on("mousemove", (event) => atlas.hoverAt(event.latlng, this));
        layer.on("mouseout", () => atlas.hover(null, this));
        layer.bindTooltip(() => this.words(code), { sticky: true, direction: "top", className: "tip" });
      } }).addTo(this.map);
      this.drawn = scheme;
      this.raise();
    }

    /* Outlines stand above the areas, places above both. */
    raise() {
      this.outlines.forEach((layer) => layer.bringToFront());
      if (this.symbols) this.symbols.eachLayer((layer) => layer.bringToFront());
    }

    /* Whether the shapes on the map are those that the figures belong to. */
    isDrawn() { return Boolean(this.view) && this.view.scheme === this.drawn && this.view.looks.length === this.order.length; }

    take(view) {
      this.view = view;
      this.figures = view.values.split("|");
    }

    draw() {
      this.paint();
      this.drawLabels();
    }

    paint() {
      const styles = {};
      const [edge, faint] = [atlas.colour("--edge"), atlas.colour("--pattern")];
      this.order.forEach((area, index) => {
        const look = this.view.looks[index];
        const own = atlas.isClass(look);
        styles[look] = styles[look] || { fillColor: atlas.lookFill(look), color: own ? edge : faint, fillOpacity: own ? atlas.fill / 100 : 1 };
        this.shapes[area.code].setStyle(styles[look]);
      });
    }

    drawLabels() {
      this.labels.clearLayers();
      this.map.getContainer().classList.toggle("few", this.order.length <= LABELLED);
      if (this.order.length > LABELLED) return;
      this.order.forEach(({ name, at }, index) => {
        const text = atlas.h("span", {}, this.order.length <= NAMED ? atlas.h("b", {}, name) : "", atlas.h("i", {}, this.figures[index] || "\u2013"));
        this.labels.addLayer(window.L.marker(at, { icon: window.L.divIcon({ className: "area-label", html: text, iconSize: [150, 0] }), interactive: false, keyboard: false }));
      });
    }

    figureOf(code) {
      const index = this.order.findIndex((one) => one.code === code);
      return this.isDrawn() && this.figures[index] ? this.figures[index] : "";
    }

    words(code) {
      const { name } = this.order.find((one) => one.code === code);
      return atlas.h("span", {}, atlas.h("b", {}, name), ` ${this.figureOf(code) || "no figure"}`);
    }

    /* Show the words of an area at a place, as hovering does. */
    tip(code, latlng) {
      if (this.tipped && this.tipped !== this.shapes[code]) this.tipped.closeTooltip();
      this.tipped = this.shapes[code] || null;
      if (this.tipped) this.tipped.openTooltip(latlng || this.order.find((one) => one.code === code).at);
    }

    ring(kind, ...codes) {
      this.rings[kind].clearLayers();
      codes.map((code) => this.shapes[code]).forEach((shape, number) => {
        if (shape) ringLines(this, this.rings[kind], shape, kind === "chosen", kind === "chosen" && number === 1);
      });
    }

    ringChoice() { this.ring("chosen", ...[atlas.choice.area, atlas.choice.beside].filter(Boolean)); }

    restyle() {
      this.neighbours.forEach((layer) => layer.setStyle(atlas.contextStyle()));
      this.outlines.forEach((layer) => layer.setStyle(atlas.outlineStyle()));
      if (this.isDrawn()) this.paint();
      this.ringChoice();
    }

    boundsOf(code) { return (this.shapes[code] || window.L.featureGroup(Object.values(this.shapes))).getBounds(); }
  }
  atlas.Pane = Pane;

  /* Rings and words follow the cursor in every pane. */
  atlas.hover = function (code, from, latlng) {
    atlas.panes.forEach((pane) => {
      pane.ring("hover", ...(code ? [code] : []));
      if (atlas.panes.length > 1) pane.tip(pane === from ? null : code, latlng);
    });
  };
  atlas.hoverAt = function (latlng, from) {
    atlas.panes.forEach((pane) => { if (pane !== from && pane.tipped) pane.tipped.openTooltip(latlng); });
  };
  atlas.ringFocus = (code) => atlas.hover(code, null);
  atlas.ringChoice = () => atlas.panes.forEach((pane) => pane.ringChoice());
  atlas.restyle = function () {
    atlas.newInks();
    atlas.panes.forEach((pane) => pane.restyle());
  };
})(window.atlas);
