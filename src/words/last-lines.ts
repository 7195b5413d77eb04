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
  const [printed, complained] = [stdout, stderr].map((text) => text.trimEnd().split("\n").slice(-count).join("\n"));
  if (!printed || !complained) return printed || complained || "it said nothing";
  return `${printed}\nand on stderr: ${complained}`;
}
