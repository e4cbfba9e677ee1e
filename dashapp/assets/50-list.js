/* The list of areas: the map for a keyboard and a screen reader. One option is in the tab order; arrows move. */
"use strict";
(function (atlas) {
  const { h } = atlas;
  const list = { scheme: null, options: [], by: "name", find: "", focus: "" };

  /* Where an arrow or paging key leads in a list of options. */
  atlas.arrowTarget = function (key, options, at) {
    const targets = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: options.length - 1, PageDown: Math.min(at + 10, options.length - 1), PageUp: Math.max(at - 10, 0) };
    return key in targets ? options[targets[key]] || options[at] : null;
  };

  const number = (text) => (text ? Number(text.replace(/[,%+]/g, "").replace("\u2212", "-")) : -Infinity);

  const build = function (box) {
    list.scheme = atlas.view.scheme;
    list.find = "";
    list.focus = "";
    list.options = atlas.areas.map(({ code, name }) => h("li", { role: "option", id: `area-${code}`, "data-code": code, "aria-selected": "false", tabindex: "-1" },
      atlas.swatch("x"), h("span", { class: "name" }, name), h("span", { class: "figure" }), h("span", { class: "second-figure" })));
    const { many } = atlas.schemeOf(list.scheme);
    list.title = h("h2", { id: "list-title" });
    list.ul = h("ul", { role: "listbox", "aria-labelledby": "list-title", "aria-describedby": "which-figures", onclick: clicked, onkeydown: pressed, onfocusin: focused, onfocusout: left, onmouseover: over, onmouseleave: () => atlas.ringFocus(null) });
    list.sorts = [["name", "Name"], ["figure", "Figure"], ["second", "Second"]].map(([key, words]) => h("button", { type: "button", "data-sort": key, onclick: () => sortBy(key) }, words));
    const search = h("input", { type: "search", placeholder: `Find among ${atlas.areas.length} ${many}`, "aria-label": `Find an area among ${many}`, oninput: (event) => { list.find = event.target.value.toLowerCase(); arrange(); } });
    list.rest = h("dl", { class: "rest" });
    list.which = h("p", { class: "note", id: "which-figures" });
    box.replaceChildren(
      h("div", { class: "list-head" }, list.title, h("div", { class: "sorts", role: "group", "aria-label": "Order" }, list.sorts)),
      atlas.areas.length > 12 ? search : "", list.which, list.ul, list.rest);
  };

  const arrange = function () {
    const keep = document.activeElement;
    const figureOf = (index) => (list.by === "second" ? (atlas.secondFigure(index) || {}).figure : atlas.figures[index]);
    const rank = new Map(atlas.areas.map(({ code }, index) => [code, number(figureOf(index))]));
    const shown = list.options.filter((one) => one.querySelector(".name").textContent.toLowerCase().includes(list.find));
    if (list.by !== "name") shown.sort((a, b) => rank.get(b.dataset.code) - rank.get(a.dataset.code));
    list.ul.replaceChildren(...shown);
    if (keep && list.ul.contains(keep)) keep.focus({ preventScroll: true });
    list.sorts.forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.sort === list.by)));
    rove();
  };
  const sortBy = (key) => { list.by = key; arrange(); };

  /* One option can be reached with Tab: the focused, else the chosen, else the first. */
  const rove = function () {
    const options = [...list.ul.children];
    const home = options.find((one) => one.dataset.code === list.focus) || options.find((one) => one.dataset.code === atlas.choice.area) || options[0];
    options.forEach((one) => { one.tabIndex = one === home ? 0 : -1; });
  };

  const write = (node, text) => { if (node.textContent !== text) node.textContent = text; };

  atlas.drawList = function () {
    const box = atlas.byId("area-list");
    if (list.scheme !== atlas.view.scheme || list.options.length !== atlas.areas.length) build(box);
    const { many } = atlas.schemeOf(list.scheme);
    list.title.textContent = `${many[0].toUpperCase()}${many.slice(1)}`;
    list.ul.classList.toggle("two-figures", Boolean(atlas.second));
    list.sorts[2].hidden = !atlas.second;
    write(list.which, atlas.second ? `First figure: ${atlas.nameOf(atlas.view.layer)}. Second: ${atlas.nameOf(atlas.secondLayer())}.` : "");
    if (!atlas.second && list.by === "second") list.by = "figure";
    list.options.forEach((option, index) => {
      const [mark, , figure, second] = option.children;
      const look = `swatch look-${atlas.view.looks[index]}`;
      if (mark.className !== look) mark.className = look;
      write(figure, atlas.figures[index] || "\u2013");
      const other = atlas.second && atlas.secondFigure(index);
      write(second, atlas.second ? (other && other.figure) || "\u2013" : "");
    });
    const { extra, total } = atlas.view;
    list.rest.hidden = total === "\u2013";
    list.rest.replaceChildren(...[...atlas.catalog.extra.map((name, index) => [name, extra[index]]), ["Total counted", total]]
      .map(([name, count]) => h("div", {}, h("dt", {}, name), h("dd", {}, count))));
    if (list.by !== "name" || !list.ul.firstChild) arrange();
    atlas.markList();
  };

  atlas.markList = function () {
    if (!list.ul) return;
    if (atlas.choice.beside) list.ul.setAttribute("aria-multiselectable", "true");
    else list.ul.removeAttribute("aria-multiselectable");
    list.options.forEach((one) => one.setAttribute("aria-selected", String([atlas.choice.area, atlas.choice.beside].includes(one.dataset.code))));
    rove();
    const chosen = list.options.find((one) => one.dataset.code === atlas.choice.area);
    if (chosen && chosen.isConnected && !list.ul.contains(document.activeElement)) {
      const { offsetTop, offsetHeight } = chosen;
      if (offsetTop < list.ul.scrollTop || offsetTop + offsetHeight > list.ul.scrollTop + list.ul.clientHeight) list.ul.scrollTop = offsetTop - list.ul.clientHeight / 2;
    }
  };

  const optionOf = (event) => event.target.closest("[role=option]");
  const clicked = (event) => { const one = optionOf(event); if (one) { list.focus = one.dataset.code; atlas.pick(one.dataset.code); } };
  const over = (event) => { const one = optionOf(event); if (one) atlas.ringFocus(one.dataset.code); };
  const focused = (event) => { const one = optionOf(event); if (one) { list.focus = one.dataset.code; rove(); atlas.ringFocus(list.focus); } };
  const left = () => atlas.ringFocus(null);

  const pressed = function (event) {
    const one = optionOf(event);
    if (!one || event.ctrlKey || event.metaKey || event.altKey) return;
    const options = [...list.ul.children];
    const at = options.indexOf(one);
    const to = atlas.arrowTarget(event.key, options, at);
    if (to) to.focus();
    else if (event.key === "Enter" || event.key === " ") atlas.pick(one.dataset.code);
    else if (event.key === "Escape") { atlas.comparing = false; atlas.choose({ area: "" }); }
    else if (event.key.length === 1) {
      const letter = event.key.toLowerCase();
      [...options.slice(at + 1), ...options.slice(0, at)].find((next) => next.querySelector(".name").textContent.toLowerCase().startsWith(letter))?.focus();
      return;
    } else return;
    event.preventDefault();
  };
})(window.atlas);
