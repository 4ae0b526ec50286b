// Room: a new run. A form made from the recipe's schema, and the command it amounts to.

import { get, post } from "./api.js";
import { command, showCommand } from "./command.js";
import { button, field, h, select } from "./dom.js";
import { complain, notify } from "./notice.js";
import { go } from "./router.js";
import { SchemaForm } from "./schema-form.js";

const groups = [
  ["Model and objective", ({ group }) => group !== "training"],
  ["Training", ({ group }) => group === "training"],
];

export async function enterRoom({ main, query, signal }) {
  const [{ recipes }, { datasets }] = await Promise.all([get("/api/recipes", {}, signal), get("/api/datasets", {}, signal)]);
  let forms = [];
  const summary = h("p", { class: "help" });
  const fields = h("div", { class: "form-groups" });
  const problem = h("div", { class: "form-problem", role: "alert" });
  const recipe = select(recipes.map(({ name }) => [name, name]), query.get("recipe") ?? recipes[0].name, (chosen) => choose(chosen).catch(complain));
  const data = h("input", { type: "text", list: "datasets", value: query.get("data") ?? "digits", required: true, spellcheck: "false",
    autocomplete: "off" });
  const unit = select([["epochs", "epochs"], ["steps", "steps"], ["minutes", "minutes"], ["", "as the recipe says"]], "epochs", () => tell(),
    { "aria-label": "Unit of the budget" });
  const amount = h("input", { type: "number", min: 1, step: "any", value: query.get("epochs") ?? 20, inputmode: "decimal" });
  const seed = h("input", { type: "number", min: 0, step: 1, value: query.get("seed") ?? 0 });
  const name = h("input", { type: "text", placeholder: "made by itself", spellcheck: "false", autocomplete: "off" });
  const start = button("Start", undefined, { class: "primary", id: "start-run" });
  start.type = "submit";

  const settings = () => Object.assign({}, ...forms.map((form) => form.settings));
  const options = () => ({
    ...(unit.value && amount.value ? { [unit.value]: Number(amount.value) } : {}),
    ...(seed.value !== "" ? { seed: Number(seed.value) } : {}), ...(name.value ? { name: name.value } : {}),
  });
  const tell = () => {
    amount.disabled = !unit.value;
    showCommand(command("train", recipe.value, "--data", data.value,
      Object.entries(options()).flatMap(([key, value]) => [`--${key}`, value]),
      Object.entries(settings()).flatMap(([key, value]) => ["--set", `${key}=${value}`])));
  };
  const schemas = new Map();
  const choose = async (chosen) => {
    const entry = recipes.find((one) => one.name === chosen);
    summary.textContent = entry?.summary ?? "";
    if (!schemas.has(chosen)) schemas.set(chosen, (await get("/api/recipes", { name: chosen }, signal)).settings);
    const keys = schemas.get(chosen);
    // The choice may have changed while it was asked for.
    if (recipe.value !== chosen || signal.aborted) return;
    forms = [];
    fields.replaceChildren(...groups.map(([title, fits], place) => {
      const form = new SchemaForm(keys.filter(fits), tell);
      forms.push(form);
      return h("details", { class: "panel form-group", open: place === 0 }, h("summary", {}, h("h2", {}, title)), form.node);
    }));
    tell();
  };

  const submit = async (event) => {
    event.preventDefault();
    problem.replaceChildren();
    start.disabled = true;
    start.textContent = "Checking…";
    try {
      const { run } = await post("/api/jobs", { recipe: recipe.value, data: data.value, settings: settings(), options: options() });
      notify(`${run} is at work.`);
      await go(`/runs/${encodeURIComponent(run.replace(/^.*\//, ""))}`);
    } catch (error) {
      problem.replaceChildren(h("p", {}, h("strong", {}, error.message)), error.remedy ? h("p", {}, error.remedy) : "");
    } finally {
      start.disabled = false;
      start.textContent = "Start";
    }
  };

  const form = h("form", { class: "new-run", on: { submit, input: tell } },
    h("div", { class: "panel basics" },
      h("div", { class: "fields" }, field("Recipe", recipe, undefined), field("Data", data, "A name, or a path on this machine."),
        h("div", { class: "field" }, h("label", { for: "amount" }, "Budget"),
          h("div", { class: "joined" }, Object.assign(amount, { id: "amount" }), unit)),
        field("Seed", seed), field("Name", name)),
      summary,
      h("datalist", { id: "datasets" }, datasets.map((set) => h("option", { value: set.name }, set.summary)))),
    fields, h("div", { class: "form-foot" }, start, problem));
  await choose(recipe.value);
  if (signal.aborted) return;
  main.replaceChildren(h("header", { class: "top" }, h("h1", {}, "New run"),
    h("p", { class: "lead" }, "Any recipe on any data. What is left alone keeps its default.")), form);
  const given = Object.fromEntries([...query].filter(([key]) => key.startsWith("set.")).map(([key, value]) => [key.slice(4), value]));
  for (const part of forms) part.fill(given);
}
