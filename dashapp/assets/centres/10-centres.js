/* The page on family centres: what is chosen asks for the same page again and takes it in place. */
"use strict";
(function (atlas) {
  const part = (within) => (within || document).querySelector('[data-swap="page"]');
  let asked = 0, shown = location.search;

  const addressOf = function (form) {
    const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== ""));
    return `${form.getAttribute("action").split("#")[0]}?${query}`;
  };

  /* What was open stays open, lists stay where they were scrolled, and the focus where it was. */
  const BOXES = ".settings-box, .small-box";
  const swap = function (fresh) {
    const old = part(), next = part(fresh);
    if (!old || !next) return false;
    const { id } = document.activeElement || {};
    const open = [...old.querySelectorAll("details[open] > summary")].map((one) => one.textContent);
    const tops = [...old.querySelectorAll(BOXES)].map((one) => one.scrollTop);
    old.replaceWith(next);
    next.querySelectorAll("details > summary").forEach((one) => { if (open.includes(one.textContent)) one.parentElement.open = true; });
    next.querySelectorAll(BOXES).forEach((one, index) => { one.scrollTop = tops[index] || 0; });
    if (id && atlas.byId(id)) atlas.byId(id).focus({ preventScroll: true });
    return true;
  };

  const follow = async function (address) {
    const mine = asked += 1;
    if (part()) part().setAttribute("aria-busy", "true");
    try {
      const response = await fetch(address, { cache: "no-store" });
      const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
      if (mine !== asked) return false;
      if (!swap(fresh)) { location.assign(address); return false; }
      document.title = fresh.title;
      if (response.ok && new URL(response.url).search !== shown) {
        history.pushState(null, "", response.url.split("#")[0]);
        shown = location.search;
      }
      return true;
    } catch (error) {
      location.assign(address);
      return false;
    }
  };

  const calm = () => (matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth");
  const goTo = function (id) {
    const to = id && atlas.byId(id);
    if (!to) return;
    /* What was worked out, or what is wrong, stands below the form: on a phone two screens below its beginning. */
    const answer = to.querySelector("#worked-out") || to;
    const says = to.querySelector("#worked-out[role=alert], #outcome") || to.querySelector("h2");
    answer.focus({ preventScroll: true });
    answer.scrollIntoView({ block: "start", behavior: calm() });
    if (says) atlas.say(says.textContent.replace(/\s+/g, " ").trim());
  };

  document.addEventListener("click", async (event) => {
    const link = event.target.closest && event.target.closest("a[data-part]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    if (await follow(link.getAttribute("href").split("#")[0])) goTo(link.dataset.to);
  });
  document.addEventListener("change", async (event) => {
    const form = event.target.closest("form[data-live]");
    if (!form || !(await follow(addressOf(form)))) return;
    const lead = document.querySelector(".lead");
    if (lead) atlas.say(lead.textContent);
  });
  document.addEventListener("submit", async (event) => {
    const form = event.target.closest("form[data-live], form[data-work]");
    if (!form) return;
    event.preventDefault();
    const working = form.matches("[data-work]");
    if (working) atlas.say("Being worked out.");
    if (await follow(addressOf(form)) && working) goTo("sites");
  });
  /* Going back to another view asks for it again; a leap within the page does not. */
  window.addEventListener("popstate", () => { if (location.search !== shown) location.reload(); });

  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details.folded:not([open])")].filter((one) => !one.querySelector(".small-box"));
    opened.forEach((one) => { one.open = true; });
  });
  window.addEventListener("afterprint", () => { opened.forEach((one) => { one.open = false; }); opened = []; });
  atlas.themed();
})(window.atlas);
