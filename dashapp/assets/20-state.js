/* What is shown and chosen: the one place that makes a state whole, asks for it and writes it into the address. */
"use strict";
(function (atlas) {
  const SHOWN = ["layer", "scheme", "period"];
  const NOTHING = { area: "", beside: "" };
  const familyOf = (key) => (key || "").split(":")[0];

  atlas.layerOf = (key) => atlas.catalog.layers.find((layer) => layer.key === familyOf(key)) || atlas.catalog.layers[0];
  atlas.schemeOf = (key) => atlas.catalog.schemes.find((scheme) => scheme.key === key) || atlas.catalog.schemes[0];

  /* The full key of a layer: one with variants is always shown in one of them, the one seen last by default. */
  const lastSeen = {};
  atlas.fullKey = function (key) {
    const layer = atlas.layerOf(key);
    if (!layer.variants) return layer.key;
    const codes = layer.variants.map(([code]) => code);
    const asked = (key || "").split(":")[1];
    return `${layer.key}:${codes.includes(asked) ? asked : lastSeen[layer.key] || codes[0]}`;
  };
  const variantOf = (key) => (atlas.layerOf(key).variants || []).find(([code]) => code === key.split(":")[1]);
  atlas.nameOf = (key) => [atlas.layerOf(key).title, (variantOf(key) || [])[1]].filter(Boolean).join(": ");
  atlas.periodsOf = (key) => (variantOf(key) || [])[2] || atlas.layerOf(key).periods;
  atlas.schemesOf = (key) => atlas.layerOf(key).schemes || atlas.catalog.schemes.map((scheme) => scheme.key);

  /* A period that a layer lacks gives way to its newest; "2022-07" stands for the one date in it. */
  const periodOf = function (key, said) {
    const keys = atlas.periodsOf(key).map(([period]) => period);
    const near = keys.filter((period) => said && said.length === 7 && period.startsWith(`${said}-`));
    return keys.includes(said) ? said : near.length === 1 ? near[0] : keys[keys.length - 1];
  };

  /* Where a layer lacks the areas that were wished for, those of the nearest number stand in; the wish is kept. */
  let wished = "";
  const nearest = function (wish, offered) {
    if (offered.includes(wish)) return wish;
    const many = (key) => Math.log(atlas.schemeOf(key).areas);
    const distance = (key) => Math.abs(many(key) - many(wish));
    return offered.reduce((best, key) => (distance(key) < distance(best) ? key : best));
  };
  const whole = function (said, offered) {
    const layer = atlas.fullKey(said.layer);
    return { layer, scheme: nearest(atlas.schemeOf(said.scheme).key, offered || atlas.schemesOf(layer)), period: periodOf(layer, said.period) };
  };

  /* The areas that both of two layers can show. */
  atlas.shared = (key, other) => atlas.schemesOf(key).filter((scheme) => atlas.schemesOf(other).includes(scheme));
  const wholeSecond = function (said, layer) {
    if (!said || !atlas.catalog.layers.some((one) => one.key === familyOf(said.layer))) return null;
    const key = atlas.fullKey(said.layer);
    return atlas.shared(key, layer).length ? { layer: key, period: periodOf(key, said.period) } : null;
  };

  atlas.schemesOffered = () => (atlas.second ? atlas.shared(atlas.state.layer, atlas.second.layer) : atlas.schemesOf(atlas.state.layer));

  /* Looked ahead for: the other variants of this layer, and the other layers. */
  atlas.otherLayers = function () {
    const { layer } = atlas.state;
    const own = (atlas.layerOf(layer).variants || []).map(([code]) => `${familyOf(layer)}:${code}`);
    const others = atlas.catalog.layers.map(({ key }) => key).filter((key) => key !== familyOf(layer));
    return [...others, ...own].filter((key) => key !== layer).map((key) => ({ ...whole({ ...atlas.state, scheme: wished, layer: key }), ...choiceIn(whole({ scheme: wished, layer: key }).scheme) }));
  };

  /* What was chosen among the areas that a layer took away comes back with them. */
  const choices = {};
  const choiceIn = (scheme) => (scheme === atlas.state.scheme ? atlas.choice : choices[scheme] || NOTHING);
  const moveChoice = function (before, wish) {
    if (!before || before.scheme === atlas.state.scheme) return;
    choices[before.scheme] = atlas.choice;
    atlas.comparing = false;
    atlas.choice = (!wish && choices[atlas.state.scheme]) || NOTHING;
  };

  const askSecond = () => atlas.ask("second", { ...atlas.second, scheme: atlas.state.scheme, ...atlas.choice }, "secondView", "secondCard");

  /* Move to another view. The area stays chosen while its scheme does. */
  atlas.go = function (change, { remember = true } = {}) {
    const before = atlas.state, second = atlas.second;
    if (change.scheme) wished = atlas.schemeOf(change.scheme).key;
    const said = { ...before, ...change, scheme: wished };
    const layer = atlas.fullKey(said.layer);
    if ("second" in change) atlas.second = change.second;
    atlas.second = wholeSecond(follow(before, said), layer);
    atlas.state = whole(said, atlas.second && atlas.shared(layer, atlas.second.layer));
    if (atlas.layerOf(layer).variants) lastSeen[familyOf(layer)] = layer.split(":")[1];
    moveChoice(before, change.scheme);
    const same = before && SHOWN.every((key) => before[key] === atlas.state[key]);
    if (!same) atlas.ask("state", { ...atlas.state, ...atlas.choice }, "view", "card");
    if (atlas.second) askSecond();
    const parted = second && !atlas.second && !("second" in change);
    atlas.parted = parted ? `${atlas.nameOf(second.layer)} has no areas in common with ${atlas.nameOf(layer)}, so one map is left.` : "";
    /* The question is on its way; what needs no answer is done while it travels. */
    setTimeout(() => { atlas.showState(); if (remember) atlas.writeAddress(); }, 0);
  };

  /* Two layers of one date move through time together. */
  const follow = function (before, said) {
    const { second } = atlas;
    const together = second && before && second.layer !== before.layer && second.period === before.period;
    const moved = together && atlas.periodsOf(second.layer).some(([key]) => key === said.period);
    return moved ? { ...second, period: said.period } : second;
  };

  atlas.step = function (by) {
    const keys = atlas.periodsOf(atlas.state.layer).map(([key]) => key);
    const period = keys[keys.indexOf(atlas.state.period) + by];
    if (period) atlas.go({ period });
  };

  atlas.writeAddress = function ({ replace = false } = {}) {
    const { second } = atlas;
    const said = { ...atlas.state, ...atlas.choice, with: second && second.layer, with_period: second && second.period, points: atlas.placesWords(), fill: atlas.fillWords() };
    const query = new URLSearchParams(Object.entries(said).filter(([, value]) => value));
    const address = `${location.pathname}?${query}`.replace(/%(3A|2C|2F)/g, decodeURIComponent);
    if (address === location.pathname + location.search) return;
    if (location.search && !replace) history.pushState(null, "", address);
    else history.replaceState(null, "", address);
  };

  atlas.readAddress = function () {
    const said = Object.fromEntries(new URLSearchParams(location.search));
    const { layer = "", scheme = "", period = "" } = said;
    atlas.state = null;
    atlas.choice = { area: said.area || "", beside: said.beside || "" };
    wished = atlas.schemeOf(scheme).key;
    atlas.readFill(said.fill);
    atlas.readPlaces(said.points, layer);
    atlas.go({ layer, scheme, period, second: said.with ? { layer: said.with, period: said.with_period } : null }, { remember: Object.keys(said).length === 0 });
    atlas.markChoice();
  };

  /* Choose an area, or a second one beside it; an empty code lets go. */
  atlas.choose = function (choice) {
    atlas.choice = { area: choice.area || "", beside: choice.area ? choice.beside || "" : "" };
    atlas.ask("choice", { ...atlas.state, ...atlas.choice }, "card");
    if (atlas.second) askSecond();
    atlas.writeAddress();
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
})(window.atlas);
