import type { PageData } from "../../../language/copied/page-data.ts";
import { byId } from "../by-id.ts";
import { copyText } from "./copy.ts";

type Copies = typeof import("./copies.ts");

let copies: Copies | undefined;

async function load(): Promise<Copies> {
  copies = await import("./copies.ts");
  return copies;
}

/** The code block's or the panel's copy button that an event is at. */
function buttonAt({ target }: Event): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>("[data-block] .copy button, [data-copies]") : null;
}

/** Lets the copy buttons give their texts with the values of that moment. */
export function setUpCopies(data: PageData, given: () => ReadonlyMap<string, string>): void {
  const blocks = new Map(data.blocks);
  const said = byId("panel-said");
  const copy = (button: HTMLElement, { copiedScript, copySource, copyOf }: Copies): void => {
    const what = button.dataset["copies"];
    if (what) {
      const line = button.previousElementSibling?.textContent ?? "";
      void copyText(what === "line" ? line : copiedScript(data, given()), button, said);
      return;
    }
    const key = button.closest<HTMLElement>("[data-block]")?.dataset["block"] ?? "";
    const block = blocks.get(key);
    if (!block) return;
    const text = copyOf(block, copySource(data, given()), blocks.get(`${key}:enter`));
    button.dataset["code"] = text.replaceAll("\n", "\x7F");
  };
  // Before the code blocks' own listener, which copies the text that the button has then.
  const prepare = (event: Event): void => {
    const button = buttonAt(event);
    if (!button) return;
    if (copies) {
      copy(button, copies);
      return;
    }
    event.stopPropagation();
    void load().then(
      () => button.click(),
      () => {
        said.textContent = "Nothing was copied: a part of this page could not be loaded.";
      },
    );
  };
  document.addEventListener("click", prepare, true);
  // A pointer or the focus comes first, so that a click needs not wait.
  for (const reach of ["pointerover", "focusin"]) {
    document.addEventListener(reach, (event) => {
      if (buttonAt(event) && !copies) load().catch(() => {});
    });
  }
}
