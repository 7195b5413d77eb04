/** Shows a command line that wraps between its words only. */
export function showLine(place: HTMLElement, line: string): void {
  const words = line.split(" ").flatMap((text, at) => {
    const word = document.createElement("span");
    word.className = "word";
    word.textContent = text;
    return at > 0 ? [" ", word] : [word];
  });
  place.replaceChildren(...words);
}
