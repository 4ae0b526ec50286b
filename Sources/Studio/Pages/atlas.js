// Room: the atlas. The papers of the survey: what each claims, what was measured, and a search by word and by meaning.

import { get } from "./api.js";
import { command, showCommand } from "./command.js";
import { button, field, h, select } from "./dom.js";
import { counted } from "./format.js";
import { announce, complain } from "./notice.js";
import { paperRow } from "./paper.js";
import { setQuery } from "./router.js";

const verdicts = [["reproduced", "Reproduced"], ["partly", "Partly"], ["not reproduced", "Not reproduced"], ["", "Not run yet"]];
const verdictOf = (paper) => paper.verdict ?? "";

export async function enterRoom({ main, query, signal }) {
  const { papers: all } = await get("/api/papers", {}, signal);
  // What was measured comes first.
  all.sort((a, b) => Boolean(b.verdict) - Boolean(a.verdict));
  const titles = new Map(all.map((paper) => [paper.id, paper]));
  const chosen = { text: query.get("query") ?? query.get("like") ?? "", mode: query.has("like") ? "like"
    : "query", verdict: query.get("verdict") ?? "all", family: query.get("family") ?? "" };
  const list = h("ol", { class: "papers" });
  const count = h("p", { class: "quiet count", role: "status" });
  const search = h("input", { type: "search", value: chosen.text, on: { input: () => { chosen.text = search.value; soon(); } } });

  let asked;
  const load = async () => {
    const mine = asked = Symbol("request");
    const text = chosen.text.trim();
    const { papers } = text ? await get("/api/papers", { [chosen.mode]: text }, signal) : { papers: all };
    if (mine !== asked || signal.aborted) return;
    const shown = papers.filter((paper) => (chosen.verdict === "all" || verdictOf(paper) === chosen.verdict) && (!chosen.family || paper.family === chosen.family));
    list.replaceChildren(...shown.map((paper) => paperRow(paper, titles, like)));
    count.textContent = counted(shown.length, "paper");
    if (shown.length === 0) list.append(h("li", { class: "nothing" }, chosen.mode === "query"
      ? "No title or mechanism has these words. Search by meaning may find it." : "Nothing comes near."));
    announce(count.textContent);
    setQuery(new URLSearchParams(Object.entries({ [chosen.mode]: text, verdict: chosen.verdict === "all" ? ""
      : chosen.verdict, family: chosen.family }).filter(([, value]) => value)));
    showCommand(command("list", "papers", ...(chosen.family ? ["--family", chosen.family] : []), ...(text ? [chosen.mode === "like" ? "--like"
      : "--query", text] : [])));
  };
  let timer;
  const soon = () => { clearTimeout(timer); timer = setTimeout(() => load().catch(complain), 150); };
  const modes = h("div", { class: "segments", role: "radiogroup", "aria-label": "Search by" }, [["query", "Words"], ["like",
    "Meaning"]].map(([mode, text]) =>
    h("label", {}, h("input", { type: "radio", name: "mode", value: mode, checked: mode === chosen.mode, on: { change: () => { chosen.mode = mode; tellMode(); soon(); } } }), h("span", {}, text))));
  const tellMode = () => { search.placeholder = chosen.mode === "like" ? "posterior collapse in powerful decoders" : "Title or mechanism"; };
  tellMode();
  function like(paper) {
    chosen.mode = "like";
    chosen.text = search.value = paper.id;
    modes.querySelector("[value=like]").checked = true;
    tellMode();
    chosen.verdict = "all";
    chosen.family = family.value = "";
    tellVerdict();
    load().then(() => scrollTo(0, 0)).catch(complain);
  }
  const families = [...new Set(all.map((paper) => paper.family).filter(Boolean))].sort();
  const family = select([["", "Every family"], ...families.map((name) => [name, name])], chosen.family, (value) => { chosen.family = value; soon(); });
  const tallies = h("div", { class: "tallies", role: "group", "aria-label": "Verdicts" }, [["all", "All"], ...verdicts].map(([value, text]) =>
    button("", () => { chosen.verdict = value; tellVerdict(); soon(); }, { data: { verdict: value }, class: "tally" })));
  const tellVerdict = () => {
    for (const [place, node] of [...tallies.children].entries()) {
      const [value, text] = [["all", "All"], ...verdicts][place];
      const size = value === "all" ? all.length : all.filter((paper) => verdictOf(paper) === value).length;
      node.replaceChildren(h("span", { class: "value" }, String(size)), h("span", {}, text));
      node.setAttribute("aria-pressed", value === chosen.verdict);
    }
  };
  tellVerdict();
  main.replaceChildren(
    h("header", { class: "top" }, h("h1", {}, "Atlas"),
      h("p", { class: "lead" }, `${all.length} papers on latent variables and variational inference: what they claim, and what was measured here.`)),
    tallies,
    h("div", { class: "filters" }, field("Search", search),
      h("div", { class: "field" }, h("span", { class: "label", "aria-hidden": "true" }, "By"), modes), field("Family", family), count),
    list);
  await load();
}
