/* The symbols of places: one outline serves the canvas of the map and the page; kinds differ by shape, sets by colour. */
"use strict";
(function (atlas) {
  const { h } = atlas;
  const SVG = "http://www.w3.org/2000/svg";

  /* Outlines about one unit from their middle. */
  const SHAPES = [
    "M.92 0A.92.92 0 1 1-.92 0A.92.92 0 1 1 .92 0Z",
    "M-.84-.84H.84V.84H-.84Z",
    "M0-1.08L1.05.78H-1.05Z",
    "M0-1.18L1.1 0L0 1.18L-1.1 0Z",
    "M0 1.08L1.05-.78H-1.05Z",
    "M-.38-1.05H.38V-.38H1.05V.38H.38V1.05H-.38V.38H-1.05V-.38H-.38Z",
    "M0-1.2L.32-.42L1.15-.37L.5.16L.71.97L0 .52L-.71.97L-.5.16L-1.15-.37L-.32-.42Z",
    "M-.95-.55L0-1.15L.95-.55V.9H-.95Z",
    "M-.55-1H.55L1.1 0L.55 1H-.55L-1.1 0Z",
    "M-1-.6A1 1 0 0 1 1-.6V.9H-1Z",
    "M-.7-1.1H.7L.25 0L.7 1.1H-.7L-.25 0Z",
    "M-1.1-.7V.7L0 .25L1.1.7V-.7L0-.25Z",
  ];
  const COLOURS = 2;

  /* Each kind of each set has its own shape, while there are enough of them: the plainest for what there is most of. */
  let order = null;
  const ranked = () => atlas.catalog.places.flatMap(({ key, kinds }) => kinds.map(([code, , count]) => ({ name: `${key} ${code}`, count })))
    .sort((a, b) => b.count - a.count).map(({ name }) => name);
  atlas.symbolOf = function (set, kind) {
    order = order || ranked();
    const index = atlas.catalog.places.findIndex(({ key }) => key === set);
    return { shape: SHAPES[Math.max(0, order.indexOf(`${set} ${kind}`)) % SHAPES.length], colour: `--place-${Math.max(0, index) % COLOURS}` };
  };

  atlas.symbol = function (set, kind) {
    const { shape, colour } = atlas.symbolOf(set, kind);
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", shape);
    const svg = document.createElementNS(SVG, "svg");
    Object.entries({ class: "symbol", viewBox: "-1.5 -1.5 3 3", "aria-hidden": "true", style: `--own:var(${colour})` }).forEach(([name, value]) => svg.setAttribute(name, value));
    svg.append(path);
    return svg;
  };

  /* Draw a symbol with a halo, so that it stands out from any area. */
  const paths = {};
  let inks = {};
  atlas.newInks = () => { inks = {}; };
  const ink = (name) => (inks[name] = inks[name] || atlas.colour(name));
  atlas.drawSymbol = function (pen, { shape, colour }, x, y, radius) {
    const path = paths[shape] = paths[shape] || new Path2D(shape);
    pen.save();
    pen.translate(x, y);
    pen.scale(radius, radius);
    pen.globalAlpha = 1;
    pen.setLineDash([]);
    pen.lineJoin = "round";
    pen.lineWidth = 3 / radius;
    pen.strokeStyle = ink("--halo");
    pen.stroke(path);
    pen.fillStyle = ink(colour);
    pen.fill(path);
    pen.restore();
  };

  /* A marker of the map's own canvas: no element for each place, and the areas below still answer between them. */
  let Marker = null;
  const HALO_PX = 3, REACH_PX = 4;
  atlas.placeMarker = function (at, options) {
    Marker = Marker || window.L.CircleMarker.extend({
      _updatePath() {
        const renderer = this._renderer;
        if (!renderer._drawing || this._empty()) return;
        atlas.drawSymbol(renderer._ctx, this.options.symbol, this._point.x, this._point.y, this._radius);
      },
      _containsPoint(point) { return point.distanceTo(this._point) <= this._radius + REACH_PX; },
    });
    return new Marker(at, { weight: HALO_PX, ...options });
  };
})(window.atlas);
