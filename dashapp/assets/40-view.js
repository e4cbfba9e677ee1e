/* Draw what the server says of a layer: title, words, legend, map and list. */
"use strict";
(function (atlas, clientside) {
  const { h, put } = atlas;
  let started = false;
  const LONG = 44;  // letters of a heading that would take more than two lines

  const swatch = (look) => h("span", { class: `swatch look-${look}`, "aria-hidden": "true" });
  atlas.swatch = swatch;
  const tags = (words) => words.map((word) => h("span", { class: "tag" }, word));
  atlas.tags = tags;

  const unit = (view) => view.title.slice(view.title.indexOf(": ") + 2);
  atlas.drawLegend = (id, view) => put(id,
    h("h2", {}, unit(view)),
    h("ul", {}, view.legend.map(([look, words, areas]) =>
      h("li", {}, swatch(look), h("span", { class: "range" }, words), h("span", { class: "n", title: "areas" }, areas)))));

  /* Above one of two maps: what it shows, of when, and the words that must stand beside it. */
  atlas.paneTitle = (view) => [h("h2", {}, view.title), h("p", { class: "tags" }, h("span", { class: "when-words" }, view.when), tags(view.tags))];

  /* The heading of the page: of one layer, or of both. */
  atlas.drawHeading = function () {
    const { view, second } = atlas;
    if (!view) return;
    const words = second ? `${atlas.nameOf(view.layer)} and ${atlas.nameOf(atlas.secondLayer())}` : view.title;
    const { one } = atlas.schemeOf(view.scheme);
    put("title", words);
    atlas.byId("title").classList.toggle("long", words.length > LONG);
    put("tags", h("span", { class: "when-words" }, second ? `Two layers by ${one}` : `${view.when}, by ${one}`), second ? [] : tags(view.tags));
    put("first-title", ...(second ? atlas.paneTitle(view) : []));
    document.title = `${words}${second ? "" : `, ${view.when}`} \u2013 Locality Atlas`;
  };

  atlas.fileOf = ({ layer, scheme, period, snapshot }) => `table.csv?${new URLSearchParams({ layer, scheme, period, snapshot })}`;

  clientside.drawView = function (view) {
    if (!atlas.isWanted("view", view)) return;
    if (view.error) { put("sentence", view.error); atlas.say(view.error); return; }
    if (!started) { started = true; atlas.themed(); }
    const { many, note } = atlas.schemeOf(view.scheme);
    atlas.view = view;
    atlas.withMap(() => atlas.panes[0].take(view));
    atlas.figures = view.values.split("|");
    atlas.drawHeading();
    put("sentence", view.sentence);
    put("scheme-note", note);
    atlas.drawLegend("legend", view);
    atlas.useScheme(view.scheme);
    atlas.drawFigures();
    atlas.byId("csv").setAttribute("href", atlas.fileOf(view));
    atlas.say(`${atlas.parted ? `${atlas.parted} ` : ""}${view.title}, by ${many}, ${view.when}. ${view.sentence}`);
    atlas.refreshTable();
    document.dispatchEvent(new CustomEvent("atlas:drawn", { detail: view.layer }));
  };

  atlas.markChoice = function () {
    atlas.ringChoice();
    atlas.markList();
    atlas.markTable();
  };
})(window.atlas, window.dash_clientside.atlas);
