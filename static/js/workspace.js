// The contract workspace: three panes that follow one selection, markup views, keyboard, tabs, widths.
// The page reads well without this file; everything here only moves, shows and hides.
import { announce, isWriting } from "./shell.js";

const $ = (selector, within = document) => within.querySelector(selector);
const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];
const workspace = $(".workspace");
const remembered = (key, value) => {
  try {
    if (value === undefined) return localStorage.getItem(key);
    localStorage.setItem(key, value);
  } catch {
    // Without storage nothing is remembered.
  }
  return null;
};

const isNarrow = window.matchMedia("(max-width: 760px)");

// ---- one selection ----------------------------------------------------------------------------

const now = { clause: "", block: "", finding: "" };

function clear(selector, name = "current") {
  $$(selector).forEach((element) => element.classList.remove(name));
}

function reveal(element, block = "nearest") {
  element?.scrollIntoView({ block, inline: "nearest" });
}

function showClause(clause, { scroll = true } = {}) {
  now.clause = clause;
  $$(".outline-link[data-clause]").forEach((link) => {
    const is = clause !== "" && link.dataset.clause === clause;
    if (is) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
    if (is && scroll) reveal(link);
  });
}

function showBlock(block, { scroll = true, focus = false } = {}) {
  now.block = block;
  clear(".block.current");
  const element = block ? document.getElementById(`b-${block}`) : null;
  $$("[data-current-block]").forEach((input) => { input.value = block; });
  if (!element) return;
  element.classList.add("current");
  if (scroll) reveal(element, "center");
  if (focus) element.focus({ preventScroll: true });
}

/** The words a value or slip was read from, marked in the text: of equal ones that nearest to `at` in their paragraph. */
function showWords(block, words, at) {
  globalThis.CSS?.highlights?.delete("words");
  const element = document.getElementById(`b-${block}`);
  if (!element || !words || !globalThis.CSS?.highlights) return;
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement.closest("del, .hung") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
  const nodes = [];
  let text = "";
  while (walker.nextNode()) {
    nodes.push({ node: walker.currentNode, start: text.length });
    text += walker.currentNode.data;
  }
  let best = -1;
  for (let found = text.indexOf(words); found !== -1; found = text.indexOf(words, found + 1)) {
    if (best === -1 || Math.abs(found - at) < Math.abs(best - at)) best = found;
  }
  if (best === -1) return;
  const spot = (offset) => {
    const home = nodes.findLast((one) => one.start <= offset);
    return [home.node, offset - home.start];
  };
  const range = new Range();
  range.setStart(...spot(best));
  const [last, end] = spot(best + words.length - 1);
  range.setEnd(last, end + 1);
  globalThis.CSS.highlights.set("words", new Highlight(range));
}

function showFinding(finding, { scroll = true, open = true } = {}) {
  now.finding = finding;
  clear(".issue.current, .found.current");
  const card = finding ? document.getElementById(`issue-${finding}`) : null;
  if (!card) return;
  card.classList.add("current");
  if (open) $("details", card).open = true;
  $$(`.found[data-mark="${CSS.escape(finding)}"]`).forEach((mark) => mark.classList.add("current"));
  showTab("issues");
  // Above the first card stand the risk and the order of the list: they stay in sight.
  if (scroll) reveal(card === $(".issue") ? $("#issue-progress") : card, "start");
}

/** The outline may stop above a deep clause: then the last entry that starts before the block stands for it. */
function listed(clause, place) {
  const links = $$(".outline-link[data-clause]");
  if (links.some((link) => clause !== "" && link.dataset.clause === clause)) return clause;
  const block = document.getElementById(`b-${place}`);
  if (!block) return clause;
  const before = links.filter((link) => {
    const start = document.getElementById(link.getAttribute("href").slice(1));
    return start && (start === block || start.compareDocumentPosition(block) & Node.DOCUMENT_POSITION_FOLLOWING);
  });
  return before.at(-1)?.dataset.clause ?? clause;
}

function select({ clause = "", block = "", finding = "", from = "", open = true }) {
  if (from === "outline" && isNarrow.matches) setPane("paper");
  const card = finding ? document.getElementById(`issue-${finding}`) : null;
  const place = block || card?.dataset.block || "";
  const home = clause || document.getElementById(`b-${place}`)?.dataset.clause || card?.dataset.clause || "";
  showClause(listed(home, place), { scroll: from !== "outline" });
  const mark = finding && $(`.found[data-mark="${CSS.escape(finding)}"]`);
  showBlock(place, { scroll: from !== "paper" && !mark });
  if (mark && from !== "paper") reveal(mark, "center");
  if (finding) showFinding(finding, { scroll: from !== "side", open });
  else if (home) {
    const first = $(`.issue[data-clause="${CSS.escape(home)}"]`);
    clear(".issue.current, .found.current");
    if (first && from !== "side") { first.classList.add("current"); reveal(first); }
  }
}

workspace.addEventListener("click", (event) => {
  const target = event.target;
  if (!(target instanceof Element)) return;
  const link = target.closest(".outline-link[data-clause]");
  if (link) {
    event.preventDefault();
    const block = link.getAttribute("href").startsWith("#b-") ? link.getAttribute("href").slice(3) : "";
    select({ clause: link.dataset.clause, block, finding: link.dataset.finding ?? "", from: block ? "outline" : "missing" });
    if (!block && isNarrow.matches) setPane("side");
    return;
  }
  const mark = target.closest(".found");
  if (mark) { select({ finding: mark.dataset.mark, from: "paper" }); if (isNarrow.matches) setPane("side"); return; }
  const block = target.closest(".paper [data-block]");
  if (block && String(window.getSelection()) === "") { select({ block: block.dataset.block, from: "paper" }); return; }
  const card = target.closest(".issue");
  if (card && !target.closest("form, a, button")) { 
    // A press on the summary opens or closes the card by itself.
    select({ finding: card.dataset.finding, from: "side", open: !target.closest("summary") });
    return;
  }
  const other = target.closest(".side [data-block]");
  if (other && !target.closest("form, button, summary")) {
    if (target.closest("a")) event.preventDefault();
    selectOther(other);
  }
});

workspace.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target instanceof Element && event.target.matches(".side :is(article, .fact-row)[data-block]")) {
    selectOther(event.target);
  }
});

/** A change, comment, value or slip of the side pane: its place in the text, and the very words where they are known. */
function selectOther(element) {
  const { block, words = "", at = "0" } = element.dataset;
  if (isNarrow.matches && words) setPane("paper");
  select({ block, from: "side" });
  showWords(block, words, Number(at));
}

// ---- issues and changes one by one --------------------------------------------------------------

function stepIssue(by) {
  const cards = $$(".issue");
  if (!cards.length) return;
  const at = cards.findIndex((card) => card.dataset.finding === now.finding);
  const card = cards[(at + by + cards.length) % cards.length] ?? cards[0];
  select({ finding: card.dataset.finding });
  $("summary", card).focus({ preventScroll: true });
}

/** The first mark of each change: a struck word and the one that replaces it are one step, as they are counted. */
function changesShown() {
  const whose = (mark) => mark && (["silent", "ours", "theirs"].find((side) => mark.classList.contains(side)));
  const marks = $$(".paper ins, .paper del").filter((mark) => mark.offsetParent !== null);
  return marks.filter((mark, at) => !(mark.classList.contains("follows") && whose(marks[at - 1]) === whose(mark)));
}

let changeAt = -1;
function stepChange(by, { aloud = false } = {}) {
  const marks = changesShown();
  if (!marks.length) { announce("No change is shown."); return; }
  changeAt = (changeAt + by + marks.length) % marks.length;
  clear("ins.current, del.current");
  const mark = marks[changeAt];
  mark.classList.add("current");
  $$("[data-change-at]").forEach((element) => { element.textContent = String(changeAt + 1); });
  select({ block: mark.closest("[data-block]").dataset.block, from: "paper" });
  reveal(mark, "center");
  if (isNarrow.matches) setPane("paper");
  if (aloud) announce(`${mark.title}: ${mark.textContent}`);
}
$$("[data-step-change]").forEach((button) => button.addEventListener("click", () => stepChange(Number(button.dataset.stepChange), { aloud: true })));

// ---- markup views, tabs, panes ------------------------------------------------------------------

const views = ["all", "clean", "original"];
function setMarkup(view) {
  $("#paper").dataset.markup = view;
  $$("[data-set-markup]").forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.setMarkup === view)));
  changeAt = -1;
  // How many steps there are in this view; the server counted those of the whole markup.
  const shown = $("#changes-shown");
  if (shown) shown.textContent = shown.textContent.replace(/\d+/, String(changesShown().length));
}
$$("[data-set-markup]").forEach((button) => button.addEventListener("click", () => setMarkup(button.dataset.setMarkup)));

const tabs = $$('[role="tab"]');
function showTab(name) {
  tabs.forEach((tab) => {
    const is = tab.id === `tab-${name}`;
    tab.setAttribute("aria-selected", String(is));
    tab.tabIndex = is ? 0 : -1;
    document.getElementById(tab.getAttribute("aria-controls")).hidden = !is;
  });
}
tabs.forEach((tab, at) => {
  tab.addEventListener("click", () => showTab(tab.id.slice(4)));
  tab.addEventListener("keydown", (event) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const next = tabs[(at + by + tabs.length) % tabs.length];
    showTab(next.id.slice(4));
    next.focus();
  });
});
// The counts in the toolbar are replaced after a decision: the listener stays with the page.
document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest("[data-tab-link]") : null;
  if (!link) return;
  showTab(link.dataset.tabLink);
  if (isNarrow.matches) setPane("side");
});

function setPane(name) {
  workspace.dataset.pane = name;
  $$("[data-set-pane]").forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.setPane === name)));
}
$$("[data-set-pane]").forEach((button) => button.addEventListener("click", () => setPane(button.dataset.setPane)));
$$("[data-toggle-outline]").forEach((button) => button.addEventListener("click", () => {
  setPane(workspace.dataset.pane === "outline" ? "paper" : "outline");
  button.setAttribute("aria-pressed", String(workspace.dataset.pane === "outline"));
}));

// ---- words chosen in the text ---------------------------------------------------------------------

/** Selected words can go into the clause library: the button shows while something is chosen in the paper. */
const keepWords = $("[data-keep-words]");
/** The chosen words as they stand: without what is struck out and without numbers in the margin. */
function standing(range) {
  const copy = range.cloneContents();
  $$("del, .hung", copy).forEach((element) => element.remove());
  const paragraphs = $$(".block", copy).map((block) => block.textContent.trim());
  return (paragraphs.length ? paragraphs.join("\n") : copy.textContent).trim();
}
if (keepWords) {
  document.addEventListener("selectionchange", () => {
    const chosen = document.getSelection();
    const inPaper = chosen?.rangeCount && $("#paper").contains(chosen.getRangeAt(0).commonAncestorContainer);
    const words = inPaper ? standing(chosen.getRangeAt(0)) : "";
    keepWords.hidden = words === "";
    if (!words) return;
    const first = chosen.getRangeAt(0).startContainer;
    const start = (first instanceof Element ? first : first.parentElement)?.closest("[data-block]");
    keepWords.elements.text.value = words;
    keepWords.elements.title.value = start ? $(`.outline-link[data-clause="${CSS.escape(listed(start.dataset.clause, start.dataset.block))}"] .outline-name`)?.textContent ?? "" : "";
  });
}

// ---- widths ---------------------------------------------------------------------------------------

$$(".splitter").forEach((splitter) => {
  const name = splitter.dataset.splits;
  const least = Number(splitter.getAttribute("aria-valuemin"));
  const most = Number(splitter.getAttribute("aria-valuemax"));
  const set = (width) => {
    const fit = Math.round(Math.min(most, Math.max(least, width)));
    workspace.style.setProperty(`--${name}`, `${fit}px`);
    splitter.setAttribute("aria-valuenow", String(fit));
    return fit;
  };
  const saved = Number(remembered(`parley-${name}`));
  if (saved) set(saved);
  splitter.addEventListener("keydown", (event) => {
    const by = { ArrowRight: 16, ArrowLeft: -16 }[event.key];
    if (!by) return;
    event.preventDefault();
    const sign = name === "outline" ? 1 : -1;
    remembered(`parley-${name}`, set(Number(splitter.getAttribute("aria-valuenow")) + sign * by));
  });
  splitter.addEventListener("pointerdown", (event) => {
    splitter.setPointerCapture(event.pointerId);
    const box = workspace.getBoundingClientRect();
    const move = (moved) => set(name === "outline" ? moved.clientX - box.left : box.right - moved.clientX);
    const stop = () => {
      splitter.removeEventListener("pointermove", move);
      remembered(`parley-${name}`, splitter.getAttribute("aria-valuenow"));
    };
    splitter.addEventListener("pointermove", move);
    splitter.addEventListener("pointerup", stop, { once: true });
    splitter.addEventListener("pointercancel", stop, { once: true });
  });
});

// ---- keyboard ---------------------------------------------------------------------------------------

const singleKeys = $("[data-single-keys]");
if (singleKeys) {
  singleKeys.checked = remembered("parley-single-keys") !== "off";
  singleKeys.addEventListener("change", () => remembered("parley-single-keys", singleKeys.checked ? "on" : "off"));
}
const keys = {
  j: () => stepIssue(1),
  k: () => stepIssue(-1),
  n: () => stepChange(1),
  p: () => stepChange(-1),
  m: () => setMarkup(views[(views.indexOf($("#paper").dataset.markup) + 1) % views.length]),
  1: () => showTab("issues"),
  2: () => showTab("changes"),
  3: () => showTab("comments"),
  4: () => showTab("facts"),
  5: () => showTab("checks"),
  "?": () => $("#shortcuts").showModal(),
};
document.addEventListener("keydown", (event) => {
  if (event.altKey && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    stepChange(event.key === "ArrowDown" ? 1 : -1, { aloud: true });
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target) || $("dialog[open]")) return;
  if (singleKeys && !singleKeys.checked && event.key !== "?") return;
  const act = keys[event.key];
  if (act) { event.preventDefault(); act(); return; }
  const control = $(`.issue.current [data-key="${CSS.escape(event.key)}"]`);
  if (control) { event.preventDefault(); control.focus(); }
});

// ---- start, and again after a part of the page was replaced ---------------------------------------

showTab("issues");
setMarkup($("#paper").dataset.markup);
const place = decodeURIComponent(window.location.hash);
if (place.startsWith("#b-")) select({ block: place.slice(3) });
else if (place.startsWith("#issue-")) select({ finding: place.slice(7) });
else if (place === "#not-covered") { if (isNarrow.matches) setPane("side"); reveal(document.getElementById("not-covered"), "start"); }
else if (workspace.dataset.selected && !isNarrow.matches) select({ finding: workspace.dataset.selected });

document.body.addEventListener("htmx:afterSettle", () => {
  const view = $('[data-set-markup][aria-pressed="true"]')?.dataset.setMarkup ?? "all";
  setMarkup(view);
  showClause(now.clause, { scroll: false });
  showBlock(now.block, { scroll: false });
  if (!now.finding) return;
  showFinding(now.finding, { scroll: false, open: false });
  // The pressed button went with the old card: the focus goes to the new one, and its state is said.
  const summary = $(`#issue-${CSS.escape(now.finding)} summary`);
  if (!summary || (document.activeElement !== document.body && document.activeElement !== null)) return;
  summary.focus({ preventScroll: true });
  announce($(".badge", summary)?.textContent ?? "");
});
