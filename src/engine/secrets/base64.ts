import type { Form } from "./forms.ts";

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** How a character of base64 may be written: as it is, in the URL-safe alphabet, or URL-encoded. */
const ways: Record<string, string[]> = { "+": ["+", "-", "%2B", "%2b"], "/": ["/", "_", "%2F", "%2f"] };

/** A secret in base64, whatever stands before and behind it in what was encoded: three bytes make four characters. */
export function base64Forms(secret: string): Form[] {
  return [0, 1, 2].map((before) => withBreaks(encodedBehind(Buffer.from(secret), before)));
}

/** The characters that carry the secret's bits when `before` more bytes stand in front of it. */
function encodedBehind(secret: Buffer, before: number): string[][] {
  const bits = [...Buffer.alloc(before), ...secret].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  const form: string[][] = [];
  // The first character is left out where it also carries bits of the text before the secret: it could be nearly any.
  for (let at = Math.ceil((before * 8) / 6) * 6; at < bits.length; at += 6) {
    const known = bits.slice(at, at + 6);
    const free = 6 - known.length; // bits of what follows
    const first = Number.parseInt(known, 2) << free;
    form.push([...alphabet.slice(first, first + 2 ** free)].flatMap((character) => ways[character] ?? [character]));
  }
  return form;
}

/** `base64` breaks its lines. */
function withBreaks(form: Form): Form {
  const [first = [], ...rest] = form;
  return [first, ...rest.map((unit) => unit.flatMap((way) => [way, `\n${way}`, `\r\n${way}`]))];
}
