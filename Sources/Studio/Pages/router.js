// Which room stands at which address; links inside the studio load no new page.

import { announce, problemPanel } from "./notice.js";

const rooms = [];
const main = document.getElementById("room");
let leaving = new AbortController();

/** Adds a room at a pattern such as `/runs/:name/map`; `load` imports its module. */
export function addRoom(pattern, load) {
  const names = [];
  const source = pattern.replace(/:(\w+)/g, (_, name) => { names.push(name); return "([^/]+)"; });
  rooms.push({ expression: new RegExp(`^${source}/?$`), names, load });
}

/** Goes to an address of the studio. */
export function go(path, { replace = false } = {}) {
  history[replace ? "replaceState" : "pushState"](null, "", path);
  return enter();
}

/** Changes the query of the address and stays in the room. */
export function setQuery(query) {
  const text = query.toString();
  history.replaceState(null, "", location.pathname + (text ? `?${text}` : ""));
}

async function enter() {
  leaving.abort();
  leaving = new AbortController();
  const { signal } = leaving;
  const found = rooms.map((room) => [room, room.expression.exec(location.pathname)]).find(([, match]) => match);
  mark();
  const context = { main, signal, query: new URLSearchParams(location.search), params: {} };
  try {
    if (!found) throw Object.assign(new Error("There is no such page."), { remedy: "Go back to the runs." });
    const [room, match] = found;
    room.names.forEach((name, place) => { context.params[name] = decodeURIComponent(match[place + 1]); });
    const { enterRoom } = await room.load();
    if (signal.aborted) return;
    // The room fills the page in one go, so that nothing is seen half.
    await enterRoom(context);
    if (signal.aborted) return;
    const heading = main.querySelector("h1");
    document.title = heading ? `${heading.textContent} · latent studio` : "latent studio";
    announce(document.title);
  } catch (error) {
    if (signal.aborted || error.name === "AbortError") return;
    main.replaceChildren(problemPanel(error, () => enter()));
  }
  document.documentElement.dataset.room = location.pathname;
}

function mark() {
  for (const link of document.querySelectorAll(".topbar nav a")) {
    const path = new URL(link.href).pathname;
    const isHere = path === "/" ? location.pathname === "/" || location.pathname.startsWith("/runs/")
      : location.pathname.startsWith(path);
    if (isHere) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}

/** Starts with the address of the page. */
export function startRouter() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const url = new URL(link.href);
    if (url.origin !== location.origin || link.target || link.download || url.pathname.includes(".")) return;
    if (url.hash && url.pathname === location.pathname) return;
    if (!rooms.some((room) => room.expression.test(url.pathname))) return;
    event.preventDefault();
    scrollTo(0, 0);
    go(url.pathname + url.search).then(() => main.focus({ preventScroll: true }));
  });
  addEventListener("popstate", enter);
  return enter();
}
