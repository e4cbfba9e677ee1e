/* What an import did: the same for the check before it, the report after it, and the reports that are kept. */
"use strict";
(function (atlas, data) {
  const { h } = atlas;

  /* Accepted and set aside, which add up to the rows that were read. */
  data.outcome = function (report, past) {
    const whole = report.rows_read || 1, width = (rows) => `${(100 * rows) / whole}%`;
    const accepted = h("span", { class: "part accepted" }), aside = h("span", { class: "part aside" });
    accepted.style.width = width(report.accepted);
    aside.style.width = width(report.set_aside);
    return h("div", { class: "outcome" },
      h("p", { class: "big" }, h("strong", {}, data.number(report.accepted)), ` of ${data.count(report.rows_read, "row")} ${past ? "taken in" : "can be taken in"}`,
        report.set_aside ? [", ", h("strong", {}, data.number(report.set_aside)), past ? " set aside" : " would be set aside"] : ""),
      h("div", { class: "split", "aria-hidden": "true" }, accepted, aside));
  };

  data.reasons = function (report) {
    if (!report.reasons.length) return "";
    const rows = report.reasons.map((one) => [one.column, one.reason, data.number(one.rows)]);
    return h("div", {}, h("h4", {}, "Set aside, by reason"),
      data.table("Rows set aside, by column and reason", ["Column", "Reason", "Rows"], rows, { numeric: [2] }),
      report.more_reasons ? data.note(`And ${report.more_reasons} more reasons.`) : "",
      data.note("A row can have several reasons, so these may add up to more than the rows set aside."));
  };

  /* Rows that were taken in, and that a person should look at all the same. */
  data.flagged = function (report, past) {
    if (!report.flagged.length) return "";
    const rows = report.flagged.map((one) => [one.column, one.reason, data.number(one.rows)]);
    const parts = [h("h4", {}, past ? "Accepted, but please look at these" : "Would be accepted, but please look at these"),
      data.table("Rows to look at, by column and reason", ["Column", "Reason", "Rows"], rows, { numeric: [2] }),
      data.note(`${data.number(report.flagged_rows)} of the accepted rows, which count like any other. What is wrong can be corrected where the file comes from, and imported again.`)];
    if (report.flagged_list) {
      parts.push(h("p", {}, h("a", { class: "button", href: report.flagged_list, download: "" }, "Download the rows to look at (CSV)")),
        data.note("It has row numbers, columns and reasons; values are masked."));
    }
    if (report.flagged_first.length) {
      parts.push(h("details", {}, h("summary", {}, `Show the first ${report.flagged_first.length} entries to look at`), listed("Rows to look at", report.flagged_first)));
    }
    return h("div", {}, parts);
  };

  const listed = (caption, rows) =>
    data.table(caption, ["Row", "Column", "Value, masked", "Reason"], rows.map((one) => [one.row, one.column, one.value, one.reason]));

  data.lookAt = (report) => (report.warnings.length
    ? h("div", {}, h("h4", {}, "Please look at"), h("ul", { class: "warnings" }, report.warnings.map((text) => h("li", {}, text))))
    : "");

  const aside = function (report) {
    if (!report.set_aside) return "";
    const parts = [data.reasons(report)];
    if (report.quarantine) {
      parts.push(h("p", {}, h("a", { class: "button", href: report.quarantine, download: "" }, "Download the rows set aside (CSV)")),
        data.note("It has row numbers, columns and reasons; values are masked. Correct them in your own file and import it again."));
    }
    if (report.rows.length) {
      parts.push(h("details", {}, h("summary", {}, `Show the first ${report.rows.length} entries`), listed("Rows set aside", report.rows)));
    }
    return h("div", {}, parts);
  };

  const postcodes = function (report) {
    if (!report.match.length && !report.postcodes.length) return "";
    const line = (one) => {
      const bar = h("span", { class: "meter", "aria-hidden": "true" }), fill = h("span", {});
      fill.style.width = `${100 * one.share}%`;
      bar.append(fill);
      return [one.name, data.number(one.matched), data.number(one.unmatched), h("span", { class: "rate" }, bar, one.percent)];
    };
    return h("div", {}, h("h4", {}, `Postcodes matched${report.match_percent ? `: ${report.match_percent}` : ""}`),
      report.match.length ? data.table("Postcodes matched, by locality", ["Locality", "Matched", "Not matched", "Match rate"], report.match.map(line), { numeric: [1, 2] }) : "",
      report.postcodes.length ? h("p", { class: "hint" }, `Of the rows taken in: ${report.postcodes.map((one) => `${data.number(one.rows)} ${one.words}`).join("; ")}. `,
        "A postcode that does not exist counts where its first half lies; a blank one under 'unknown'.") : "");
  };

  const changes = (report) => h("div", {}, h("h4", {}, "Changes since the file before"),
    report.changes.length
      ? h("dl", { class: "tiles" }, report.changes.map((one) => h("div", {}, h("dt", {}, one.words), h("dd", {}, data.number(one.rows)))))
      : data.note(report.compared));

  const columns = (report) => h("details", {}, h("summary", {}, `Columns (${report.columns.length} taken in)`),
    data.table("Columns", ["Ours", "In the file"], report.columns.map((one) => [one.title, one.guessed ? `${one.heading} (found by a near spelling)` : one.heading])),
    report.lacks.length ? h("p", { class: "hint" }, `Not in the file: ${report.lacks.join(", ")}.`) : "",
    report.dropped_names.length ? h("p", { class: "hint" }, `Dropped, because they hold names, addresses or contacts: ${report.dropped_names.join(", ")}.`) : "",
    report.dropped_other.length ? h("p", { class: "hint" }, `Not taken in: ${report.dropped_other.join(", ")}.`) : "");

  data.report = (report, fresh) => h("div", { class: "report" },
    h(fresh ? "p" : "h3", { class: "of" }, h("strong", {}, report.title), ` from ${report.source}`),
    data.outcome(report, true),
    h("dl", { class: "facts-list" }, report.facts.map(([term, words]) => h("div", {}, h("dt", {}, term), h("dd", {}, words)))),
    data.lookAt(report), aside(report), data.flagged(report, true), postcodes(report), changes(report), columns(report),
    fresh ? h("p", { class: "buttons" }, h("a", { class: "button primary", href: "./" }, "See it on the map"),
      h("button", { type: "button", onclick: data.leave }, "Add another file")) : "");

  /* The report of an earlier import, in a sheet over the page. */
  const sheet = atlas.byId("sheet");
  data.showReport = async function (address) {
    const found = await data.get(address);
    atlas.byId("sheet-title").textContent = "Report";
    if (found.ok) atlas.put("sheet-box", data.report(found, false));
    else atlas.put("sheet-box", h("p", { class: "refusal" }, found.error));
    sheet.showModal();
    atlas.byId("sheet-title").focus();
  };
  atlas.byId("sheet-close").addEventListener("click", () => sheet.close());
})(window.atlas, window.atlas.data);
