// Questions to the server. What it refuses is thrown with its own problem and remedy.

import { showCommand } from "./command.js";

/** A refusal in the server's words. */
class Refusal extends Error {
  constructor(status, problem, remedy) {
    super(problem);
    this.status = status;
    this.remedy = remedy;
  }
}

async function checked(response) {
  if (response.ok) return response;
  if (response.status === 401) throw new Refusal(401, "This page is not signed in.", "Open the address that latent studio printed.");
  let problem = `the studio answered ${response.status}`;
  let remedy = "";
  try {
    const { error } = await response.json();
    problem = error.problem ?? error.message ?? problem;
    remedy = error.remedy ?? "";
  } catch { /* The answer was no JSON: the status must do. */ }
  throw new Refusal(response.status, problem, remedy);
}

async function ask(path, options) {
  try {
    return await checked(await fetch(path, { credentials: "same-origin", ...options }));
  } catch (error) {
    if (error instanceof TypeError) {
      throw new Refusal(0, "The studio does not answer.", "Start it again: latent studio");
    }
    throw error;
  }
}

/** `path` with a query; lists become repeated keys, empty values are left out. */
export function address(path, query = {}) {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    for (const one of [value].flat()) {
      if (one !== undefined && one !== null && one !== "") search.append(key, one);
    }
  }
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}

/** The address of a run's part under /api. */
export const runPath = (name, part = "") => `/api/runs/${encodeURIComponent(name)}${part && `/${part}`}`;

/** A question that changes nothing. */
export async function get(path, query = {}, signal = undefined) {
  return (await ask(address(path, query), { signal })).json();
}

/** A request to do something; the command that does the same is shown, unless nobody asked for it by hand. */
export async function post(path, body = {}, signal = undefined, { isQuiet = false } = {}) {
  const answer = await (await send(path, body, signal)).json();
  if (answer.command && !isQuiet) showCommand(answer.command);
  return answer;
}

/** A request that answers with a file. */
export async function postForFile(path, body) {
  const response = await send(path, body);
  const command = response.headers.get("X-Latent-Command");
  if (command) showCommand(command);
  return response.blob();
}

const send = (path, body, signal) => ask(path, {
  method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body), signal,
});
