const margin = 16;
const gap = 6;

/**
 * Puts a box below a word, above it where there is no room, and never beyond the window's sides. Of a word on two
 * lines `x` tells which part is meant.
 */
export function placeAt(box: HTMLElement, word: HTMLElement, x?: number): void {
  const lines = [...word.getClientRects()];
  const line = lines.find(({ left, right }) => x !== undefined && x >= left && x <= right) ?? lines[0];
  if (!line) return;
  const { width, height } = box.getBoundingClientRect();
  const room = document.documentElement.clientWidth - width - margin;
  const below = line.bottom + gap + height <= window.innerHeight || line.top - gap - height < 0;
  box.style.left = `${window.scrollX + Math.max(Math.min(line.left - margin, room), margin)}px`;
  box.style.top = `${window.scrollY + (below ? line.bottom + gap : line.top - gap - height)}px`;
}
