/* The namespace of the pages, what they all share, and the light or dark theme. */
"use strict";
window.atlas = { view: null, card: null, catalog: null, choice: { area: "", beside: "" }, comparing: false };
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
    node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
    return node;
  };

  atlas.byId = (id) => document.getElementById(id);
  atlas.put = (id, ...children) => atlas.byId(id).replaceChildren(...children.flat());

  /* The map and the catalog arrive in any order. */
  const waiting = [];
  atlas.withCatalog = (task) => { if (atlas.catalog) task(); else waiting.push(task); };
  atlas.takeCatalog = (catalog) => { atlas.catalog = catalog; waiting.splice(0).forEach((task) => task()); };

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
