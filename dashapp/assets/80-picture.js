/* A picture to take away: the map, or both, as they stand with title, words, legend, basis and source. */
"use strict";
(function (atlas) {
  const WIDTH = 1600, MARGIN = 48, BESIDE = 380;

  const wrap = function (pen, text, width) {
    const lines = [];
    let line = "";
    text.split(" ").forEach((word) => {
      if (line && pen.measureText(`${line} ${word}`).width > width) { lines.push(line); line = word; } else line = line ? `${line} ${word}` : word;
    });
    return [...lines, line];
  };
  const text = function (pen, words, x, y, font, width, step) {
    pen.font = font;
    wrap(pen, words, width).forEach((line) => { pen.fillText(line, x, y); y += step; });
    return y;
  };

  const drawWords = function (pen, node, [x, y], frame, scale) {
    const at = node.getBoundingClientRect();
    const style = getComputedStyle(node);
    if (!at.width || style.visibility === "hidden") return;
    pen.font = `${style.fontWeight} ${parseFloat(style.fontSize) * scale}px ${style.fontFamily}`;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    const middle = [x + (at.left + at.width / 2 - frame.left) * scale, y + (at.top + at.height / 2 - frame.top) * scale];
    pen.lineWidth = 4;
    pen.strokeStyle = atlas.colour("--halo");
    pen.strokeText(node.textContent, ...middle);
    pen.fillStyle = style.color;
    pen.fillText(node.textContent, ...middle);
  };

  const drawMap = function (pen, map, x, y, scale) {
    const box = map.getContainer();
    const frame = box.getBoundingClientRect();
    pen.save();
    pen.beginPath();
    pen.rect(x, y, frame.width * scale, frame.height * scale);
    pen.clip();
    pen.fillStyle = atlas.colour("--ground");
    pen.fillRect(x, y, frame.width * scale, frame.height * scale);
    box.querySelectorAll("canvas").forEach((canvas) => {
      const at = canvas.getBoundingClientRect();
      pen.drawImage(canvas, x + (at.left - frame.left) * scale, y + (at.top - frame.top) * scale, at.width * scale, at.height * scale);
    });
    box.querySelectorAll(".area-label b, .area-label i, .town span, .neighbour-name span").forEach((node) => drawWords(pen, node, [x, y], frame, scale));
    pen.restore();
    pen.textAlign = "left";
    pen.textBaseline = "middle";
    return frame.height * scale;
  };

  /* The legend of a map, and of the places on it. */
  const drawLegend = function (pen, view, x, y, width, family) {
    const plain = `400 21px ${family}`;
    y = text(pen, view.title.slice(view.title.indexOf(": ") + 2), x, y, `600 21px ${family}`, width, 28) + 4;
    view.legend.forEach(([look, words, areas]) => {
      pen.globalAlpha = atlas.isClass(look) ? atlas.fill / 100 : 1;
      pen.fillStyle = atlas.lookFill(look);
      pen.fillRect(x, y, 34, 24);
      pen.globalAlpha = 1;
      pen.strokeStyle = atlas.colour("--line");
      pen.lineWidth = 1;
      pen.strokeRect(x, y, 34, 24);
      pen.fillStyle = atlas.colour("--ink");
      text(pen, `${words}  (${areas})`, x + 46, y + 12, plain, width, 0);
      y += 34;
    });
    return y;
  };
  const drawPlaces = function (pen, x, y, width, family) {
    atlas.placeLegend().forEach(({ key, title, tags, kinds }) => {
      y = text(pen, [title, ...tags].join(" \u00b7 "), x, y + 20, `600 21px ${family}`, width, 28) + 4;
      kinds.forEach(([code, words]) => {
        atlas.drawSymbol(pen, atlas.symbolOf(key, code), x + 17, y, 9);
        y = text(pen, words, x + 46, y, `400 21px ${family}`, width - 46, 28);
      });
    });
    return y;
  };

  /* Drawn on a tall sheet, then cut where the words end. */
  const cut = function (sheet, height) {
    const canvas = document.createElement("canvas");
    canvas.width = sheet.width;
    canvas.height = height;
    canvas.getContext("2d").drawImage(sheet, 0, 0);
    return canvas;
  };

  /* One map with its legend beside it. */
  const drawOne = function (pen, pane, y, family) {
    const wide = WIDTH - 2 * MARGIN;
    const frame = pane.map.getContainer().getBoundingClientRect();
    const scale = Math.min((WIDTH - 3 * MARGIN - BESIDE) / frame.width, 1000 / frame.height);
    y = text(pen, pane.view.sentence, MARGIN, y + 10, `400 22px ${family}`, wide, 30) + 8;
    const height = drawMap(pen, pane.map, MARGIN, y, scale);
    const x = MARGIN * 2 + frame.width * scale;
    const end = drawPlaces(pen, x, drawLegend(pen, pane.view, x, y + 14, WIDTH - MARGIN - x, family), WIDTH - MARGIN - x, family);
    return Math.max(y + height, end);
  };

  /* Two maps beside each other, each under its own title and over its own legend and words. */
  const drawTwo = function (pen, panes, y, family) {
    const width = (WIDTH - 3 * MARGIN) / 2;
    const columns = panes.map(({ map, view }, number) => ({ map, view, x: MARGIN + number * (width + MARGIN) }));
    const tops = columns.map(({ view, x }) => text(pen, [view.when, ...view.tags].join("  \u00b7  "), x, text(pen, view.title, x, y + 12, `650 26px ${family}`, width, 34), `500 21px ${family}`, width, 28));
    const top = Math.max(...tops) + 4;
    const ends = columns.map(({ map, view, x }, number) => {
      const scale = width / map.getContainer().getBoundingClientRect().width;
      const below = drawLegend(pen, view, x, top + drawMap(pen, map, x, top, scale) + 30, width, family);
      const end = text(pen, view.sentence, x, below + 18, `400 21px ${family}`, width, 28);
      return number ? end : drawPlaces(pen, x, end, width, family);
    });
    return Math.max(...ends);
  };

  const draw = function () {
    const { view, second, panes } = atlas;
    const family = getComputedStyle(document.body).fontFamily;
    const canvas = document.createElement("canvas");
    canvas.width = WIDTH;
    canvas.height = 3200;
    const pen = canvas.getContext("2d");
    pen.fillStyle = atlas.colour("--paper");
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.fillStyle = atlas.colour("--ink");
    pen.textBaseline = "middle";
    const wide = WIDTH - 2 * MARGIN;
    const { one, note } = atlas.schemeOf(view.scheme);
    const about = second ? [atlas.catalog.council, `by ${one}`] : [`${atlas.catalog.council}, ${view.when}, by ${one}`, ...view.tags];
    let y = text(pen, atlas.byId("title").textContent, MARGIN, MARGIN + 14, `700 38px ${family}`, wide, 46);
    y = text(pen, about.join("  \u00b7  "), MARGIN, y + 4, `500 24px ${family}`, wide, 32);
    y = (second ? drawTwo(pen, panes, y, family) : drawOne(pen, panes[0], y, family)) + 34;
    pen.fillStyle = atlas.colour("--soft");
    const audience = panes.every((pane) => pane.view.tags.includes("synthetic")) ? "Synthetic demonstration data." : "Officers only: contains small counts. Do not share.";
    y = text(pen, `${audience} ${note} Snapshot ${view.snapshot}. Contains National Statistics and OS data \u00a9 Crown copyright and database right.`, MARGIN, y, `400 18px ${family}`, wide, 26);
    return cut(canvas, Math.min(canvas.height, y + MARGIN / 2));
  };

  const nameOf = function () {
    const { layer, scheme, period } = atlas.view;
    const { second } = atlas;
    const synthetic = atlas.panes.every((pane) => pane.view.tags.includes("synthetic"));
    const words = [layer, ...(second ? ["with", atlas.secondLayer()] : []), scheme, period, synthetic ? "synthetic" : "officer-only"];
    return `${words.join("_").replace(/[/:]/g, "-")}.png`;
  };

  document.addEventListener("click", (event) => {
    if (!event.target.closest("#png") || !atlas.panes.length || !atlas.panes.every((pane) => pane.isDrawn())) return;
    const name = nameOf();
    draw().toBlob((blob) => {
      const link = atlas.h("a", { href: URL.createObjectURL(blob), download: name });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    });
  });
})(window.atlas);
