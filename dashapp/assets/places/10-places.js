/* The page on specialist places: what is chosen asks for the same page again and takes its sections in place. */
"use strict";
(function (atlas) {
  /* `data-swap` names what can be exchanged; a link or form says by `data-part` what it changes. A cell is marked in the
     matrix too, but the matrix itself stays, so that the focus does. */
  const part = (name, within) => (within || document).querySelector(`[data-swap="${name}"]`);
  let asked = 0;

  const addressOf = function (form) {
    const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== ""));
    return `${form.getAttribute("action").split("#")[0]}?${query}`;
  };

  const swap = function (name, fresh) {
    const old = part(name), next = part(name, fresh);
    if (!old || !next) return false;
    const { id } = document.activeElement || {};
    const open = [...old.querySelectorAll("details[open] > summary")].map((one) => one.textContent);
    const { top } = old.getBoundingClientRect();
    old.replaceWith(next);
    next.querySelectorAll("details > summary").forEach((one) => { if (open.includes(one.textContent)) one.parentElement.open = true; });
    if (id && document.getElementById(id)) document.getElementById(id).focus({ preventScroll: true });
    if (name !== "cell") window.scrollBy(0, next.getBoundingClientRect().top - top);
    atlas.watchCharts(next);
    return true;
  };

  /* Of the fresh page what follows the choice beside the part itself: addresses and the chosen mark. */
  const markCell = function (fresh) {
    const wanted = fresh.querySelector(".matrix [aria-current]");
    document.querySelectorAll(".matrix [aria-current]").forEach((one) => one.removeAttribute("aria-current"));
    const found = wanted && [...document.querySelectorAll(".matrix a.cell")].find((one) => one.getAttribute("href") === wanted.getAttribute("href"));
    if (found) found.setAttribute("aria-current", "true");
    ["area", "phase", "need", "provision"].forEach((key) => {
      const next = fresh.querySelector(`.places-year input[name="${key}"]`);
      document.querySelectorAll(`form input[type="hidden"][name="${key}"]`).forEach((one) => { if (next) one.value = next.value; });
    });
  };

  const follow = async function (address, name, options) {
    const mine = asked += 1;
    const busy = part(name) || part("page");
    busy.setAttribute("aria-busy", "true");
    try {
      const response = await fetch(address, { cache: "no-store", ...options });
      const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
      if (mine !== asked) return false;
      if (!swap(name, fresh)) { location.assign(response.url || address); return false; }
      if (name === "cell") markCell(fresh);
      document.title = fresh.title;
      if (response.ok) history.replaceState(null, "", response.url);
      const says = part(name).querySelector("[role=alert], .lead-of-cell, .lead, .says");
      if (says) atlas.say(says.textContent.trim());
      return true;
    } catch (error) {
      location.assign(address);
      return false;
    }
  };
  atlas.followPlaces = follow;

  document.addEventListener("click", async (event) => {
    const link = event.target.closest && event.target.closest("a[data-part]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    const found = await follow(link.getAttribute("href").split("#")[0], link.dataset.part);
    const to = found && link.dataset.to && atlas.byId(link.dataset.to);
    if (to) { to.focus({ preventScroll: true }); to.scrollIntoView({ block: "start" }); }
    if (found && link.dataset.part === "cell") {
      const { top, bottom } = part("cell").getBoundingClientRect();
      if (top > innerHeight - 240 || bottom < 120) part("cell").scrollIntoView({ block: "start", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
    }
  });
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-live]");
    if (form) follow(addressOf(form), "page");
  });
  /* What was tried shows at the matrix; what was refused, at the form. */
  document.addEventListener("submit", async (event) => {
    const form = event.target.closest("form[data-live], form[data-try], form[data-save]");
    if (!form) return;
    event.preventDefault();
    if (form.matches("[data-save]")) { await save(form); return; }
    /* The matrix first: it is what people wait for. */
    if (form.matches("[data-try]")) await redraw(addressOf(form));
    const found = await follow(addressOf(form), "page");
    if (!found || !form.matches("[data-try]")) return;
    const to = document.querySelector("#scenario [role=alert]") ? atlas.byId("scenario") : atlas.byId("matrix");
    to.scrollIntoView({ block: "start" });
  });

  const redraw = async function (address) {
    try {
      const response = await fetch(address, { cache: "no-store", headers: { "X-Atlas-Part": "matrix" } });
      if (!response.ok) return;
      const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
      if (swap("matrix", fresh)) part("matrix").scrollIntoView({ block: "start" });
    } catch (error) { /* the whole page is asked for next */ }
  };

  const save = async function (form) {
    const body = new URLSearchParams(new FormData(form));
    const response = await fetch(form.getAttribute("action"), { method: "POST", body, headers: { "X-Atlas": "1" }, cache: "no-store" });
    if (!response.ok) {
      form.querySelectorAll("[role=alert]").forEach((one) => one.remove());
      form.prepend(atlas.h("p", { class: "refusal", role: "alert" }, (await response.text()).trim()));
      return;
    }
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
    if (swap("page", fresh)) { history.replaceState(null, "", response.url); atlas.byId("scenario").focus({ preventScroll: true }); }
  };

  /* A forecast that is being worked out: the page goes on when it is there. */
  const waiting = atlas.byId("waiting");
  const poll = async function () {
    try {
      const response = await fetch(waiting.dataset.ready, { cache: "no-store" });
      const { state } = await response.json();
      if (state !== "running") { location.replace("places"); return; }
    } catch (error) { /* asked again */ }
    setTimeout(poll, 1000);
  };
  if (waiting) setTimeout(poll, 1000);

  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details.folded:not([open])")];
    opened.forEach((one) => { one.open = true; });
  });
  window.addEventListener("afterprint", () => { opened.forEach((one) => { one.open = false; }); opened = []; });
  atlas.themed();
})(window.atlas);
