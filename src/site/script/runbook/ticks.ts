import { byId } from "../by-id.ts";
import { setText } from "../set-text.ts";

/**
 * The steps that a reader who types them has done: kept in the browser by their hashes, so that a changed one is
 * open again. What this gives shows those that were done with some values: another container has its own.
 */
export function setUpTicks(id: string): (given: ReadonlyMap<string, string>) => void {
  let key = "";
  const boxes = [...document.querySelectorAll<HTMLInputElement>("[data-tick]")];
  const ticked = (): HTMLInputElement[] => boxes.filter(({ checked }) => checked);
  const said = byId("ticks-said");
  const clear = byId("ticks-clear");
  const bar = byId<HTMLProgressElement>("ticks-bar");

  const show = (): void => {
    for (const box of boxes) cardOf(box).classList.toggle("ticked", box.checked);
    const done = ticked().length;
    setText(said, `${done} of ${boxes.length} steps done`);
    if (bar.value !== done) bar.value = done;
    clear.toggleAttribute("disabled", done === 0);
  };
  const load = (): void => {
    let kept: string[] = [];
    try {
      kept = JSON.parse(localStorage[key]);
    } catch {}
    for (const box of boxes) box.checked = kept.includes(box.dataset["tick"] ?? "");
    show();
  };
  const keep = (): void => {
    show();
    try {
      localStorage[key] = JSON.stringify(ticked().map(({ dataset }) => dataset["tick"]));
    } catch {}
  };
  const openTarget = (): void => fold(document.getElementById(location.hash.slice(1))?.closest(".step"), true);

  for (const box of boxes) {
    box.addEventListener("change", () => {
      fold(cardOf(box), false);
      keep();
    });
  }
  for (const button of document.querySelectorAll(".tick button")) {
    button.addEventListener("click", () => fold(cardOf(button), button.ariaExpanded !== "true"));
  }
  clear.addEventListener("click", () => {
    for (const box of boxes) box.checked = false;
    keep();
  });
  addEventListener("storage", load);
  addEventListener("hashchange", openTarget);
  return (given) => {
    const values = new URLSearchParams([...given]);
    const wanted = `ticks ${id}${given.size > 0 ? `?${values}` : ""}`;
    if (wanted === key) return;
    key = wanted;
    load();
    openTarget();
  };
}

function cardOf(part: Element): Element {
  return part.closest(".step") as Element;
}

/** Shows what a ticked card folds away, or folds it away. */
function fold(card: Element | null | undefined, open: boolean): void {
  card?.classList.toggle("unfolded", open);
  card?.querySelector(".tick button")?.setAttribute("aria-expanded", `${open}`);
}
