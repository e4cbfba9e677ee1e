/* The places as a list beside the map: found by name or fact, opened on the map with Enter. */
"use strict";
(function (atlas) {
  const { h } = atlas;
  const CLOSE_ZOOM = 12.5;
  const BESIDE_PX = 190;  // left free beside an opened place, for the buttons that move the map
  const ENOUGH = 0.7;  // of the map's height must be on the screen when a place is opened on it
  const list = { options: [], find: "", focus: -1 };
  let opener = null;

  const facts = (found) => (found.length ? h("ul", { class: "facts-of" }, found.map((fact) => h("li", {}, atlas.factWords(fact)))) : "");
  const content = (place) => h("div", { class: "place-words", tabindex: "-1" },
    h("b", {}, place.name), h("p", {}, atlas.symbol(place.set, place.kind), ` ${atlas.kindWords(place.set, place.kind)}`), facts(place.facts));

  const showMap = function (box) {
    const { top, bottom, height } = box.getBoundingClientRect();
    const seen = Math.min(bottom, window.innerHeight) - Math.max(top, 0);
    if (seen < height * ENOUGH) box.scrollIntoView({ block: "center" });
  };

  /* Open a place on the map; from the list the map goes there, and the keyboard with it. */
  atlas.openPlace = function (place, pane = atlas.panes[0], from = null) {
    const { map } = pane;
    if (from) showMap(map.getContainer());
    if (from) atlas.moveAll((one) => one.setView(place.at, Math.max(one.getZoom(), CLOSE_ZOOM), { animate: false }));
    const box = content(place);
    window.L.popup({ className: "place-popup", autoPan: !from, minWidth: 150, maxWidth: Math.min(260, map.getSize().x - BESIDE_PX) }).setLatLng(place.at).setContent(box).openOn(map);
    opener = from;
    if (from) box.focus({ preventScroll: true });
    atlas.say([place.name, atlas.kindWords(place.set, place.kind), ...place.facts.map(atlas.factWords)].join(". "));
  };
  const goBack = function () {
    if (opener && opener.isConnected && (document.activeElement === document.body || document.activeElement.closest(".leaflet-popup"))) opener.focus();
    opener = null;
  };
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !event.target.closest(".leaflet-popup")) return;
    atlas.panes.forEach((pane) => pane.map.closePopup());
  }, true);
  atlas.withMap(() => atlas.map.on("popupclose", () => setTimeout(goBack, 0)));

  const build = function (box) {
    list.ul = h("ul", { role: "listbox", "aria-labelledby": "places-title", onclick: (event) => open(event), onkeydown: pressed, onfocusin: (event) => focused(event), onfocusout: () => tip(null), onmouseover: (event) => tip(optionOf(event)), onmouseleave: () => tip(null) });
    list.title = h("h2", { id: "places-title" }, "Places");
    list.search = h("input", { type: "search", placeholder: "Find a place", "aria-label": "Find a place by name, kind or fact", oninput: (event) => { list.find = event.target.value.toLowerCase(); arrange(); } });
    box.replaceChildren(h("div", { class: "list-head" }, list.title), list.search, list.ul);
  };

  atlas.drawPlacesList = function (places) {
    const box = atlas.byId("places-list");
    box.hidden = !places.length;
    if (!places.length) { list.options = []; return; }
    if (!list.ul) build(box);
    list.places = [...places].sort((a, b) => a.name.localeCompare(b.name, "en-GB", { numeric: true }));
    list.options = list.places.map((place, index) => h("li", { role: "option", "data-place": index, "aria-selected": "false", tabindex: "-1" },
      atlas.symbol(place.set, place.kind), h("span", { class: "name" }, place.name), h("span", { class: "kind-of" }, atlas.kindWords(place.set, place.kind))));
    list.focus = -1;
    arrange();
  };

  const arrange = function () {
    const says = ({ name, kind, set, facts: found }) => [name, atlas.kindWords(set, kind), ...found.map(atlas.factWords)].join(" ").toLowerCase();
    const shown = list.options.filter((_, index) => says(list.places[index]).includes(list.find));
    list.ul.replaceChildren(...shown);
    list.title.textContent = shown.length === list.options.length ? `Places (${shown.length})` : `Places (${shown.length} of ${list.options.length})`;
    rove();
  };
  const rove = function () {
    const options = [...list.ul.children];
    const home = options.find((one) => Number(one.dataset.place) === list.focus) || options[0];
    options.forEach((one) => { one.tabIndex = one === home ? 0 : -1; });
  };

  /* Focusing or hovering an option shows its words on the map, where the map is. */
  let shown = null;
  const tip = function (one) {
    if (shown) shown.remove();
    shown = null;
    if (!one || !atlas.map) return;
    const place = list.places[Number(one.dataset.place)];
    shown = window.L.tooltip({ className: "tip", direction: "top", offset: [0, -6] }).setLatLng(place.at).setContent(atlas.placeTip(place)).addTo(atlas.map);
  };

  const optionOf = (event) => event.target.closest("[role=option]");
  const focused = (event) => { const one = optionOf(event); if (one) { list.focus = Number(one.dataset.place); rove(); tip(one); } };
  const open = function (event) {
    const one = optionOf(event);
    if (!one) return;
    list.options.forEach((option) => option.setAttribute("aria-selected", String(option === one)));
    atlas.openPlace(list.places[Number(one.dataset.place)], atlas.panes[0], one);
  };
  const pressed = function (event) {
    const one = optionOf(event);
    if (!one || event.ctrlKey || event.metaKey || event.altKey) return;
    const options = [...list.ul.children];
    const to = atlas.arrowTarget(event.key, options, options.indexOf(one));
    if (to) to.focus();
    else if (event.key === "Enter" || event.key === " ") open(event);
    else return;
    event.preventDefault();
  };
})(window.atlas);
