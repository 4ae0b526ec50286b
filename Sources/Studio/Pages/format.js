// Numbers, times and words as they are shown.

/** A number with `digits` that count; a dash where there is none. */
export function number(value, digits = 4) {
  if (value === null || value === undefined || !Number.isFinite(Number(value))) return "–";
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e7)) {
    return Number(value).toExponential(Math.max(0, digits - 2)).replaceAll("-", "−");
  }
  const decimals = size === 0 ? 0 : Math.max(0, digits - 1 - Math.floor(Math.log10(size)));
  return Number(value).toFixed(Math.min(decimals, 6)).replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "").replace("-", "−");
}

/** A number with a fixed count of decimals, so that columns and sliders do not jump. */
export function fixed(value, decimals = 2) {
  return Number.isFinite(value) ? value.toFixed(decimals).replace("-", "−") : "–";
}

/** A whole number with thin spaces between thousands. */
export function whole(value) {
  return Number.isFinite(value) ? String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, "\u202F") : "–";
}

/** How long, in the two largest units. */
export function duration(seconds) {
  if (!Number.isFinite(seconds)) return "–";
  if (seconds < 60) return `${number(seconds, 2)} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor(seconds % 3600 / 60)} min`;
}

/** How long ago an ISO date is, in words. */
export function ago(text, now = Date.now()) {
  const then = Date.parse(text);
  if (Number.isNaN(then)) return "–";
  const seconds = Math.max(0, (now - then) / 1000);
  if (seconds < 60) return "just now";
  const [count, unit] = seconds < 3600 ? [seconds / 60, "minute"]
    : seconds < 86400 ? [seconds / 3600, "hour"] : [seconds / 86400, "day"];
  const rounded = Math.floor(count);
  return `${rounded} ${unit}${rounded === 1 ? "" : "s"} ago`;
}

/** `count` and its noun. */
export function counted(count, noun, many = `${noun}s`) {
  return `${whole(count)} ${count === 1 ? noun : many}`;
}
