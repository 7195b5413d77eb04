import type { Spelt } from "./spelling.ts";

/**
 * Corrects mistyped words of a term. The words of all pages come with the first focus, so a page that is only read does not
 * load them; what was typed meanwhile is searched for once more. A line above the hits says what was corrected.
 */
export function setUpSpelling(
  place: Element,
  bundle: string,
  plain: (typed: string) => string,
): (typed: string) => string {
  let speltTerm = (term: string): Spelt => ({ term, mistyped: [] });
  const spelt = (typed: string): Spelt => speltTerm(plain(typed));
  const input = (): HTMLInputElement | null => place.querySelector("input");

  const say = (): void => {
    const { term, mistyped } = spelt(input()?.value ?? "");
    place.querySelector(".spelling-note")?.remove();
    if (mistyped.length === 0) return;
    const note = document.createElement("p");
    note.className = "spelling-note";
    note.setAttribute("role", "status");
    note.textContent = `Searched for “${term}”: no page has ${mistyped.map((word) => `“${word}”`).join(", ")}.`;
    place.querySelector(".pagefind-ui__drawer")?.insertAdjacentElement("beforebegin", note);
  };

  const load = async (): Promise<void> => {
    const address = new URL("../search/words.json", new URL(bundle, location.href));
    const [{ spell }, vocabulary] = await Promise.all([
      import("./spelling.ts"),
      fetch(address).then((answer): Promise<string[]> => answer.json()),
    ]);
    speltTerm = (term) => spell(term, vocabulary);
    const field = input();
    if (field && spelt(field.value).mistyped.length > 0) askAgain(field);
  };

  // Without the words the search does what it did before.
  place.addEventListener("focusin", () => void load().catch(() => {}), { once: true });
  place.addEventListener("input", say);
  // The button that clears the field tells nobody.
  place.addEventListener("click", say);
  return (typed) => spelt(typed).term;
}

/** The surface asks only when the field's text changes. */
function askAgain(field: HTMLInputElement): void {
  const { value } = field;
  for (const next of [`${value} `, value]) {
    field.value = next;
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
}
