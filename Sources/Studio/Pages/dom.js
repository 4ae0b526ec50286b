// Elements made in one expression: h("p", { class: "lead" }, "text", node).

const svgNamespace = "http://www.w3.org/2000/svg";

function fill(node, properties, children) {
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "on") {
      for (const [event, action] of Object.entries(value)) node.addEventListener(event, action);
    } else if (name === "data") {
      Object.assign(node.dataset, value);
    } else if (name === "style") {
      for (const [key, text] of Object.entries(value)) node.style.setProperty(key, text);
    } else if (name === "value" || name === "checked" || name === "disabled" || name === "hidden") {
      node[name] = value;
    } else {
      node.setAttribute(name, value === true ? "" : value);
    }
  }
  node.append(...children.flat(Infinity).filter((child) => child !== undefined && child !== null && child !== false));
  return node;
}

/** An HTML element with properties and children; text is never read as markup. */
export function h(tag, properties = {}, ...children) {
  return fill(document.createElement(tag), properties, children);
}

/** An element of a drawing. */
export function s(tag, properties = {}, ...children) {
  return fill(document.createElementNS(svgNamespace, tag), properties, children);
}

/** Puts children in place of those that are there; what is missing is left out, as in `h`. */
export function swap(node, ...children) {
  node.replaceChildren();
  return fill(node, {}, children);
}

/** A button that does something. */
export function button(text, action, properties = {}) {
  return h("button", { type: "button", ...properties, on: { click: action } }, text);
}

/** The picture that `source`, a data URL, holds, shown with its pixels as they are. */
export function picture(source, alt, properties = {}) {
  return h("img", { class: "pixels", src: source, alt, draggable: "false", ...properties });
}

/** A field with its label above and what it means below. */
export function field(label, control, help) {
  control.id ||= `field-${field.count += 1}`;
  const note = help && h("p", { class: "help", id: `${control.id}-help` }, help);
  if (note) control.setAttribute("aria-describedby", note.id);
  return h("div", { class: "field" }, h("label", { for: control.id }, label), control, note);
}
field.count = 0;

/** A choice of one among words: [[value, text], …]. */
export function select(options, value, action, properties = {}) {
  const node = h("select", { ...properties, on: { change: () => action(node.value) } },
    options.map(([key, text]) => h("option", { value: key }, text)));
  node.value = value;
  return node;
}
