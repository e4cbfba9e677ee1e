/* Published figures of the council beside its region and England; then the page begins. */
"use strict";
(function (atlas, data) {
  const { h, byId } = atlas;
  let asked = 0;

  const show = async function (chosen, focus) {
    asked += 1;
    const mine = asked, box = byId("figures-box");
    const found = await data.get(`data/figures.json?${new URLSearchParams(chosen)}`);
    if (mine !== asked) return;
    if (!found.ok) { box.replaceChildren(h("p", { class: "refusal still" }, found.error)); return; }
    if (!found.files.length) {
      box.replaceChildren(data.note("None are loaded. Add a file of open statistics above: published indicators, or EHC plans by authority and year."));
      return;
    }
    const pick = (key, label, values, change) => h("div", { class: "field" }, h("label", { for: `figures-${key}` }, label),
      data.choose(`figures-${key}`, values, found[key], { onchange: (event) => show(change(event.target.value), `figures-${key}`) }));
    const { file, indicator, breakdown } = found;
    const rows = found.lines.map((line) => [
      line.level === "region" ? `${line.area} (region)` : line.area,
      ...line.cells.map((cell, place) => (line.numeric[place] ? cell : h("span", { class: "hint" }, cell))),
    ]);
    box.replaceChildren(
      h("div", { class: "columns picks" },
        pick("file", "File", found.files.map((one) => [one, one]), (value) => ({ file: value })),
        pick("indicator", "Indicator", found.indicators.map((one) => [one.key, one.title]), (value) => ({ file, indicator: value })),
        found.breakdowns.length > 1 || found.breakdowns[0] ? pick("breakdown", "Breakdown", found.breakdowns.map((one) => [one, one || "none"]), (value) => ({ file, indicator, breakdown: value })) : ""),
      h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": found.title },
        h("table", { class: "figures" }, h("caption", {}, found.title, found.basis.map((word) => h("span", { class: "tag" }, word))),
          h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Area"), found.periods.map((period) => h("th", { scope: "col", class: "numeric" }, period)))),
          h("tbody", {}, rows.map((cells) => h("tr", {}, cells.map((cell, place) => (place ? h("td", { class: "numeric" }, cell) : h("th", { scope: "row" }, cell)))))))),
      ...found.notes.map((note) => h("p", { class: "look-at" }, note)),
      h("p", { class: "hint" }, `${found.source} Periods are called as in the file.`),
      h("p", {}, h("a", { class: "button", href: found.csv, download: "" }, "Download these figures (CSV)")));
    if (focus) { byId(focus).focus(); atlas.say(`${found.title}: ${data.count(rows.length, "area")}, ${data.count(found.periods.length, "period")}.`); }
  };

  let shownOf = null;
  data.painter(function (state) {
    if (shownOf !== state.snapshot) { shownOf = state.snapshot; show({}); }
  });

  atlas.themed();
  data.post("data/warm");
  data.refresh().then(() => data.rejoin(data.state && data.state.job));
})(window.atlas, window.atlas.data);
