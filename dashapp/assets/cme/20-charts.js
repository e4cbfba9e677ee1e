/* The charts: each is drawn when it comes near the screen, again in other colours or at another width, and for paper. */
"use strict";
(function (atlas) {
  const NEAR = "600px", NARROW_PX = 480, WIDE_PX = 640, TWO_PX = 820, PAPER_PX = 660, SETTLED_MS = 120;
  const CONFIG = { displayModeBar: false, scrollZoom: false, doubleClick: false, showTips: false, showAxisDragHandles: false };
  let boxes = [];
  const specs = new Map(), widths = new Map();
  let script = null, onPaper = false;

  /* Plotly is large, so the page asks for it when the first chart is near. */
  const plotly = function () {
    script = script || new Promise((resolve, reject) => {
      if (window.Plotly) { resolve(window.Plotly); return; }
      const source = document.querySelector("[data-plotly]");
      if (!source) { reject(new Error("no address")); return; }
      document.head.append(atlas.h("script", { src: source.dataset.plotly, onload: () => (window.Plotly ? resolve(window.Plotly) : reject(new Error("no Plotly"))), onerror: () => reject(new Error("not loaded")) }));
    });
    return script;
  };

  const specOf = function (box) {
    if (!specs.has(box)) specs.set(box, JSON.parse(atlas.byId(`chart-${box.dataset.chart}`).textContent));
    return structuredClone(specs.get(box));
  };

  /* Names of colours become the colours of the theme; text is the page's. */
  const resolved = function (value, style) {
    if (typeof value === "string") {
      const name = /^var\((--[\w-]+)\)$/.exec(value);
      return name ? style.getPropertyValue(name[1]).trim() : value;
    }
    if (Array.isArray(value)) return value.map((one) => resolved(one, style));
    if (value && typeof value === "object") {
      return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, resolved(one, style)]));
    }
    return value;
  };

  /* Panels that stand one under the other stand side by side where there is room. */
  const arrange = function (layout, width) {
    const { panels, whole, head, body, names } = layout.meta || {};
    /* A wider plot has room for more names. */
    if (names && width >= WIDE_PX) layout.annotations = names;
    if (!panels || panels < 2 || width < TWO_PX) return;
    const { l, r } = layout.margin, rows = Math.ceil(panels / 2), inner = width - l - r, column = (inner - l - r) / 2 / inner;
    layout.height = rows * whole + layout.margin.t + layout.margin.b;
    for (let number = 0; number < panels; number += 1) {
      const tail = number ? number + 1 : "", row = Math.floor(number / 2), top = 1 - (row * whole + head) / (rows * whole);
      layout[`xaxis${tail}`].domain = number % 2 ? [1 - column, 1] : [0, column];
      layout[`yaxis${tail}`].domain = [Math.max(0, top - body / (rows * whole)), top];
    }
  };

  const draw = function (box, Plotly) {
    const style = getComputedStyle(document.documentElement), spec = resolved(specOf(box), style);
    const width = onPaper ? Math.min(PAPER_PX, box.clientWidth || PAPER_PX) : box.clientWidth;
    if (!width) return null;
    widths.set(box, width);
    spec.layout.width = width;
    spec.layout.autosize = false;
    spec.layout.font.family = getComputedStyle(document.body).fontFamily;
    if (width < NARROW_PX) spec.data.forEach((trace) => { if (trace.textfont) trace.textfont.size = 11; });
    arrange(spec.layout, width);
    box.style.minHeight = `${spec.layout.height}px`;
    return Plotly.react(box, spec.data, spec.layout, CONFIG).then(() => {
      /* The box has the words; what is drawn in it would be read letter by letter. */
      [...box.children].forEach((part) => part.setAttribute("aria-hidden", "true"));
      box.dataset.drawn = "";
    });
  };

  /* Without Plotly the figures are still there: in the table beneath, which is opened. */
  const giveUp = function (box) {
    if (box.classList.contains("undrawn")) return;
    box.classList.add("undrawn");
    box.removeAttribute("role");
    box.removeAttribute("aria-label");
    box.textContent = "This chart could not be drawn. Its figures are in the table beneath.";
    openTable(box);
  };
  const openTable = function (box) {
    const figure = box.closest("figure") || box;
    const found = [figure.querySelector("details"), figure.nextElementSibling, figure.parentElement.querySelector("details")];
    const details = found.find((one) => one && one.tagName === "DETAILS");
    if (details) details.open = true;
  };

  const show = async function (box) {
    let Plotly;
    try { Plotly = await plotly(); } catch (error) { giveUp(box); return; }
    /* Another year may have taken the place of this one meanwhile. */
    if (!box.isConnected) return;
    try { await draw(box, Plotly); } catch (error) { console.error(error); giveUp(box); }
  };
  const drawn = () => boxes.filter((box) => box.isConnected && "drawn" in box.dataset);
  const again = () => { if (window.Plotly) drawn().forEach((box) => draw(box, window.Plotly)); };

  /* For whoever prints by a button: every chart is there before the print begins. */
  atlas.drawCharts = () => Promise.all(boxes.filter((box) => !("drawn" in box.dataset)).map(show));

  const seen = new IntersectionObserver((entries) => entries.filter((entry) => entry.isIntersecting).forEach((entry) => {
    seen.unobserve(entry.target);
    show(entry.target);
  }), { rootMargin: NEAR });
  let settling = null;
  const sized = new ResizeObserver(() => {
    clearTimeout(settling);
    settling = setTimeout(() => {
      if (onPaper || !window.Plotly) return;
      drawn().filter((box) => box.clientWidth && box.clientWidth !== widths.get(box)).forEach((box) => draw(box, window.Plotly));
    }, SETTLED_MS);
  });

  /* Charts of a part of the page that came later; those of the part that it took the place of are let go. */
  atlas.watchCharts = function (root) {
    boxes = boxes.filter((box) => {
      if (box.isConnected) return true;
      seen.unobserve(box);
      sized.unobserve(box);
      if (window.Plotly && "drawn" in box.dataset) window.Plotly.purge(box);
      return false;
    });
    const fresh = [...root.querySelectorAll(".chart[data-chart]")].filter((box) => !boxes.includes(box));
    boxes.push(...fresh);
    fresh.forEach((box) => { seen.observe(box); sized.observe(box); });
  };
  atlas.watchCharts(document);

  /* The theme is an attribute of the page, or the system's wish; whichever script sets it. */
  new MutationObserver(() => { if (!onPaper) again(); }).observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);

  /* Paper is light. A print does not wait, so charts whose script is not there yet leave their place to the tables. */
  let before = null;
  addEventListener("beforeprint", () => {
    if (onPaper) return;
    onPaper = true;
    before = document.documentElement.dataset.theme || null;
    document.documentElement.dataset.theme = "light";
    boxes.filter((box) => box.isConnected).forEach((box) => { if (window.Plotly) draw(box, window.Plotly); else openTable(box); });
  });
  addEventListener("afterprint", () => {
    if (!onPaper) return;
    if (before) document.documentElement.dataset.theme = before; else delete document.documentElement.dataset.theme;
    onPaper = false;
    again();
  });
})(window.atlas);
