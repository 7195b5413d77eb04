/** What a command printed on its two streams. */
interface Printed {
  stdout: string;
  stderr: string;
}

/**
 * The last lines of both streams: which of them says why a command failed depends on the command. With one stream empty, the lines
 * of the other alone.
 */
export function lastLines({ stdout, stderr }: Printed, count: number): string {
  const [printed, complained] = [stdout, stderr].map((text) => endOf(text, count));
  if (!printed || !complained) return printed || complained || "it said nothing";
  return `${printed}\nand on stderr: ${complained}`;
}

/** The last lines of a text, without the empty ones at its end. */
export function endOf(text: string, count: number): string {
  return text.trimEnd().split("\n").slice(-count).join("\n");
}
