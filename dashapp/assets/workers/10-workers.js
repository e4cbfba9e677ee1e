/* The page on link workers: what is chosen asks for the same page again and takes it in place. */
"use strict";
(function (atlas) {
  const part = (within) => (within || document).querySelector('[data-swap="page"]');
  let asked = 0;

  const addressOf = function (form) {
    const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== ""));
    return `${form.getAttribute("action").split("#")[0]}?${query}`;
  };

  /* What was open stays open, lists stay where they were scrolled, and the focus where it was. */
  const BOXES = ".workers-box, .changes-box";
  const swap = function (fresh) {
    const old = part(), next = part(fresh);
    if (!old || !next) return false;
    const { id } = document.activeElement || {};
    const open = [...old.querySelectorAll("details[open] > summary")].map((one) => one.textContent);
    const tops = [...old.querySelectorAll(BOXES)].map((one) => one.scrollTop);
    const { top } = old.getBoundingClientRect();
    old.replaceWith(next);
    next.querySelectorAll("details > summary").forEach((one) => { if (open.includes(one.textContent)) one.parentElement.open = true; });
    next.querySelectorAll(BOXES).forEach((one, index) => { one.scrollTop = tops[index] || 0; });
    if (id && atlas.byId(id)) atlas.byId(id).focus({ preventScroll: true });
    window.scrollBy(0, next.getBoundingClientRect().top - top);
    return true;
  };

  const follow = async function (address, options) {
    const mine = asked += 1;
    if (part()) part().setAttribute("aria-busy", "true");
    try {
      const response = await fetch(address, { cache: "no-store", ...options });
      const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
      if (mine !== asked) return false;
      if (!swap(fresh)) { location.assign(response.url || address); return false; }
      document.title = fresh.title;
      if (response.ok) history.replaceState(null, "", response.url.split("#")[0]);
      return true;
    } catch (error) {
      location.assign(address);
      return false;
    }
  };
  atlas.followWorkers = follow;

  const calm = () => (matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth");
  const goTo = function (id) {
    const to = id && atlas.byId(id);
    if (!to) return;
    to.focus({ preventScroll: true });
    const { top, bottom } = to.getBoundingClientRect();
    if (top < 0 || top > innerHeight - 280 || bottom < 120) to.scrollIntoView({ block: "start", behavior: calm() });
    const says = to.querySelector("[role=alert], tfoot, h2, .says");
    if (says) atlas.say(says.textContent.replace(/\s+/g, " ").trim());
  };
  atlas.goTo = goTo;

  document.addEventListener("click", async (event) => {
    const at = event.target.closest && event.target;
    if (!at) return;
    if (at.closest("#print")) { window.print(); return; }
    const link = at.closest("a[data-part]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    const { to, stay } = link.dataset;
    if (await follow(link.getAttribute("href").split("#")[0])) {
      if (to) goTo(to); else if (stay === undefined) { window.scrollTo(0, 0); const lead = document.querySelector(".lead"); if (lead) atlas.say(lead.textContent); }
    }
  });
  document.addEventListener("change", async (event) => {
    const form = event.target.closest("form[data-live]");
    if (!form || !(await follow(addressOf(form)))) return;
    const says = document.querySelector(form.dataset.to ? `#${form.dataset.to} .says` : ".lead");
    if (says) atlas.say(says.textContent);
  });
  document.addEventListener("submit", async (event) => {
    const form = event.target.closest("form[data-live], form[data-try], form[data-save]");
    if (!form) return;
    event.preventDefault();
    if (form.matches("[data-save]")) { await save(form); return; }
    if (await follow(addressOf(form))) goTo(form.matches("[data-try]") ? "move" : form.dataset.to);
  });

  const save = async function (form) {
    const body = new URLSearchParams(new FormData(form));
    const response = await fetch(form.getAttribute("action"), { method: "POST", body, headers: { "X-Atlas": "1" }, cache: "no-store" });
    if (!response.ok) {
      form.querySelectorAll("[role=alert]").forEach((one) => one.remove());
      form.prepend(atlas.h("p", { class: "refusal", role: "alert" }, (await response.text()).trim()));
      return;
    }
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
    if (swap(fresh)) { history.replaceState(null, "", response.url.split("#")[0]); document.title = fresh.title; goTo("keep"); }
    else location.assign(response.url);
  };

  /* A plan that is being worked out: the page goes on when it is there. */
  const waiting = atlas.byId("waiting");
  const poll = async function () {
    try {
      const response = await fetch(waiting.dataset.ready, { cache: "no-store" });
      const { state } = await response.json();
      if (!document.contains(waiting)) return; // they have gone on by themselves
      if (state !== "running") { location.replace(waiting.dataset.here); return; }
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
