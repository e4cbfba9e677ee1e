/* The controls: native radio buttons, boxes and lists, which every keyboard, screen reader and phone knows. */
"use strict";
(function (atlas, clientside) {
  const { h, put } = atlas;
  const narrow = matchMedia("(max-width: 900px)");

  const radio = (name, value, id) => h("input", { type: "radio", name, value, id, onchange: () => atlas.go({ [name]: name === "layer" ? atlas.fullKey(value) : value }) });

  /* A layer is one radio button; its plain line and its variants show while it is the chosen one. */
  const layerRow = function (layer) {
    const { key, title, plain, choice, variants } = layer;
    const input = radio("layer", key);
    input.setAttribute("aria-describedby", `plain-${key}`);
    const select = variants && h("select", { class: "period", "aria-label": `${choice} (${title})`, "data-variants": key, onchange: (event) => atlas.go({ layer: `${key}:${event.target.value}` }) },
      variants.map(([code, words]) => h("option", { value: code }, words)));
    return h("div", { class: "layer", "data-layer": key },
      h("label", {}, input, h("span", { class: "title" }, title)),
      h("div", { class: "more" }, h("p", { class: "plain", id: `plain-${key}` }, plain),
        select ? h("label", { class: "variant" }, choice === title ? "" : h("span", {}, choice), select) : ""));
  };

  const build = function (catalog) {
    const subjects = [...new Set(catalog.layers.map((layer) => layer.subject))];
    put("layers", subjects.map((subject) => h("fieldset", {}, h("legend", {}, subject),
      catalog.layers.filter((layer) => layer.subject === subject).map(layerRow))));
    put("schemes", catalog.schemes.map((scheme) => h("label", {}, radio("scheme", scheme.key), h("span", {}, scheme.title))));
    atlas.byId("period").addEventListener("change", (event) => atlas.go({ period: event.target.value }));
    document.addEventListener("click", (event) => {
      const button = event.target.closest("[data-step]");
      if (button) atlas.step(Number(button.dataset.step));
    });
  };

  /* Areas that the layer does not come in cannot be chosen; the reason stands beside them. */
  const showSchemes = function () {
    const offered = atlas.schemesOffered();
    const [{ title }, other] = [atlas.layerOf(atlas.state.layer), atlas.second && atlas.layerOf(atlas.second.layer)];
    const words = offered.map((key) => atlas.schemeOf(key).title);
    const list = [words.slice(0, -1).join(", "), words[words.length - 1]].filter(Boolean).join(" and ");
    const all = offered.length === atlas.catalog.schemes.length;
    const why = all ? "" : other && other.title !== title ? `${title} and ${other.title} can both be shown by: ${list}.` : `${title} can be shown by: ${list}.`;
    put("scheme-why", [atlas.parted, why].filter(Boolean).join(" "));
    atlas.byId("scheme-why").hidden = !why && !atlas.parted;
    document.querySelectorAll("#schemes input").forEach((input) => {
      const off = !offered.includes(input.value);
      input.disabled = off;
      input.checked = input.value === atlas.state.scheme;
      if (off) { input.parentNode.title = why; input.setAttribute("aria-describedby", "scheme-why"); }
      else { input.parentNode.removeAttribute("title"); input.removeAttribute("aria-describedby"); }
    });
  };

  const showLayers = function () {
    const { key } = atlas.layerOf(atlas.state.layer);
    document.querySelectorAll("#layers .layer").forEach((row) => {
      const chosen = row.dataset.layer === key;
      row.classList.toggle("chosen", chosen);
      row.querySelector("input").checked = chosen;
    });
    const list = document.querySelector(`#layers [data-variants="${key}"]`);
    if (list) list.value = atlas.state.layer.split(":")[1];
    document.querySelector("#rail-details summary").textContent = narrow.matches ? `Layer: ${atlas.nameOf(atlas.state.layer)}` : "Layers";
  };

  /* Write the periods of a layer into a list, and which is chosen. */
  atlas.fillPeriods = function (list, layer, period) {
    list.replaceChildren(...atlas.periodsOf(layer).map(([key, words]) => h("option", { value: key }, words)));
    list.value = period;
  };

  const showPeriod = function () {
    const { layer, period } = atlas.state;
    const periods = atlas.periodsOf(layer);
    const at = periods.findIndex(([key]) => key === period);
    atlas.fillPeriods(atlas.byId("period"), layer, period);
    const [earlier, later] = document.querySelectorAll("[data-step]");
    earlier.disabled = at <= 0;
    later.disabled = at === periods.length - 1;
  };

  atlas.showState = function () {
    if (!atlas.state) return;
    showLayers();
    showSchemes();
    showPeriod();
    atlas.showSecond();
    atlas.showPlaces();
  };

  clientside.start = function (catalog) {
    if (!catalog || atlas.catalog) return window.dash_clientside.no_update;
    atlas.takeCatalog(catalog);
    build(catalog);
    atlas.buildPlaces();
    atlas.readAddress();
    window.addEventListener("popstate", atlas.readAddress);
    const fold = () => { atlas.byId("rail-details").open = !narrow.matches; atlas.showState(); };
    narrow.addEventListener("change", fold);
    fold();
    return window.dash_clientside.no_update;
  };
})(window.atlas, window.dash_clientside.atlas);
