/** Sets a text that is another one: the same text set again costs a layout, and a screen reader may say it once more. */
export function setText(place: Element, text: string): void {
  if (place.textContent !== text) place.textContent = text;
}
