const simple: Record<string, number> = { n: 10, t: 9, r: 13, a: 7, b: 8, e: 27, E: 27, f: 12, v: 11 };

/** Reads what bash's `printf %q` wrote (bytes as octal escapes, `LC_ALL=C`) back into the text that it stands for. */
export function readQuoted(quoted: string): string {
  const bytes: number[] = [];
  let at = 0;
  const ansi = quoted.startsWith("$'");
  if (quoted === "''") return "";
  if (!ansi) return Buffer.from(quoted.replace(/\\(.)/gs, "$1"), "latin1").toString("utf8");
  at = 2;
  while (at < quoted.length - 1) {
    const char = quoted[at] as string;
    if (char !== "\\") {
      bytes.push(quoted.charCodeAt(at));
      at += 1;
      continue;
    }
    const octal = /^[0-7]{1,3}/.exec(quoted.slice(at + 1, at + 4));
    if (octal) {
      bytes.push(Number.parseInt(octal[0], 8));
      at += 1 + octal[0].length;
      continue;
    }
    const next = quoted[at + 1] as string;
    bytes.push(simple[next] ?? next.charCodeAt(0));
    at += 2;
  }
  return Buffer.from(bytes).toString("utf8");
}
