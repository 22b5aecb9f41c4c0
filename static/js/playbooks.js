// The editor of playbooks: a line just added takes the focus.

document.body.addEventListener("htmx:afterSwap", (event) => {
  const asked = event.detail.requestConfig?.triggeringEvent?.submitter ?? event.detail.requestConfig?.elt;
  if (!(asked instanceof HTMLButtonElement) || asked.name !== "more") return;
  const shown = document.getElementById(event.detail.target.id) ?? event.detail.target;
  const lines = shown.querySelectorAll(".line, .condition-row");
  lines[lines.length - 1]?.querySelector("select, input:not([type=hidden]), textarea")?.focus();
});
