import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Masker } from "../../../src/engine/secrets/mask.ts";

/** A secret as a person or a machine makes them: any characters that an environment can hold. */
const secret = fc
  .oneof(
    fc.string({ unit: "binary", minLength: 6, maxLength: 40 }),
    fc.string({ unit: "grapheme-ascii", minLength: 6, maxLength: 40 }),
    fc.string({ unit: fc.constantFrom(..."ab\\'\"$` !%+/=*\n\t#~ü\u{1f511}"), minLength: 6, maxLength: 12 }),
  )
  .filter((text) => !text.includes("\0") && text.trim().length >= 6);

/** Text around a secret that no form of one goes on with. */
const around = fc.string({ unit: fc.constantFrom("‹", "›", "≈", "\u{1f9f1}"), maxLength: 10 });

const utf8 = (text: string) => Buffer.from(text);

/** What tools make of a secret. */
const forms: Record<string, (text: string) => string> = {
  plain: (text) => text,
  "in single quotes": (text) => `'${text.replaceAll("'", `'\\''`)}'`,
  "in single and double quotes": (text) => `'${text.replaceAll("'", `'"'"'`)}'`,
  "in double quotes": (text) => `"${text.replace(/[\\"$`]/g, "\\$&")}"`,
  "with backslashes": (text) => text.replace(/[^\w\n]/gu, "\\$&"),
  "in JSON": (text) => JSON.stringify(text),
  "in ASCII-only JSON": (text) =>
    JSON.stringify(text).replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`),
  "in a URL": encodeURIComponent,
  "in a URL, in small letters": (text) => encodeURIComponent(text).replace(/%../g, (code) => code.toLowerCase()),
  "in a form": (text) => new URLSearchParams({ "": text }).toString().slice(1),
  "by its bytes in a URL": (text) => [...utf8(text)].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join(""),
  "with line ends of DOS": (text) => text.replace(/\r?\n/g, "\r\n"),
};

/** Cuts a text at some places. */
function pieces(text: string, cuts: number[]): string[] {
  const places = cuts.map((cut) => cut % (text.length + 1)).toSorted((a, b) => a - b);
  return [...places, text.length].map((place, index) => text.slice(places[index - 1] ?? 0, place));
}

function throughStream(masker: Masker, parts: string[]): string {
  const stream = masker.stream();
  return parts.map((part) => stream.write(part)).join("") + stream.end();
}

const cuts = fc.array(fc.nat(1000), { maxLength: 8 });

describe.each(Object.entries(forms))("a secret %s", (_, form) => {
  test("never appears, however it is split, and all around it stays", () => {
    fc.assert(
      fc.property(secret, around, around, cuts, (text, before, after, cuts) => {
        const masker = new Masker([text]);
        const whole = before + form(text) + after;
        const masked = masker.text(whole);
        expect(masked).not.toContain(form(text).replace(/^['"](.*)['"]$/s, "$1"));
        expect(masked).not.toContain(text);
        expect(masked.startsWith(before) && masked.endsWith(after)).toBe(true);
        expect(masked.slice(before.length, masked.length - after.length)).toMatch(/^["']?(\*\*\*|•••|###)["']?$/);
        expect(throughStream(masker, pieces(whole, cuts))).toBe(masked);
        expect(throughStream(masker, whole.split(""))).toBe(masked);
        expect(masker.contains(whole)).toBe(true);
      }),
      { numRuns: 2500 },
    );
  });
});

test("a secret in base64 never appears, whatever was encoded around it, also in lines and for URLs", () => {
  fc.assert(
    fc.property(
      ...[secret, fc.uint8Array({ maxLength: 8 }), fc.uint8Array({ maxLength: 8 })],
      ...[fc.constantFrom("base64" as const, "base64url" as const), fc.integer({ min: 4, max: 80 }), cuts],
      (text, before, after, encoding, width, cuts) => {
        const encoded = Buffer.concat([before, utf8(text), after]).toString(encoding);
        const whole = encoded.replace(new RegExp(`.{${width}}(?=.)`, "g"), "$&\n");
        const masker = new Masker([text]);
        const masked = masker.text(whole);
        expect(masked).not.toContain(
          utf8(text)
            .toString(encoding)
            .replace(/.{0,2}=*$/, ""),
        );
        // Of the secret no byte can be decoded, but for some bits of the first.
        const [lead = "", trail = ""] = masked.replaceAll("\n", "").split(/\*\*\*|•••|###/);
        expect(lead.length * 6).toBeLessThanOrEqual(before.length * 8 + 6);
        expect(trail.replaceAll("=", "").length * 6).toBeLessThan(after.length * 8 + 6);
        expect(throughStream(masker, pieces(whole, cuts))).toBe(masked);
      },
    ),
    { numRuns: 6000 },
  );
});

test("what bash itself makes of a secret never appears", () => {
  const script = `
    for secret; do
      printf '%q\\0' "$secret"; printf '%s\\0' "\${secret@Q}" "$(declare -p secret)"
      { set -x; : "$secret"; set +x; } 2>&1; printf '\\0'
      printf '%s' "$secret" | base64; printf '\\0'
    done`;
  for (const locale of ["C", "C.UTF-8"]) {
    const secrets = fc.sample(secret, 400);
    const { stdout, stderr } = spawnSync("bash", ["--norc", "-c", script, "bash", ...secrets], {
      encoding: "utf8",
      env: { PATH: process.env.PATH, LC_ALL: locale },
    });
    expect(stderr).toBe("");
    const said = stdout.split("\0");
    for (const [index, text] of secrets.entries()) {
      for (const form of said.slice(index * 5, index * 5 + 5)) {
        // A broken character of one locale in another is no form that can be shown either.
        if (form.includes("\ufffd")) continue;
        expect([text, form, new Masker([text]).contains(form)]).toEqual([text, form, true]);
      }
    }
  }
});

test("text without a secret comes through whole and unchanged, however it is split", () => {
  const text = fc.string({ unit: fc.constantFrom(..."abc %+\\'\"\r\n=ü\u{1f511}"), maxLength: 200 });
  fc.assert(
    fc.property(
      text,
      fc.array(fc.stringMatching(/^[ab][A-Z0-9]{6,20}$/), { maxLength: 3 }),
      cuts,
      (text, secrets, cuts) => {
        const masker = new Masker(secrets);
        expect(masker.text(text)).toBe(text);
        expect(masker.contains(text)).toBe(false);
        expect(throughStream(masker, pieces(text, cuts))).toBe(text);
      },
    ),
  );
});

test("several secrets, also when they overlap or one begins another, never appear", () => {
  const short = fc.string({ unit: fc.constantFrom("a", "b", "*"), minLength: 6, maxLength: 9 });
  fc.assert(
    fc.property(
      fc.array(short, { minLength: 1, maxLength: 4 }),
      fc.array(short, { maxLength: 6 }),
      cuts,
      (secrets, others, cuts) => {
        const whole = [...secrets, ...others].join("");
        const masker = new Masker(secrets);
        const masked = masker.text(whole);
        for (const secret of secrets) expect(masked).not.toContain(secret);
        expect(throughStream(masker, pieces(whole, cuts))).toBe(masked);
      },
    ),
  );
});

test("a line of a secret is one, and so is a secret without the white space at its ends", () => {
  const masker = new Masker(["-----BEGIN KEY-----\nb3BlbnNzaC1r\r\nshort\n", " padded \n"]);
  expect(masker.text("> b3BlbnNzaC1r, [padded]")).toBe("> ***, [***]");
  expect(masker.text("a short word")).toBe("a short word");
});

test("overlapping secrets leave nothing of either", () => {
  expect(new Masker(["abcdef", "defghi"]).text("-abcdefghi-")).toBe("-***-");
  expect(new Masker(["aaaaaa"]).text("-aaaaaaaaa-")).toBe("-***-");
});

test("only what may become a secret is held back", () => {
  const stream = new Masker(["hunter22"]).stream();
  expect(stream.write("the password is hunt")).toBe("the password is ");
  expect(stream.write("ing\n")).toBe("hunting\n");
  expect(stream.write("hunter")).toBe("");
  expect(stream.write("22!")).toBe("***!");
  expect(stream.write("hunter2")).toBe("");
  expect(stream.end()).toBe("hunter2");
  expect(stream.end()).toBe("");
});

test("without secrets text is handed on as it is", () => {
  const stream = new Masker([]).stream();
  expect([stream.write("text"), stream.end(), new Masker([""]).text("text")]).toEqual(["text", "", "text"]);
});
