// Room: the runs. A list with filters; those at work stand above it with their live curves.

import { get } from "./api.js";
import { showCommand } from "./command.js";
import { field, h, select } from "./dom.js";
import { listen } from "./events.js";
import { counted, whole } from "./format.js";
import { LiveCards } from "./live-cards.js";
import { announce, complain } from "./notice.js";
import { setQuery } from "./router.js";
import { compareBar, RunRows, tableHead } from "./run-table.js";
import { statuses } from "./run-status.js";
import { onPicked } from "./store.js";

const pageSize = 50;

export async function enterRoom({ main, query, signal }) {
  const filter = { query: query.get("query") ?? "", status: query.get("status") ?? "", recipe: query.get("recipe") ?? "" };
  let offset = Number(query.get("offset")) || 0;
  const body = h("tbody");
  const rows = new RunRows(body);
  const count = h("p", { class: "quiet count", role: "status" });
  const pager = h("nav", { class: "pager", "aria-label": "Pages" });
  const cards = new LiveCards(() => refresh());
  const compare = compareBar();

  // What begins elsewhere, above the rows that are shown, waits until it is asked for: no row moves away under a finger.
  let latest = 0;
  let isAsked = true;
  const load = async () => {
    const turn = latest += 1;
    const [page, running] = await Promise.all([
      get("/api/runs", { ...filter, limit: pageSize, offset }, signal),
      get("/api/runs", { status: "running", limit: 12 }, signal),
    ]);
    if (turn !== latest) return;
    const known = page.runs.findIndex(({ name }) => rows.has(name));
    const waiting = isAsked || offset > 0 ? [] : page.runs.slice(0, Math.max(0, known));
    isAsked = false;
    cards.show(running.runs, waiting);
    rows.show(page.runs.slice(waiting.length), refresh);
    if (page.runs.length === 0) body.append(empty(page.total === 0 && !filter.query && !filter.status && !filter.recipe));
    const first = page.total === 0 ? 0 : offset + 1;
    count.textContent = page.total <= pageSize ? counted(page.total, "run")
      : `${whole(first)}–${whole(offset + page.runs.length)} of ${counted(page.total, "run")}`;
    pager.replaceChildren(...turns(page.total));
    pager.hidden = page.total <= pageSize;
    showCommand(listCommand(filter));
  };
  const news = () => load().catch(complain);
  const refresh = () => {
    isAsked = true;
    return news();
  };
  const turns = (total) => [["Newer", offset - pageSize, offset > 0], ["Older", offset + pageSize, offset + pageSize < total]]
    .map(([text, target, isThere]) => h("button", { type: "button", disabled: !isThere, on: { click: () => {
      offset = Math.max(0, target);
      remember();
      refresh().then(() => scrollTo(0, 0));
    } } }, text));
  const remember = () => setQuery(new URLSearchParams(Object.entries({ ...filter, offset: offset || "" }).filter(([, value]) => value)));
  let typing;
  const changed = (key) => (value) => {
    filter[key] = value;
    offset = 0;
    clearTimeout(typing);
    typing = setTimeout(() => { remember(); refresh().then(() => announce(count.textContent)); }, key === "query" ? 150 : 0);
  };

  const search = h("input", { type: "search", placeholder: "Name, recipe or data", value: filter.query, on: { input: () => changed("query")(search.value) } });
  const recipes = select([["", "Every recipe"]], "", changed("recipe"), { class: "recipe-filter" });
  const filters = h("div", { class: "filters" }, field("Search", search),
    field("Status", select([["", "Every status"], ...statuses.map((word) => [word, word])], filter.status, changed("status"))),
    field("Recipe", recipes), h("div", { class: "counts" }, cards.arrivals, count));
  await load();
  if (signal.aborted) return;
  main.replaceChildren(
    h("header", { class: "top" }, h("h1", {}, "Runs"), h("p", { class: "lead" }, "What was trained, and what is training now.")),
    cards.node, filters,
    h("div", { class: "panel table-panel" }, h("div", { class: "scroll" }, h("table", { class: "runs" }, tableHead(), body))),
    pager, compare);

  onPicked(() => { for (const row of body.rows) row.check?.(); compare.tell(); }, signal);
  // The filter by recipe fills itself later: nothing waits for it.
  get("/api/recipes", {}, signal).then(({ recipes: known }) => {
    recipes.append(...known.map(({ name }) => h("option", { value: name }, name)));
    recipes.value = filter.recipe;
  }).catch(complain);
  let soon;
  listen([], { status: () => { clearTimeout(soon); soon = setTimeout(news, 80); }, opened: news }, signal);
  cards.listen(signal);
}

const empty = (isFirst) => h("tr", {}, h("td", { colspan: 9, class: "nothing" }, isFirst
  ? ["There are no runs yet. ", h("a", { href: "/new" }, "Start the first one"), "."] : "No run fits these filters."));

function listCommand({ recipe, status }) {
  const words = ["latent", "list", "runs"];
  const where = [recipe && `recipe=${recipe}`, status && `status=${status}`].filter(Boolean);
  return [...words, ...where.flatMap((one) => ["--where", one])];
}
