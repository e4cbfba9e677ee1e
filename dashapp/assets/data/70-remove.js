/* Removing a child, or what may no longer be kept: for good, and asked twice. */
"use strict";
(function (atlas, data) {
  const { h, byId } = atlas;

  const said = (job) => job.removed.map((one) => `${data.count(one.rows, "row")} of ${one.title}`).join("; ");
  const done = async function (words) {
    await data.refresh();
    const note = h("p", { class: "done", tabindex: "-1" }, words);
    byId("remove-result").replaceChildren(note);
    note.focus();
  };

  const removeChild = async function (event) {
    event.preventDefault();
    const input = byId("child"), child = input.value.trim();
    if (!child) { data.refuse(byId("remove-result"), "Give the child's identifier as it stands in the files."); return; }
    const sure = await data.sure("Remove this child for good?", `Every row with the identifier ${child} is removed, from the snapshot in force and from all earlier ones. This cannot be undone.`, "Remove for good");
    if (!sure) return;
    const job = await data.change({ do: "purge", child }, byId("remove-result"));
    if (!job) return;
    input.value = "";
    await done(`Removed for good, from every snapshot: ${said(job) || "rows of the demonstration's own files"}. A record says that it was done, not of whom.`);
  };

  const removeExpired = async function (rows) {
    const sure = await data.sure("Remove what may no longer be kept?", `${data.count(rows, "row")} are removed, from the snapshot in force and from all earlier ones. This cannot be undone.`, "Remove for good");
    if (!sure) return;
    const job = await data.change({ do: "expire" }, byId("remove-result"));
    if (job) await done(`Removed for good, from every snapshot: ${said(job)}.`);
  };

  data.painter(function (state) {
    const rows = state.expired.reduce((sum, one) => sum + one.rows, 0);
    byId("remove-box").replaceChildren(
      h("form", { class: "one-line", onsubmit: removeChild },
        h("div", { class: "field" }, h("label", { for: "child" }, "Child's identifier"),
          h("input", { id: "child", type: "text", autocomplete: "off", spellcheck: "false", maxlength: "200", "aria-describedby": "child-hint" })),
        h("button", { type: "submit" }, "Remove")),
      h("p", { class: "hint", id: "child-hint" }, "As it stands in the files. Every row of the child goes, also from earlier snapshots, and cannot come back except with a new file."),
      state.expired.length ? h("div", { class: "expired" }, h("h3", {}, "May no longer be kept"),
        data.table("Files that may no longer be kept", ["Dataset", "File", "Rows", "Since"], state.expired.map((one) => [one.title, one.source, data.number(one.rows), one.since]), { numeric: [2] }),
        h("p", {}, h("button", { type: "button", onclick: () => removeExpired(rows) }, `Remove these ${data.count(rows, "row")}`)))
        : data.note("No file is older than it may be kept."),
      h("div", { id: "remove-result" }));
  });
})(window.atlas, window.atlas.data);
