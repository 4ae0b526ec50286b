// Fields made from a recipe's schema: what a key accepts decides what it looks like.

import { field, h } from "./dom.js";

const text = (value) => (Array.isArray(value) ? value.join(",") : value === null || value === undefined ? "" : String(value));

/** The words of a choice, whatever the schema calls them. */
const words = (key) => key.choices ?? key.words ?? key.values ?? (typeof key.kind === "object" ? key.kind.choice : undefined);

function control(key) {
  const kind = typeof key.kind === "object" ? Object.keys(key.kind)[0] : key.kind;
  const choices = words(key);
  if (kind === "bool") {
    return h("select", { value: undefined }, ["true", "false"].map((word) => h("option", { value: word }, word)));
  }
  if (choices) return h("select", {}, choices.map((word) => h("option", { value: word }, word)));
  if (kind === "int" || kind === "double") {
    const { min, max } = bounds(key);
    return h("input", { type: "number", step: kind === "int" ? 1 : "any", min, max, inputmode: kind === "int" ? "numeric" : "decimal" });
  }
  return h("input", { type: "text", spellcheck: "false", autocomplete: "off", ...(kind === "ints" ? { pattern: "[0-9 ,]*" } : {}) });
}

/** The least and the greatest value that a key takes. */
function bounds(key) {
  const of = key.bounds ?? {};
  if (Array.isArray(of)) return { min: of[0] ?? undefined, max: of[1] ?? undefined };
  return { min: of.min ?? of.atLeast ?? of.lower ?? undefined, max: of.max ?? of.atMost ?? of.upper ?? undefined };
}

/** The fields of a schema, and what was changed in them. */
export class SchemaForm {
  constructor(keys, changed) {
    this.inputs = new Map();
    this.node = h("div", { class: "fields" }, keys.map((key) => {
      const input = control(key);
      const start = text(key.default);
      input.value = start;
      input.name = key.key;
      const row = field(key.key, input, [key.help, key.unit && ` In ${key.unit}.`].filter(Boolean).join(""));
      input.addEventListener("input", () => {
        row.classList.toggle("changed", input.value !== start);
        changed();
      });
      this.inputs.set(key.key, { input, start });
      return row;
    }));
  }

  /** The keys that differ from their defaults, as the command line would have them. */
  get settings() {
    const result = {};
    for (const [key, { input, start }] of this.inputs) {
      if (input.value !== start && input.value !== "") result[key] = input.value;
    }
    return result;
  }

  /** Sets keys that the schema has. */
  fill(settings) {
    for (const [key, value] of Object.entries(settings)) {
      const held = this.inputs.get(key);
      if (!held) continue;
      held.input.value = text(value);
      held.input.dispatchEvent(new Event("input"));
    }
  }
}
