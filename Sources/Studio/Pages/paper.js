// A paper of the atlas: its verdict, its claims against what was measured, its neighbours, and a run of it here.

import { post } from "./api.js";
import { button, h } from "./dom.js";
import { number } from "./format.js";
import { complain, notify } from "./notice.js";
import { go } from "./router.js";

const short = { "reproduced": "reproduced", "partly": "partly", "not reproduced": "not-reproduced" };

/** A row that opens. `like(paper)` looks for its neighbours. */
export function paperRow(paper, titles, like) {
  const row = h("details", { class: "paper", data: { paper: paper.id } },
    h("summary", {}, h("span", { class: "paper-id" }, paper.id), h("span", { class: "paper-title" }, paper.title),
      h("span", { class: "paper-facts quiet" }, [paper.family, paper.year].filter(Boolean).join(" · ")),
      h("span", { class: `badge ${short[paper.verdict] ?? "none"}` }, paper.verdict || "not run")));
  // Filled when it is opened: hundreds of closed rows cost nothing.
  row.addEventListener("toggle", () => {
    if (row.open && row.childElementCount === 1) row.append(content(paper, titles, like));
  });
  return h("li", {}, row);
}

function content(paper, titles, like) {
  const claims = paper.claims ?? [];
  const address = paper.arxiv && `arXiv ${paper.arxiv}`;
  const neighbours = (paper.neighbours ?? []).filter((id) => titles.has(id)).slice(0, 6);
  return h("div", { class: "paper-content" },
    paper.claim && h("p", {}, paper.claim),
    paper.mechanism && h("p", { class: "quiet mechanism" }, paper.mechanism),
    claims.length > 0 ? h("div", { class: "scroll" }, h("table", {}, h("thead", {}, h("tr", {}, ["Claim", "Claimed", "Measured", "Holds"].map((text, place) => h("th", { scope: "col", class: place === 1 || place === 2 ? "number" : "" }, text)))),
      h("tbody", {}, claims.map((claim) => h("tr", {}, h("th", { scope: "row" }, claim.name.replaceAll("-", " ")), h("td", { class: "number" }, String(claim.claimed)),
        h("td", { class: "number" }, typeof claim.measured === "number" ? number(claim.measured) : String(claim.measured ?? "–"), claim.unit ? h("span", { class: "unit" }, claim.unit) : "",
          claim.interval ? h("span", { class: "interval" }, `${number(claim.interval[0])} to ${number(claim.interval[1])}`) : ""),
        h("td", { class: claim.holds ? "holds" : "fails" }, claim.holds ? "✓ yes" : "✗ no"))))))
      : h("p", { class: "quiet" }, "Not measured here yet."),
    h("div", { class: "paper-actions" }, runHere(paper), button("Papers like this one", () => like(paper)), address && h("span", { class: "quiet" }, address),
      Number.isFinite(paper.minutes) && h("span", { class: "quiet" }, `${number(paper.minutes, 3)} minutes on two cores`)),
    neighbours.length > 0 && h("div", { class: "neighbours" }, h("h3", {}, "Near it"), h("ul", {}, neighbours.map((id) => h("li", {}, h("span", { class: "paper-id" }, id), titles.get(id).title)))));
}

/** Starts the reproduction, quick or as it was measured; nothing where no experiment is written. */
function runHere(paper) {
  const isThere = paper.runnable;
  const start = button("Run it here", async () => {
    start.disabled = true;
    try {
      const answer = await post(`/api/papers/${paper.id}/reproduce`, { quick: quick.checked, seeds: Number(seeds.value) });
      notify(`${paper.id} is at work.`, answer.run ? { action: () => go(`/runs/${encodeURIComponent(answer.run.replace(/^.*\//, ""))}`), actionText: "Look" } : {});
    } catch (error) { complain(error); }
    start.disabled = false;
  }, { class: "primary" });
  const quick = h("input", { type: "checkbox", checked: true });
  const seeds = h("input", { type: "number", min: 1, max: 20, value: 1, "aria-label": "Seeds" });
  if (!isThere) return h("span", { class: "quiet" }, "No experiment is written for it yet.");
  return h("span", { class: "run-here" }, start, h("label", {}, quick, "quick"), h("label", {}, seeds, "seeds"));
}
