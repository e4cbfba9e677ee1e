/* Step 4 and 5: a check at each change, then the import itself. */
"use strict";
(function (atlas, data) {
  const { h, byId } = atlas;
  const REST_MS = 450, KILL_AFTER_MS = 3000;
  let resting = null, checking = null, wanted = 0;

  data.saidOf = (file) => ({ ...file.said, ...(Object.keys(file.mapping).length ? { mapping: file.mapping } : {}) });
  const question = (file, what) => ({ do: what, token: file.token, dataset: file.dataset, said: data.saidOf(file) });

  data.stopCheck = function () {
    clearTimeout(resting);
    wanted += 1;
    if (checking) data.post(`data/jobs/${checking.id}/cancel`);
  };

  /* Check after a short rest, by what stands there then; what was asked before is dropped. */
  data.check = function () {
    const file = data.file;
    clearTimeout(resting);
    wanted += 1;
    const mine = wanted;
    data.showStep("import", false);
    data.showStep("check", true);
    const lacking = data.lacking(file);
    if (lacking.length) {
      if (checking) data.post(`data/jobs/${checking.id}/cancel`);
      byId("check").replaceChildren(h("p", { class: "why" }, `Choose a heading for ${lacking.map((column) => column.title).join(" and ")}.`));
      return;
    }
    /* What was found before is of other choices: it goes at once. */
    const bar = data.bar("Checking");
    byId("check").replaceChildren(bar);
    resting = setTimeout(() => run(file, mine, bar), REST_MS);
  };

  const run = async function (file, mine, bar) {
    while (checking) {
      if (Date.now() - checking.began > KILL_AFTER_MS) await data.post(`data/jobs/${checking.id}/cancel`);
      await new Promise((resolve) => setTimeout(resolve, 100));
      if (mine !== wanted) return;
    }
    let started = await data.post("data/jobs", question(file, "check"));
    for (let tries = 0; started.status === 409 && tries < 20 && mine === wanted; tries += 1) {
      bar.show("Waiting: another file is being looked at or imported", 0);
      await new Promise((resolve) => setTimeout(resolve, 1500));
      started = await data.post("data/jobs", question(file, "check"));
    }
    if (!started.ok) { if (mine === wanted) painted(file, { state: "refused", error: started.error }); return; }
    checking = { id: started.id, began: Date.now() };
    if (mine !== wanted) data.post(`data/jobs/${started.id}/cancel`);
    const job = await data.follow(started, (now) => { if (mine === wanted) bar.show(now.step, now.share); });
    checking = null;
    if (mine === wanted && data.file === file) painted(file, job);
  };

  const painted = function (file, job) {
    const box = byId("check"), report = job.report;
    const parts = [];
    if (job.error) parts.push(h("p", { class: "refusal still" }, job.error));
    if (report) parts.push(data.outcome(report, false), data.reasons(report), data.flagged(report, false), data.lookAt(report));
    if (!job.error && !report) parts.push(h("p", {}, "The check was stopped. ", h("button", { type: "button", onclick: data.check }, "Check again")));
    box.replaceChildren(...parts.filter(Boolean));
    const can = job.state === "done" && report;
    data.showStep("import", Boolean(can));
    if (can) paintImport(file, report);
    atlas.say(job.error || (report ? `${data.number(report.accepted)} of ${data.count(report.rows_read, "row")} can be taken in, ${data.number(report.set_aside)} would be set aside.` : ""));
  };

  const paintImport = function (file, report) {
    const button = h("button", { type: "button", class: "primary", onclick: () => take(file) }, `Import ${data.count(report.accepted, "row")}`);
    byId("import").replaceChildren(
      h("p", { class: "hint" }, "Makes a new snapshot; you can go back to the one before at any time. The file itself is not kept."),
      h("div", { class: "buttons" }, button, h("button", { type: "button", onclick: data.leave }, "Leave it")),
      h("div", { id: "import-progress" }));
  };

  const take = async function (file) {
    const box = byId("import");
    data.stopCheck();
    let job = await data.post("data/jobs", question(file, "import"));
    if (!job.ok) { data.refuse(byId("import-progress"), job.error); return; }
    const stop = h("button", { type: "button", class: "cancel" }, "Cancel");
    stop.onclick = () => { stop.disabled = true; data.post(`data/jobs/${job.id}/cancel`); };
    const bar = data.bar("Importing");
    bar.append(stop);
    box.replaceChildren(bar);
    ["look", "columns", "check"].forEach((step) => byId(`step-${step}`).toggleAttribute("inert", true));
    stop.focus();
    job = await data.follow(job, (now) => bar.show(now.step, now.share));
    ["look", "columns", "check"].forEach((step) => byId(`step-${step}`).toggleAttribute("inert", false));
    await ended(file, job);
  };

  const ended = async function (file, job) {
    const box = byId("import");
    if (job.state === "done") {
      data.file = null;
      data.startAgain();
      byId("file").value = "";
      await data.refresh();
      atlas.put("report", data.report(job.report, true));
      data.showStep("report", true);
      byId("step-report-title").focus();
      byId("step-report").scrollIntoView({ block: "start" });
      atlas.say(`Imported. ${data.number(job.report.accepted)} rows taken in, ${data.number(job.report.set_aside)} set aside.`);
      return;
    }
    if (job.state === "cancelled") {
      data.refuse(box, "Cancelled. Nothing was taken in; the snapshot in force is as it was.",
        h("div", { class: "buttons" }, h("button", { type: "button", onclick: () => data.check() }, "Check again"), h("button", { type: "button", onclick: data.leave }, "Leave it")));
      return;
    }
    data.refuse(box, job.error, job.report ? data.reasons(job.report) : "", job.late ? "" : h("button", { type: "button", onclick: () => data.check() }, "Check again"));
    if (job.late) { data.file = null; await data.refresh(); }
  };

  /* An import that was begun before the page was loaded again goes on. */
  data.rejoin = async function (job) {
    if (!job || job.do !== "import") return;
    data.showStep("import", true);
    const stop = h("button", { type: "button", class: "cancel" }, "Cancel");
    stop.onclick = () => { stop.disabled = true; data.post(`data/jobs/${job.id}/cancel`); };
    const bar = data.bar("Importing");
    bar.append(stop);
    byId("import").replaceChildren(bar);
    await ended(null, await data.follow(job, (now) => bar.show(now.step, now.share)));
  };
})(window.atlas, window.atlas.data);
