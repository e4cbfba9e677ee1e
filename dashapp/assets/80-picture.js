/* A picture to take away: the map as it stands with its title, words, legend, basis and source. */
"use strict";
(function (atlas) {
  const WIDTH = 1600, MARGIN = 48;

  const wrap = function (pen, text, width) {
    const lines = [];
    let line = "";
    text.split(" ").forEach((word) => {
      if (line && pen.measureText(`${line} ${word}`).width > width) { lines.push(line); line = word; } else line = line ? `${line} ${word}` : word;
    });
    return [...lines, line];
  };

  const drawMap = function (pen, x, y, scale) {
    const box = atlas.map.getContainer();
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
    box.querySelectorAll(".area-label b, .area-label i, .town span, .neighbour-name span").forEach((text) => {
      const at = text.getBoundingClientRect();
      const style = getComputedStyle(text);
      if (!at.width || style.visibility === "hidden") return;
      pen.font = `${style.fontWeight} ${parseFloat(style.fontSize) * scale}px ${style.fontFamily}`;
      pen.textAlign = "center";
      pen.textBaseline = "middle";
      const middle = [x + (at.left + at.width / 2 - frame.left) * scale, y + (at.top + at.height / 2 - frame.top) * scale];
      pen.lineWidth = 4;
      pen.strokeStyle = atlas.colour("--halo");
      pen.strokeText(text.textContent, ...middle);
      pen.fillStyle = style.color;
      pen.fillText(text.textContent, ...middle);
    });
    pen.restore();
    return frame.height * scale;
  };

  const drawLegend = function (pen, x, y) {
    document.querySelectorAll("#legend li").forEach((row, index) => {
      const [look, words, areas] = atlas.view.legend[index];
      const sample = atlas.lookFill(look);
      pen.fillStyle = sample;
      pen.fillRect(x, y, 34, 24);
      pen.strokeStyle = atlas.colour("--line");
      pen.strokeRect(x, y, 34, 24);
      pen.fillStyle = atlas.colour("--ink");
      pen.fillText(`${words}  (${areas})`, x + 46, y + 12);
      y += 34;
    });
    return y;
  };

  const text = function (pen, words, x, y, font, width, step) {
    pen.font = font;
    wrap(pen, words, width).forEach((line) => { pen.fillText(line, x, y); y += step; });
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

  const draw = function () {
    const { view } = atlas;
    const family = getComputedStyle(document.body).fontFamily;
    const frame = atlas.map.getContainer().getBoundingClientRect();
    const scale = Math.min((WIDTH - 3 * MARGIN - 380) / frame.width, 1000 / frame.height);
    const canvas = document.createElement("canvas");
    canvas.width = WIDTH;
    canvas.height = Math.max(frame.height * scale, 420) + 430;
    const pen = canvas.getContext("2d");
    pen.fillStyle = atlas.colour("--paper");
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.fillStyle = atlas.colour("--ink");
    pen.textBaseline = "middle";
    const wide = WIDTH - 2 * MARGIN;
    let y = text(pen, view.title, MARGIN, MARGIN + 14, `700 38px ${family}`, wide, 46);
    const { one, note } = atlas.schemeOf(view.scheme);
    y = text(pen, [`${atlas.catalog.council}, ${view.when}, by ${one}`, ...view.tags].join("  \u00b7  "), MARGIN, y + 4, `500 24px ${family}`, wide, 32);
    y = text(pen, view.sentence, MARGIN, y + 10, `400 22px ${family}`, wide, 30) + 8;
    const height = drawMap(pen, MARGIN, y, scale);
    pen.textAlign = "left";
    pen.textBaseline = "middle";
    pen.font = `400 21px ${family}`;
    const beside = MARGIN * 2 + frame.width * scale;
    const top = text(pen, view.title.split(": ").pop(), beside, y + 14, `600 21px ${family}`, WIDTH - MARGIN - beside, 28);
    pen.font = `400 21px ${family}`;
    drawLegend(pen, beside, top + 4);
    y += Math.max(height, 420) + 34;
    pen.fillStyle = atlas.colour("--soft");
    const audience = view.tags.includes("synthetic") ? "Synthetic demonstration data." : "Officers only: contains small counts. Do not share.";
    y = text(pen, `${audience} ${note} Snapshot ${view.snapshot}. Contains National Statistics and OS data \u00a9 Crown copyright and database right.`, MARGIN, y, `400 18px ${family}`, wide, 26);
    return cut(canvas, y + MARGIN / 2);
  };

  document.addEventListener("click", (event) => {
    if (!event.target.closest("#png") || !atlas.isDrawn()) return;
    const { layer, scheme, period, tags } = atlas.view;
    const mark = tags.includes("synthetic") ? "synthetic" : "officer-only";
    draw().toBlob((blob) => {
      const link = atlas.h("a", { href: URL.createObjectURL(blob), download: `${[layer, scheme, period.replace("/", "-"), mark].join("_")}.png` });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    });
  });
})(window.atlas);
