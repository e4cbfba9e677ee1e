/* The namespace of the pages, what they all share, and the light or dark theme. */
"use strict";
window.atlas = { view: null, catalog: null, choice: { area: "", beside: "" }, comparing: false, second: null };
window.dash_clientside = window.dash_clientside || {};
window.dash_clientside.atlas = {};

(function (atlas) {
  /* Build an element: names starting with "on" are listeners; text is always text, never markup. */
  atlas.h = function (tag, attributes, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
      else if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value);
    }
    node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ""));
    return node;
  };

  atlas.byId = (id) => document.getElementById(id);
  atlas.put = (id, ...children) => atlas.byId(id).replaceChildren(...children.flat(Infinity));

  /* The map and the catalog arrive in any order. */
  const waiting = [];
  atlas.withCatalog = (task) => { if (atlas.catalog) task(); else waiting.push(task); };
  atlas.takeCatalog = (catalog) => { atlas.catalog = catalog; waiting.splice(0).forEach((task) => task()); };

  /* Every question has a number, so that an answer which comes late is known as such. Answers are kept for the life
     of the page, which belongs to one snapshot: what was seen once is shown again without asking. The second of two
     maps waits for answers of the same kinds as the first. */
  const SHOWN = ["layer", "scheme", "period"];
  atlas.STATE = [...SHOWN, "area", "beside"];
  const PARTS = { view: SHOWN, card: atlas.STATE, table: SHOWN };
  const KINDS = { view: "view", card: "card", table: "table", secondView: "view", secondCard: "card" };
  const kept = new Map(), asking = new Map();
  const keyOf = (answer, state) => [KINDS[answer], ...PARTS[KINDS[answer]].map((part) => state[part] || "")].join(" ");
  const drawer = (answer) => window.dash_clientside.atlas[`draw${answer[0].toUpperCase()}${answer.slice(1)}`];
  let questions = 0;
  atlas.asked = {};
  atlas.forget = () => kept.clear();

  atlas.ask = function (store, state, ...answers) {
    questions += 1;
    answers.forEach((answer) => { atlas.asked[answer] = questions; });
    const known = answers.map((answer) => kept.get(keyOf(answer, state)));
    if (known.every(Boolean)) {
      answers.forEach((answer, index) => drawer(answer)({ ...known[index], asked: questions }));
      return;
    }
    asking.set(questions, state);
    window.dash_clientside.set_props(store, { data: { ...state, asked: questions, snapshot: atlas.catalog.snapshot } });
  };

  /* Whether an answer is the one that is waited for; kept either way, unless it is an error. */
  atlas.isWanted = function (answer, data) {
    if (!data) return false;
    const state = asking.get(data.asked);
    if (state && !data.error) kept.set(keyOf(answer, state), data);
    return data.asked === atlas.asked[answer];
  };

  /* While the page rests, the other layers of the same areas are asked for, a few at a time: a switch then waits for
     nothing, and what a person asks for meanwhile never waits for long. */
  const REST_MS = 700, AT_ONCE = 6;
  let resting = null, ahead = [], aheadAsked = 0, others = () => [];
  const askSome = function () {
    ahead = others().filter((state) => !kept.has(keyOf("view", state)) || !kept.has(keyOf("card", state))).slice(0, AT_ONCE);
    if (!ahead.length) return;
    aheadAsked = questions += 1;
    window.dash_clientside.set_props("ahead-of", { data: ahead.map((state) => ({ ...state, asked: aheadAsked, snapshot: atlas.catalog.snapshot })) });
  };
  atlas.askAhead = function (states) {
    others = states;
    clearTimeout(resting);
    resting = setTimeout(askSome, REST_MS);
  };
  window.dash_clientside.atlas.keepAhead = function (answers) {
    if (!answers || !answers.length || answers[0][0].asked !== aheadAsked) return;
    const usable = answers.every(([view]) => !view.error);
    answers.forEach(([view, card], index) => {
      if (view.error || card.error) return;
      kept.set(keyOf("view", ahead[index]), view);
      kept.set(keyOf("card", ahead[index]), card);
    });
    if (usable && questions === aheadAsked) askSome();
  };

  /* Tell a screen reader, without moving its focus. */
  atlas.say = function (text) {
    const live = atlas.byId("live");
    if (live.textContent !== text) live.textContent = text;
  };

  atlas.colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  const dark = () => {
    const chosen = document.documentElement.dataset.theme;
    return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  };
  const themed = () => {
    const button = atlas.byId("theme");
    if (button) {
      button.textContent = dark() ? "Light" : "Dark";
      button.setAttribute("aria-pressed", String(dark()));
      button.setAttribute("aria-label", "Dark colours");
    }
    if (atlas.restyle) atlas.restyle();
  };
  atlas.themed = themed;
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", themed);
  document.addEventListener("click", (event) => {
    if (!event.target.closest("#theme")) return;
    document.documentElement.dataset.theme = dark() ? "light" : "dark";
    try { localStorage.setItem("atlas-theme", document.documentElement.dataset.theme); } catch (error) { /* private mode */ }
    themed();
  });
})(window.atlas);
