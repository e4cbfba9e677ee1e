/* Draw what the server says of a layer: title, words, legend, map and list. */
"use strict";
(function (atlas, clientside) {
  const { h, put } = atlas;
  let started = false;

  const swatch = (look) => h("span", { class: `swatch look-${look}`, "aria-hidden": "true" });
  atlas.swatch = swatch;

  const drawLegend = (view) => put("legend",
    h("h2", {}, view.title.split(": ").pop()),
    h("ul", {}, view.legend.map(([look, words, areas]) =>
      h("li", {}, swatch(look), h("span", { class: "range" }, words), h("span", { class: "n", title: "areas" }, areas)))));

  const tags = (words) => words.map((word) => h("span", { class: "tag" }, word));
  atlas.tags = tags;

  clientside.drawView = function (view) {
    if (!atlas.isWanted("view", view)) return;
    if (view.error) { put("sentence", view.error); atlas.say(view.error); return; }
    if (!started) { started = true; atlas.themed(); }
    const { one, many, note } = atlas.schemeOf(view.scheme);
    atlas.view = view;
    atlas.figures = view.values.split("|");
    put("title", view.title);
    put("tags", h("span", { class: "when-words" }, `${view.when}, by ${one}`), tags(view.tags));
    put("sentence", view.sentence);
    put("scheme-note", note);
    drawLegend(view);
    atlas.useScheme(view.scheme);
    atlas.drawFigures();
    const query = new URLSearchParams({ layer: view.layer, scheme: view.scheme, period: view.period, snapshot: view.snapshot });
    atlas.byId("csv").setAttribute("href", `table.csv?${query}`);
    document.title = `${view.title}, ${view.when} \u2013 Locality Atlas`;
    atlas.say(`${view.title}, by ${many}, ${view.when}. ${view.sentence}`);
    atlas.refreshTable();
    document.dispatchEvent(new CustomEvent("atlas:drawn", { detail: view.layer }));
  };

  atlas.markChoice = function () {
    atlas.ringChoice();
    atlas.markList();
    atlas.markTable();
  };
})(window.atlas, window.dash_clientside.atlas);
