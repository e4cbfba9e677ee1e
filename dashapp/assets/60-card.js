/* The card of the chosen area, or of two side by side, with a small trend. */
"use strict";
(function (atlas, clientside) {
  const { h, put } = atlas;
  const SVG = "http://www.w3.org/2000/svg";

  const s = function (tag, attributes, ...children) {
    const node = document.createElementNS(SVG, tag);
    Object.entries(attributes).forEach(([name, value]) => node.setAttribute(name, value));
    node.append(...children);
    return node;
  };

  /* A line without axes: the words beside it carry the figures. Gaps stay gaps. */
  const trend = function (every, when, monthly) {
    const faces = every.filter((face) => face.trend.some((value) => value !== null));
    const points = faces.map((face) => face.trend);
    const all = points.flat().filter((value) => value !== null);
    if (all.length < 2) return null;
    const [width, height, pad] = [280, 64, 6];
    const low = Math.min(0, ...all), high = Math.max(...all, low + 1e-9);
    const x = (index, count) => pad + (index * (width - 2 * pad)) / Math.max(1, count - 1);
    const y = (value) => height - pad - ((value - low) * (height - 2 * pad)) / (high - low);
    const lines = points.map((values, number) => {
      const path = values.map((value, index) => (value === null ? "" : `${index && values[index - 1] !== null ? "L" : "M"}${x(index, values.length).toFixed(1)} ${y(value).toFixed(1)}`)).join("");
      const last = values.findLastIndex((value) => value !== null);
      return s("g", { class: `line line-${number}` }, s("path", { d: path }), s("circle", { cx: x(last, values.length), cy: y(values[last]), r: 3 }));
    });
    const words = faces.map((face) => `${face.name} from ${face.trend.find((one) => one !== null)} to ${face.trend.findLast((one) => one !== null)}`).join("; ");
    return h("figure", { class: "trend" },
      s("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": `Trend from ${when[0]} to ${when[1]}: ${words}` },
        s("line", { class: "zero", x1: pad, x2: width - pad, y1: y(0), y2: y(0) }), ...lines),
      h("figcaption", {}, h("span", {}, when[0]), monthly ? h("span", {}, "month by month") : "", h("span", {}, when[1])));
  };

  /* Value and interval of two areas on one scale: numbers first, bars to see them. */
  const bars = function (faces) {
    const high = Math.max(...faces.map((face) => face.bounds[2] ?? face.bounds[0] ?? 0));
    const low = Math.min(0, ...faces.map((face) => face.bounds[1] ?? face.bounds[0] ?? 0));
    if (!(high > low)) return null;
    const at = (value) => `${(((value - low) / (high - low)) * 100).toFixed(1)}%`;
    return h("div", { class: "bars", "aria-hidden": "true" }, faces.map((face, number) => {
      const [value, lower, upper] = face.bounds;
      if (value === null) return "";
      return h("div", { class: `bar bar-${number}` },
        lower === null ? "" : h("span", { class: "interval", style: `left:${at(lower)};width:calc(${at(upper)} - ${at(lower)})` }),
        h("span", { class: "dot", style: `left:${at(value)}` }));
    }));
  };

  const figures = (one, unit) => [
    one.why ? h("p", { class: "why" }, one.why) : h("p", { class: "value" }, h("b", {}, one.value), " ", h("span", {}, unit)),
    one.interval ? h("p", {}, `95% interval ${one.interval}`) : "",
    [one.rank, one.versus, one.change].filter(Boolean).map((words) => h("p", { class: "fact-line" }, words)),
    one.count ? h("p", { class: "count" }, one.count) : ""];
  const face = (one, unit) => h("div", { class: "face" }, h("h3", {}, one.name), figures(one, unit));

  /* With two layers each area has the figures of both, each under its own title and date. */
  const titled = (card, one) => h("div", { class: "layer-figures" }, h("h4", {}, `${card.title}, ${card.on}`), figures(one, card.unit),
    trend([one], card.when, card.monthly) || "");
  const faceOfTwo = (first, second) => (one, index) => h("div", { class: "face" }, h("h3", {}, one.name),
    h("div", { class: "both" }, titled(first, one), titled(second, second.faces[index])));

  const besideIt = function (card) {
    const second = atlas.second && atlas.secondCard;
    return second && second.faces.length === card.faces.length && second.faces.every((one, index) => one.code === card.faces[index].code) ? second : null;
  };

  const actions = function (card) {
    if (!card.chosen) return h("p", { class: "hint" }, "Choose an area on the map or in the list.");
    const compare = () => { atlas.comparing = !atlas.comparing; atlas.redrawCard(); if (atlas.comparing) atlas.say("Choose a second area on the map or in the list."); };
    const two = card.faces.length === 2;
    return h("div", { class: "actions" },
      h("button", { type: "button", "data-act": "zoom", onclick: () => atlas.zoomTo(atlas.choice.area) }, "Zoom to it"),
      two ? h("button", { type: "button", "data-act": "compare", onclick: () => atlas.choose({ area: atlas.choice.area }) }, "End comparison")
          : h("button", { type: "button", "data-act": "compare", "aria-pressed": String(atlas.comparing), onclick: compare }, atlas.comparing ? "Now choose a second area" : "Compare areas"),
      h("button", { type: "button", "data-act": "clear", onclick: () => { atlas.comparing = false; atlas.choose({ area: "" }); } }, "Clear"));
  };

  let shown = null;
  clientside.drawCard = function (card) {
    if (!atlas.isWanted("card", card) || card.error) return;
    shown = card;
    atlas.redrawCard();
    atlas.askAhead(atlas.otherLayers);
    const said = (one) => [one.name, one.why || `${one.value} ${card.unit}`, one.rank, one.change].filter(Boolean).join(". ");
    if (card.chosen) atlas.say(card.faces.map(said).join(" "));
  };

  atlas.redrawCard = function () {
    if (!shown) return;
    const card = shown, second = besideIt(card);
    const two = card.faces.length === 2;
    const act = atlas.byId("card").contains(document.activeElement) ? document.activeElement.dataset.act : null;
    put("card",
      h("p", { class: "place" }, two ? "Side by side" : card.chosen ? card.place[0].toUpperCase() + card.place.slice(1) : "The whole county", " ",
        atlas.tags([...new Set([...card.tags, ...(second ? second.tags : [])])])),
      h("div", { class: two ? "faces two" : "faces" }, card.faces.map(second ? faceOfTwo(card, second) : (one) => face(one, card.unit))),
      two && !second ? bars(card.faces) || "" : "",
      card.difference ? h("p", { class: "difference" }, second ? `${card.title}: ${card.difference}` : card.difference) : "",
      second && second.difference ? h("p", { class: "difference" }, `${second.title}: ${second.difference}`) : "",
      second ? "" : trend(card.faces, card.when, card.monthly) || "",
      actions(card));
    if (act) (atlas.byId("card").querySelector(`[data-act=${act}]`) || document.querySelector("#area-list [tabindex='0']"))?.focus();
  };
})(window.atlas, window.dash_clientside.atlas);
