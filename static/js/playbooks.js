// The editor of playbooks. Parts of its forms are shown anew while they are written: what was typed meanwhile stays,
// and a line just added takes the focus.

const values = (within) => new Map(
  [...within.querySelectorAll("input[id], select[id], textarea[id]")].map((field) => [
    field.id,
    field.type === "checkbox" || field.type === "radio" ? field.checked : field.value,
  ]),
);

/** The fields that a person changed between asking and answering. */
const changed = (before, now) => new Map([...now].filter(([id, value]) => before.get(id) !== value));

/** Puts values back; gives the last field that took one. */
function keep(typed) {
  let last = null;
  for (const [id, value] of typed) {
    const field = document.getElementById(id);
    if (!field) continue;
    last = field;
    if (typeof value === "boolean") field.checked = value;
    else if (!(field instanceof HTMLSelectElement) || [...field.options].some((one) => one.value === value)) field.value = value;
  }
  return last;
}

const asked = new WeakMap();

document.body.addEventListener("htmx:beforeRequest", (event) => {
  const { target, xhr } = event.detail;
  if (target?.closest("form")) asked.set(xhr, { before: values(target) });
});

document.body.addEventListener("htmx:beforeSwap", (event) => {
  const known = asked.get(event.detail.xhr);
  if (known) known.typed = changed(known.before, values(event.detail.target));
});

// At once with the swap: whoever presses a button in the next moment sends what they typed.
document.body.addEventListener("htmx:afterSwap", (event) => {
  const known = asked.get(event.detail.xhr);
  if (!known?.typed) return;
  known.last = keep(known.typed);
  known.typed = null;
});

document.body.addEventListener("htmx:afterSettle", (event) => {
  const { xhr, requestConfig } = event.detail;
  const known = asked.get(xhr);
  // What was put back is said in words like everything else that is written; fields are listened to only now.
  known?.last?.dispatchEvent(new Event("change", { bubbles: true }));
  if (known) known.last = null;
  const button = requestConfig?.elt;
  if (!(button instanceof HTMLButtonElement) || button.name !== "more" || known?.focused) return;
  if (known) known.focused = true;
  const shown = document.getElementById(button.value === "rows" ? "condition" : `lines-${button.value}`);
  const lines = shown?.querySelectorAll(".line, .condition-row") ?? [];
  lines[lines.length - 1]?.querySelector("select, input:not([type=hidden]), textarea")?.focus();
});
