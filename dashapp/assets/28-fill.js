/* What fills an area: a step of the palette, or the pattern of a look that is no class; and how strong it is. */
"use strict";
(function (atlas) {
  const patterns = {};
  const FULL = 100, LEAST = 20;

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
  atlas.isClass = (look) => look >= "0" && look <= "4";
  atlas.lookFill = (look) => (atlas.isClass(look) ? atlas.colour(`--step-${look}`) : pattern(look));

  /* The strength of the colours in percent. A pattern stays as it is: it says that there is no figure. */
  atlas.fill = FULL;
  atlas.fillWords = () => (atlas.fill === FULL ? "" : String(atlas.fill));
  const whole = (said) => (Number(said) ? Math.min(FULL, Math.max(LEAST, Math.round(Number(said)))) : FULL);

  const show = function () {
    const range = atlas.byId("fill");
    range.value = atlas.fill;
    range.setAttribute("aria-valuetext", `${atlas.fill} %`);
    document.documentElement.style.setProperty("--fill", `${atlas.fill}%`);
  };

  atlas.readFill = function (said) {
    let kept = null;
    try { kept = localStorage.getItem("atlas-fill"); } catch (error) { /* private mode */ }
    const before = atlas.fill;
    atlas.fill = whole(said || kept);
    show();
    if (atlas.fill !== before && atlas.restyle) atlas.restyle();
  };

  let painting = 0;
  document.addEventListener("input", (event) => {
    if (event.target.id !== "fill") return;
    atlas.fill = whole(event.target.value);
    show();
    cancelAnimationFrame(painting);
    painting = requestAnimationFrame(() => atlas.restyle());
  });
  document.addEventListener("change", (event) => {
    if (event.target.id !== "fill") return;
    try { localStorage.setItem("atlas-fill", atlas.fill); } catch (error) { /* private mode */ }
    atlas.writeAddress({ replace: true });
  });
})(window.atlas);
