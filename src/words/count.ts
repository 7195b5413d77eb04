/** A number of things in words: `1 layer`, `2 layers`. */
export function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? "" : "s"}`;
}
