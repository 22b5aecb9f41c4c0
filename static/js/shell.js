// The frame: command palette, menus, theme switch, disclosures, unsaved forms, announcements.

const $ = (selector, within = document) => within.querySelector(selector);
const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];

/** Speak a sentence to assistive technology without moving the focus. */
export function announce(sentence) {
  const region = $("#announcer");
  if (!region) return;
  region.textContent = "";
  window.setTimeout(() => { region.textContent = sentence; }, 60);
}

/** True where a key press is text being written and must be left alone. */
export function isWriting(target) {
  return target instanceof Element && (target.closest("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]") !== null);
}

function theme() {
  const buttons = $$("[data-set-theme]");
  const show = () => {
    const now = document.documentElement.dataset.theme || "auto";
    buttons.forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.setTheme === now)));
  };
  buttons.forEach((button) => button.addEventListener("click", () => {
    const chosen = button.dataset.setTheme;
    if (chosen === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = chosen;
    try {
      if (chosen === "auto") localStorage.removeItem("parley-theme");
      else localStorage.setItem("parley-theme", chosen);
    } catch {
      // Without storage the choice holds for this page.
    }
    show();
  }));
  show();
}

function palette() {
  const dialog = $("#palette");
  if (!dialog) return;
  const input = $("input", dialog);
  const list = $("[role=listbox]", dialog);
  let options = $$("[role=option]", dialog);
  let searching = null;
  const nothing = $(".palette-none", dialog);
  let at = 0;

  const visible = () => options.filter((option) => !option.hidden);
  const select = (index) => {
    const rows = visible();
    at = rows.length ? (index + rows.length) % rows.length : 0;
    options.forEach((option) => option.setAttribute("aria-selected", "false"));
    if (!rows.length) { input.removeAttribute("aria-activedescendant"); return; }
    rows[at].setAttribute("aria-selected", "true");
    rows[at].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", rows[at].id);
  };
  const filter = () => {
    const words = input.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    options.forEach((option) => {
      if (option.dataset.found !== undefined) return;
      const text = option.textContent.toLocaleLowerCase();
      option.hidden = !words.every((word) => text.includes(word));
    });
    nothing.hidden = visible().length > 0 || searching !== null;
    select(0);
  };
  const forget = () => {
    searching?.abort();
    searching = null;
    $$("[data-found]", list).forEach((row) => row.remove());
    options = $$("[role=option]", dialog);
  };
  /** Deals and contracts that are not at hand: the server looks, what is listed already is not said twice. */
  const search = async () => {
    const query = input.value.trim();
    forget();
    filter();
    if (query.length < 2) return;
    const mine = searching = new AbortController();
    filter();
    try {
      await new Promise((resolve) => { window.setTimeout(resolve, 150); });
      if (mine.signal.aborted) return;
      const answer = await fetch(`${dialog.dataset.search}?${new URLSearchParams({ q: query })}`, { headers: { "X-Part": "palette" }, signal: mine.signal });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      const listed = new Set(visible().map((option) => $("a", option)?.getAttribute("href")));
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      $$("[role=option]", page).filter((row) => !listed.has($("a", row)?.getAttribute("href"))).forEach((row) => list.append(document.importNode(row, true)));
      searching = null;
      options = $$("[role=option]", dialog);
      nothing.hidden = visible().length > 0;
      select(at);
    } catch (error) {
      if (error.name !== "AbortError") { searching = null; nothing.hidden = visible().length > 0; }
    }
  };
  const open = () => {
    if (dialog.open) return;
    input.value = "";
    forget();
    filter();
    dialog.showModal();
    input.focus();
  };
  $$("[data-open-palette]").forEach((button) => button.addEventListener("click", open));
  input.addEventListener("input", search);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") { event.preventDefault(); select(at + 1); }
    else if (event.key === "ArrowUp") { event.preventDefault(); select(at - 1); }
    else if (event.key === "Escape") { event.preventDefault(); dialog.close(); }  // a search field would only empty itself
    else if (event.key === "Enter") { event.preventDefault(); $("a", visible()[at] ?? document.createElement("i"))?.click(); }
  });
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") { event.preventDefault(); open(); }
  });
}

function menus() {
  document.addEventListener("click", (event) => {
    $$("details.menu[open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
    const opener = event.target instanceof Element && event.target.closest("[data-opens]");
    if (opener) document.getElementById(opener.dataset.opens)?.showModal();
    const closer = event.target instanceof Element && event.target.closest("[data-closes]");
    if (closer) closer.closest("dialog")?.close();
    if (event.target instanceof HTMLDialogElement && event.target.matches(".dialog")) event.target.close();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = $("details.menu[open]");
    if (menu) { menu.open = false; $("summary", menu).focus(); }
  });
}

function forms() {
  // One press, one request: a second click while the first is on its way does nothing.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
    window.setTimeout(() => { delete form.dataset.sent; }, 8000);
    window.removeEventListener("beforeunload", warn);
  });
  const warn = (event) => event.preventDefault();
  $$("form[data-keep]").forEach((form) => form.addEventListener("input", () => window.addEventListener("beforeunload", warn), { once: true }));

  $$("select[data-submits]").forEach((select) => select.addEventListener("change", () => select.form.requestSubmit()));
  $$("[data-select-all]").forEach((box) => box.addEventListener("change", () => {
    $$(`input[type=checkbox][name="${box.dataset.selectAll}"]`).forEach((other) => { other.checked = box.checked; });
  }));
  $$("[data-copies]").forEach((button) => button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).value);
    announce(button.dataset.copied || "Copied");
  }));
  $$("[data-prints]").forEach((button) => button.addEventListener("click", () => window.print()));
}

function requests() {
  document.body.addEventListener("htmx:responseError", (event) => {
    const answer = event.detail.xhr;
    // A lost race or a refusal comes as a whole page that says what happened: show it.
    if (answer.responseText.includes("<html")) {
      const page = new DOMParser().parseFromString(answer.responseText, "text/html");
      document.body.replaceChildren(...page.body.childNodes);
      $("h1")?.setAttribute("tabindex", "-1");
      $("h1")?.focus();
    } else {
      announce("That did not work. Nothing was changed; reload the page and try again.");
    }
  });
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    // The answer is another page (signed out, or led elsewhere): go there instead of taking a part that is not in it.
    const { xhr, target } = event.detail;
    if (xhr.status === 200 && xhr.responseText.includes("<html") && !xhr.responseText.includes(`id="${target.id}"`)) {
      event.detail.shouldSwap = false;
      window.location.assign(xhr.responseURL);
    }
  });
  document.body.addEventListener("htmx:afterSwap", (event) => {
    const said = event.detail.target.querySelector?.("[data-announce]");
    if (said) announce(said.dataset.announce);
  });
}

theme();
palette();
menus();
forms();
requests();
