import fc from "fast-check";
import { expect, test } from "vitest";
import { quoteShell } from "../../../src/language/index.ts";
import { anyCharacter } from "../any-character.ts";
import { runShell } from "../shell.ts";

test.each([
  ["web1", "web1"],
  ["10.0.3.21/24", "10.0.3.21/24"],
  ["NAME=value", "NAME=value"],
  ["", "''"],
  ["two words", "'two words'"],
  ["it's", "'it'\\''s'"],
  ["~root", "'~root'"],
  ["=ls", "'=ls'"],
  ["$(reboot)", "'$(reboot)'"],
  ["a\nb", "'a\nb'"],
])("%j is written %s", (value, written) => {
  expect(quoteShell(value)).toBe(written);
});

test.each(["bash", "sh"])("any value reaches a program of %s as exactly one argument", (shell) => {
  const value = fc
    .string({ unit: anyCharacter, maxLength: 30 })
    .filter((text) => !text.includes("\0") && text.isWellFormed());
  fc.assert(
    fc.property(fc.array(value, { maxLength: 20 }), (values) => {
      const printed = runShell(`printf '%s\\0' ${values.map(quoteShell).join(" ")}`, {}, shell);
      expect(printed).toBe(values.length === 0 ? "\0" : values.map((one) => `${one}\0`).join(""));
    }),
    { numRuns: 40 },
  );
});
