// The line at the foot of the page: the command that does what was just done.

const line = document.getElementById("command");
const copy = document.getElementById("copy-command");

/** A word as a shell takes it. */
function quoted(word) {
  const text = String(word);
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** A command of its words. */
export const command = (...words) => ["latent", ...words.flat()].map(quoted).join(" ");

/** Shows the command, given as a line or as words. */
export function showCommand(text) {
  const shown = Array.isArray(text) ? text.map(quoted).join(" ") : text;
  if (line.textContent === shown) return;
  line.textContent = shown;
  line.title = shown;
}

/** Puts text on the clipboard, also where pages may not write to it by themselves. */
async function copyText(text, source) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    getSelection().selectAllChildren(source);
    document.execCommand("copy");
  }
}

copy.addEventListener("click", async () => {
  await copyText(line.textContent, line);
  copy.textContent = "Copied";
  setTimeout(() => { copy.textContent = "Copy"; }, 1500);
});
