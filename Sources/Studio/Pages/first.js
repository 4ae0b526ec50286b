// Before anything is painted: the theme that was chosen, so that no page flashes.
try {
  const chosen = localStorage.getItem("latent-studio-theme");
  if (chosen === "dark" || chosen === "light") document.documentElement.dataset.theme = chosen;
} catch { /* Storage may be refused. */ }
