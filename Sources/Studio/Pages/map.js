// Room: the map. Codes in two dimensions; a lasso around some shows what they are.

import { get, post, runPath } from "./api.js";
import { command, showCommand } from "./command.js";
import { button, field, h, select } from "./dom.js";
import { counted } from "./format.js";
import { Latest } from "./latest.js";
import { announce, complain, problemPanel } from "./notice.js";
import { emptyRegion, regionView } from "./region.js";
import { loadRun, runHead } from "./run-head.js";
import { Scatter } from "./scatter.js";
import { setQuery } from "./router.js";

const methods = [["pca", "PCA"], ["tsne", "t-SNE"]];

/** What points can be coloured by. */
function colours(run, map) {
  const factors = map?.factors ?? run.schema?.factors ?? run.schema?.factorNames ?? run.factors ?? [];
  return [["label", "Label"], ...factors.map((factor) => factor.name ?? factor).map((name) => [`factor:${name}`, `Factor: ${name}`]), ["score", "Anomaly score"]];
}

export async function enterRoom({ main, params: { name }, query, signal }) {
  const run = await loadRun(name, signal);
  const choice = { method: query.get("method") ?? "pca", colour: query.get("colour") ?? "label", split: "test",
    count: Number(query.get("count")) || 1000 };
  const side = h("aside", { class: "panel region", "aria-label": "The region", "aria-live": "polite" }, emptyRegion());
  const note = h("p", { class: "help", role: "status" }, "Placing codes …");
  const trouble = h("div");
  let map;

  const region = new Latest(async (places) => {
    note.textContent = `${counted(places.length, "code")} chosen.`;
    const answer = await post(runPath(name, "region"), { indices: places.map((place) => map.index[place]), split: choice.split }, signal);
    side.replaceChildren(regionView(answer, run));
    announce(`${counted(answer.count, "code")} in the region`);
  }, complain);
  const scatter = new Scatter((places) => region.ask(places), signal);

  const load = new Latest(async () => {
    note.textContent = choice.method === "tsne" ? "Laying out neighbours, which takes a few seconds …" : "Placing codes …";
    trouble.replaceChildren();
    scatter.node.setAttribute("aria-busy", "true");
    try {
      map = await get(runPath(name, "map"), choice, signal);
      if (signal.aborted) return;
      const word = methods.find(([method]) => method === choice.method)[1];
      note.textContent = `${counted(map.x.length, "held-out example")} by ${word}. Draw around some to see what they are.`;
      await scatter.set(map, `${word} of ${map.x.length} codes, coloured by ${choice.colour}. ${scatterNote(map)}`);
      showCommand(map.command ?? command("encode", name, "--split", choice.split, "--out", "codes.npz"));
      // Factors are known once the data are open.
      if (map.factors?.length > 0 && colour.options.length < 2 + map.factors.length) {
        colour.replaceChildren(...colours(run, map).map(([value, text]) => h("option", { value }, text)));
        colour.value = choice.colour;
      }
      setQuery(new URLSearchParams({ method: choice.method, colour: choice.colour }));
    } catch (error) {
      if (signal.aborted) return;
      note.textContent = "";
      trouble.replaceChildren(problemPanel(error));
    } finally {
      scatter.node.removeAttribute("aria-busy");
    }
  }, complain);

  const change = (key) => (value) => { choice[key] = value; load.ask(); };
  const colour = select(colours(run), choice.colour, change("colour"), { id: "colour" });
  const tools = h("div", { class: "filters" },
    field("Layout", select(methods, choice.method, change("method"))),
    field("Colour by", colour),
    field("Codes", select([300, 1000, 2000].map((count) => [count, String(count)]), choice.count, (value) => change("count")(Number(value)))),
    h("div", { class: "segments tool", role: "radiogroup", "aria-label": "What dragging does" }, [["lasso", "Lasso"], ["select", "Box"], ["pan",
      "Move"]].map(([drag, text]) =>
      h("label", {}, h("input", { type: "radio", name: "drag", value: drag, checked: drag === "lasso", on: { change: () => { scatter.drag = drag; scatter.chart.draw(); } } }), h("span", {}, text)))),
    button("Whole", () => window.Plotly?.relayout(scatter.chart.layer, { "xaxis.autorange": true, "yaxis.autorange": true, selections: [] }),
      { class: "quiet-button" }));
  main.replaceChildren(runHead(run, "map"), tools, h("div", { class: "map-room" },
    h("section", { class: "panel", "aria-label": "Map" }, scatter.node, note, trouble), side));
  load.ask();
}

function scatterNote(map) {
  const names = Array.isArray(map.names) ? map.names : [];
  return names.length > 0 ? `Groups: ${names.join(", ")}.` : "";
}
