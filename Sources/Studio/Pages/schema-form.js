// Fields made from a recipe's schema: what a key accepts decides what it looks like.

import { field, h } from "./dom.js";

const text = (value) => (Array.isArray(value) ? value.join(",") : value === null || value === undefined ? "" : String(value));

function control(key) {
  const { kind, choices } = key;
  if (kind === "bool") {
    return h("select", { value: undefined }, ["true", "false"].map((word) => h("option", { value: word }, word)));
  }
  if (choices) return h("select", {}, choices.map((word) => h("option", { value: word }, word)));
  if (kind === "int" || kind === "double") {
    const { lower, upper } = key.bounds ?? {};
    return h("input", { type: "number", step: kind === "int" ? 1 : "any", min: lower, max: upper, inputmode: kind === "int" ? "numeric"
      : "decimal" });
  }
  return h("input", { type: "text", spellcheck: "false", autocomplete: "off", ...(kind === "ints" ? { pattern: "[0-9 ,]*" } : {}) });
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
