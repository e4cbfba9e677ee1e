/* The controls and the address: what is shown, what is chosen, and the one place that makes both whole.
   Native radio buttons and a native list: every keyboard, screen reader and phone knows them. */
"use strict";
(function (atlas, clientside) {
  const { h, put } = atlas;
  const narrow = matchMedia("(max-width: 900px)");
  const no = () => window.dash_clientside.no_update;

  const radios = (name, options, draw) => options.map((option) => h("label", {},
    h("input", { type: "radio", name, value: option.key, onchange: () => go({ [name]: option.key }) }), draw(option)));

  const build = function (catalog) {
    const subjects = [...new Set(catalog.layers.map((layer) => layer.subject))];
    put("layers", subjects.map((subject) => h("fieldset", {}, h("legend", {}, subject),
      radios("layer", catalog.layers.filter((layer) => layer.subject === subject), (layer) => h("span", { class: "choice" },
        h("span", { class: "title" }, layer.title), h("span", { class: "plain" }, layer.plain))))));
    put("schemes", radios("scheme", catalog.schemes, (scheme) => h("span", {}, scheme.title)));
    atlas.byId("period").addEventListener("change", (event) => go({ period: event.target.value }));
    document.addEventListener("click", (event) => {
      const button = event.target.closest("[data-step]");
      if (button) step(Number(button.dataset.step));
    });
  };

  const layerOf = (key) => atlas.catalog.layers.find((layer) => layer.key === key) || atlas.catalog.layers[0];
  atlas.schemeOf = (key) => atlas.catalog.schemes.find((scheme) => scheme.key === key) || atlas.catalog.schemes[0];

  /* A state that exists: a period that this layer lacks gives way to its newest; "2022-07" stands for the one date in it. */
  const whole = function (said) {
    const layer = layerOf(said.layer);
    const keys = layer.periods.map(([key]) => key);
    const near = keys.filter((key) => said.period && said.period.length === 7 && key.startsWith(`${said.period}-`));
    const period = keys.includes(said.period) ? said.period : near.length === 1 ? near[0] : keys[keys.length - 1];
    return { layer: layer.key, scheme: atlas.schemeOf(said.scheme).key, period };
  };

  atlas.otherLayers = () => atlas.catalog.layers.filter(({ key }) => key !== atlas.state.layer)
    .map(({ key }) => ({ ...whole({ ...atlas.state, layer: key }), ...atlas.choice }));

  const step = function (by) {
    const keys = layerOf(atlas.state.layer).periods.map(([key]) => key);
    const period = keys[keys.indexOf(atlas.state.period) + by];
    if (period) go({ period });
  };

  /* Move to another view. The area stays chosen while its scheme does. */
  const go = function (change, { remember = true } = {}) {
    const before = atlas.state;
    atlas.state = whole({ ...before, ...change });
    if (before && before.scheme !== atlas.state.scheme) { atlas.comparing = false; atlas.choice = { area: "", beside: "" }; }
    atlas.ask("state", { ...atlas.state, ...atlas.choice }, "view", "card");
    /* The question is on its way; what needs no answer is done while it travels. */
    setTimeout(() => { show(); if (remember) writeAddress(); }, 0);
  };

  const show = function () {
    const { layer, scheme, period } = atlas.state;
    const { periods, title } = layerOf(layer);
    document.querySelector("#rail-details summary").textContent = narrow.matches ? `Layer: ${title}` : "Layers";
    document.querySelectorAll("#layers input, #schemes input").forEach((input) => { input.checked = [layer, scheme].includes(input.value); });
    const list = atlas.byId("period");
    list.replaceChildren(...periods.map(([key, words]) => h("option", { value: key }, words)));
    list.value = period;
    const at = periods.findIndex(([key]) => key === period);
    const [earlier, later] = document.querySelectorAll("[data-step]");
    earlier.disabled = at <= 0;
    later.disabled = at === periods.length - 1;
  };

  const writeAddress = function () {
    const state = { ...atlas.state, ...atlas.choice };
    const query = new URLSearchParams(atlas.STATE.filter((key) => state[key]).map((key) => [key, state[key]]));
    const address = `${location.pathname}?${query}`;
    if (address === location.pathname + location.search) return;
    if (location.search) history.pushState(null, "", address);
    else history.replaceState(null, "", address);
  };

  const readAddress = function () {
    const said = Object.fromEntries(new URLSearchParams(location.search));
    atlas.state = null;
    atlas.choice = { area: said.area || "", beside: said.beside || "" };
    go(said, { remember: Object.keys(said).length === 0 });
    atlas.markChoice();
  };

  /* Choose an area, or a second one beside it; an empty code lets go. */
  atlas.choose = function (choice) {
    atlas.choice = { area: choice.area || "", beside: choice.area ? choice.beside || "" : "" };
    atlas.ask("choice", { ...atlas.state, ...atlas.choice }, "card");
    writeAddress();
    atlas.markChoice();
  };

  atlas.pick = function (code) {
    const { area, beside } = atlas.choice;
    if (atlas.comparing && area && code !== area) {
      atlas.comparing = false;
      atlas.choose({ area, beside: code });
    } else if (code === area && !beside) atlas.choose({ area: "" });
    else atlas.choose({ area: code });
  };

  clientside.start = function (catalog) {
    if (!catalog || atlas.catalog) return no();
    atlas.takeCatalog(catalog);
    build(catalog);
    readAddress();
    window.addEventListener("popstate", readAddress);
    const fold = () => { atlas.byId("rail-details").open = !narrow.matches; show(); };
    narrow.addEventListener("change", fold);
    fold();
    return no();
  };
})(window.atlas, window.dash_clientside.atlas);
