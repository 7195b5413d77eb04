import { placeAt } from "./place-at.ts";

/**
 * Previews of the glossary's words: by mouse after a moment, by keyboard on focus, by touch on the first tap. The
 * text is the link's description, which stands hidden on the page. Without this the words are links.
 */
const hoverMs = 250;
const leaveMs = 300;

const preview = document.createElement("span");
preview.className = "term-preview not-content";
preview.popover = "manual";
preview.dataset["pagefindIgnore"] = "";
const words = document.createElement("span");
const more = document.createElement("a");
more.textContent = "In the glossary";
// By keyboard the word itself leads there.
more.tabIndex = -1;
preview.append(words, more);

let shown: HTMLAnchorElement | undefined;
let timer = 0;
let pointer = "";

function termAt(target: EventTarget | null): HTMLAnchorElement | null {
  return target instanceof Element ? target.closest<HTMLAnchorElement>("a.term") : null;
}

function later(what: () => void, ms: number): void {
  clearTimeout(timer);
  timer = window.setTimeout(what, ms);
}

function show(term: HTMLAnchorElement, x?: number): void {
  clearTimeout(timer);
  if (shown === term) return;
  hide();
  const text = document.getElementById(term.getAttribute("aria-describedby") ?? "")?.textContent;
  if (!text) return;
  words.textContent = text;
  more.href = term.href;
  term.after(preview);
  preview.showPopover();
  placeAt(preview, term, x);
  shown = term;
  term.dataset["shown"] = "";
}

function hide(): void {
  clearTimeout(timer);
  if (!shown) return;
  delete shown.dataset["shown"];
  shown = undefined;
  preview.hidePopover();
  preview.remove();
}

/** The reason to keep the preview while the pointer is elsewhere. */
function isFocused(): boolean {
  return shown?.matches(":focus-visible") === true;
}

document.addEventListener("pointerover", ({ target, pointerType, clientX }) => {
  if (pointerType === "touch") return;
  const term = termAt(target);
  if (target instanceof Node && preview.contains(target)) clearTimeout(timer);
  else if (term) later(() => show(term, clientX), hoverMs);
  else if (shown) later(() => isFocused() || hide(), leaveMs);
  else clearTimeout(timer);
});
document.documentElement.addEventListener("pointerleave", () => {
  if (shown) later(() => isFocused() || hide(), leaveMs);
  else clearTimeout(timer);
});
document.addEventListener("pointerdown", ({ target, pointerType }) => {
  pointer = pointerType;
  if (shown && termAt(target) !== shown && !(target instanceof Node && preview.contains(target))) hide();
});
document.addEventListener("focusin", ({ target }) => {
  const term = termAt(target);
  if (term?.matches(":focus-visible")) show(term);
});
document.addEventListener("focusout", ({ target, relatedTarget }) => {
  if (termAt(target) === shown && !(relatedTarget instanceof Node && preview.contains(relatedTarget))) hide();
});
document.addEventListener("keydown", ({ key }) => {
  pointer = "";
  if (key === "Escape") hide();
});
document.addEventListener("click", (event) => {
  const term = termAt(event.target);
  if (!term || pointer !== "touch" || shown === term) return;
  event.preventDefault();
  show(term, event.clientX);
});
window.addEventListener("resize", hide);
