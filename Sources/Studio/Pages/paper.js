// A paper of the atlas: its verdict, its claims against what was measured, its neighbours, and a run of it here.

import { claimsTable } from "./claims.js";
import { button, h } from "./dom.js";
import { number } from "./format.js";
import { reproduction } from "./reproduction.js";

const marks = { "reproduced": "reproduced", "partly": "partly", "not reproduced": "not-reproduced" };

/** A row that opens. `like(paper)` looks for its neighbours. */
export function paperRow(paper, titles, like) {
  const row = h("details", { class: "paper", data: { paper: paper.id } },
    h("summary", {}, h("span", { class: "paper-id" }, paper.id), h("span", { class: "paper-title" }, paper.title),
      h("span", { class: "paper-facts quiet" }, [paper.family, paper.year].filter(Boolean).join(" · ")),
      h("span", { class: `badge ${marks[paper.verdict] ?? "none"}` }, paper.verdict || "not run")));
  // Filled when it is opened: hundreds of closed rows cost nothing.
  row.addEventListener("toggle", () => {
    if (row.open && row.childElementCount === 1) row.append(content(paper, titles, like));
  });
  return h("li", {}, row);
}

function content(paper, titles, like) {
  const neighbours = (paper.neighbours ?? []).filter((id) => titles.has(id)).slice(0, 6);
  return h("div", { class: "paper-content" },
    paper.claim && h("p", {}, paper.claim),
    paper.mechanism && h("p", { class: "quiet mechanism" }, paper.mechanism),
    paper.claims?.length > 0 && claimsTable(paper.claims),
    reproduction(paper),
    h("div", { class: "paper-actions" }, button("Papers like this one", () => like(paper)),
      paper.arxiv && h("span", { class: "quiet" }, `arXiv ${paper.arxiv}`),
      Number.isFinite(paper.minutes) && h("span", { class: "quiet" }, `${number(paper.minutes, 3)} minutes on two cores`)),
    neighbours.length > 0 && h("div", { class: "neighbours" }, h("h3", {}, "Near it"),
      h("ul", {}, neighbours.map((id) => h("li", {}, h("span", { class: "paper-id" }, id), titles.get(id).title)))));
}
