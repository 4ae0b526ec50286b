// The same held-out examples, as each run gives them back.

import { post } from "./api.js";
import { button, h } from "./dom.js";
import { itemView } from "./decoded.js";

const count = 8;
const item = (value) => (typeof value !== "string" ? { kind: "series", value } : value.startsWith("data:") ? { kind: "picture", value }
  : { kind: "text", value });

/** A table of pictures: a row a run, a column an example. */
export function reconstructions(names, signal) {
  let first = 0;
  const body = h("div", { class: "reconstructions", style: { "--columns": count } });
  const earlier = button("Earlier", () => load(first - count), { class: "quiet-button" });
  const load = async (start) => {
    first = Math.max(0, start);
    earlier.disabled = first === 0;
    const indices = Array.from({ length: count }, (_, place) => first + place);
    const rowOf = (title, mark, pictures, word) => [h("p", { class: "row-name" }, mark, title), ...indices.map((index, place) => h("div",
      { class: "shelf-place" },
      pictures?.[place] !== undefined ? itemView(item(pictures[place]), `${word} of example ${index}`) : ""))];
    const draw = (answer = {}) => {
      const byRun = answer.runs && !Array.isArray(answer.runs) ? answer.runs : answer.reconstructions ?? answer.pictures ?? {};
      body.replaceChildren(...rowOf("original", "", answer.originals ?? answer.examples, "The original"),
        ...names.flatMap((name, place) => {
          const own = byRun[name];
          return rowOf(own?.problem ? `${name}: ${own.problem}` : name, h("span", { class: `swatch dot s${place}` }), own?.pictures ?? own, name);
        }));
    };
    draw();
    try {
      draw(await post("/api/compare/reconstructions", { runs: names, indices }, signal, { isQuiet: first === 0 }));
    } catch (error) {
      if (!signal.aborted) body.replaceChildren(h("p", { class: "quiet span" }, [error.message, error.remedy].filter(Boolean).join(" — ")));
    }
  };
  load(0);
  return h("section", {}, h("div", { class: "section-head" }, h("h2", {}, "The same examples, given back"),
    h("div", {}, earlier, button("Further", () => load(first + count), { class: "quiet-button" }))),
    h("div", { class: "panel scroll" }, body));
}
