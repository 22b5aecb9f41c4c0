// Runs in the head, before anything is drawn, so a chosen theme never flashes the other one.
(function () {
  const root = document.documentElement;
  root.classList.add("js");
  try {
    const theme = localStorage.getItem("parley-theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  } catch {
    // Storage may be switched off; then the system's choice holds.
  }
})();
