import { setText } from "./set-text.ts";

/** Shows a command line that wraps between its words only. Words that stay the same are left alone: a keystroke changes one. */
export function showLine(place: HTMLElement, line: string): void {
  const texts = line.split(" ");
  const shown = place.querySelectorAll<HTMLElement>(".word");
  if (shown.length === texts.length) {
    shown.forEach((word, at) => {
      setText(word, texts[at] ?? "");
    });
    return;
  }
  const words = texts.flatMap((text, at) => {
    const word = document.createElement("span");
    word.className = "word";
    word.textContent = text;
    return at > 0 ? [" ", word] : [word];
  });
  place.replaceChildren(...words);
}
