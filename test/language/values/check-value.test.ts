import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkValue, isReserved, type Parameter, parseDuration } from "../../../src/language/index.ts";
import { matchesAtOnce } from "../../../src/language/values/at-once.ts";
import { anyCharacter } from "../any-character.ts";

function parameter(keys: Partial<Parameter> = {}): Parameter {
  const place = { line: 1, column: 1 };
  return { name: "NAME", list: false, secret: false, multiline: false, span: { start: place, end: place }, ...keys };
}

const NOT_UTF8 = "NAME must be UTF-8 text: it has the character U+FFFD, which stands for a byte that is none.";
const arch = { enum: ["amd64", "arm64"] };
const word = { pattern: "[a-z]+" };

test.each<[string, Partial<Parameter>, string, string | undefined]>([
  ["an empty value is a value", {}, "", undefined],
  ["a tab is allowed", {}, "a\tb", undefined],
  ["a line feed is not", {}, "a\nb", "NAME must not contain a line feed (a value is one line)."],
  ["but for multiline", { multiline: true }, "a\nb", undefined],
  ["a carriage return is not", { multiline: true }, "a\rb", "NAME must not contain the control character U+000D."],
  ["U+0000 is not", {}, "a\0b", "NAME must not contain the control character U+0000."],
  ["what bytes that are no UTF-8 become is not", {}, Buffer.from([0x61, 0xff]).toString(), NOT_UTF8],
  ["nor in a word of a list", { list: true }, "a \ufffd", NOT_UTF8],
  ["half a character is not", {}, "a\ud800", "NAME must not contain half a character (a lone surrogate)."],
  [
    "a byte that is no UTF-8 is not",
    {},
    "caf\ufffd",
    "NAME must be UTF-8 text: it has the character U+FFFD, which stands for a byte that is none.",
  ],
  ["a choice", arch, "arm64", undefined],
  ["a slip", arch, "amd46", 'NAME: "amd46" is not one of amd64, arm64. Did you mean "amd64"?'],
  ["another one", arch, "riscv64", 'NAME: "riscv64" is not one of amd64, arm64.'],
  ["the whole value matches", word, "abc", undefined],
  ["a part is not enough", word, "abc1", 'NAME: "abc1" does not match [a-z]+.'],
  ["alternatives are kept together", { pattern: "a|b" }, "ab", 'NAME: "ab" does not match a|b.'],
  ["the end is the end", { ...word, multiline: true }, "abc\n", 'NAME: "abc\\n" does not match [a-z]+.'],
  ["each word of a list", { ...word, list: true }, " ab\tcd  ef ", undefined],
  ["not one of them may differ", { ...word, list: true }, "ab c1", 'NAME: the word "c1" does not match [a-z]+.'],
  [
    "a shell splits a list at no other space",
    { ...word, list: true },
    "ab\u00a0cd",
    'NAME: the word "ab\u00a0cd" does not match [a-z]+.',
  ],
  ["a list may be empty", { ...word, list: true }, "", undefined],
  ["each choice of a list", { ...arch, list: true }, "amd64 arm64", undefined],
  ["a long secret", { secret: true }, "hunter22", undefined],
  [
    "a short secret",
    { secret: true },
    "abc",
    "NAME must have at least 6 characters, so that it can be masked in output.",
  ],
])("%s", (_, keys, value, problem) => {
  expect(checkValue(parameter(keys), value)).toBe(problem);
});

test("a secret is never echoed", () => {
  const secret = fc
    .string({ minLength: 6, maxLength: 30, unit: anyCharacter })
    .filter((text) => !"NAME does not match [a-z]+.".includes(text));
  fc.assert(
    fc.property(secret, (value) => {
      const keys = { secret: true, ...word, enum: ["secretly"] };
      expect(checkValue(parameter(keys), value) ?? "").not.toContain(value);
    }),
  );
});

describe("names that steer the shell or a loader are refused", () => {
  test.each(
    "PATH IFS ENV HOME BASH_ENV BASHOPTS SHELLOPTS PS4 LD_PRELOAD LC_ALL LANG TMPDIR RUNBOOK_STATE_DIR".split(" "),
  )("%s", (name) => expect(isReserved(name)).toBe(true));
  test.each("CONTAINER ARCH DIST HOSTNAME DOMAIN NAMESERVER PACKAGES SSH_KEY PATHS".split(" "))("but not %s", (name) =>
    expect(isReserved(name)).toBe(false),
  );
});

test.each([
  ["500ms", 500],
  ["30s", 30_000],
  ["5m", 300_000],
  ["1h", 3_600_000],
  ["0s", undefined],
  ["30", undefined],
  ["1.5s", undefined],
  ["-1s", undefined],
  ["1d", undefined],
  ["999999h", undefined],
  ["", undefined],
])("the duration %j is %s", (text, milliseconds) => {
  expect(parseDuration(text)).toBe(milliseconds);
});

test.each([
  ["nested quantifiers", "(a+)+b", false],
  ["alternatives that overlap, repeated", "(a|aa|a?)+b", false],
  ["many quantifiers and a long value", "a*a*a*a*a*a*a*a*b", false],
  ["words of a list", "(a+)+b", true],
])("a pattern that backtracks for ever refuses the value in time: %s", (_, pattern, list) => {
  const value = list ? `aab ${"a".repeat(5000)}` : "a".repeat(5000);
  expect(checkValue(parameter({ pattern, list }), value)).toMatch(/^NAME can't be matched against .* within 1 s/);
  // The next value is matched as ever.
  expect(checkValue(parameter({ pattern, list }), "aab")).toBeUndefined();
});

test.each([
  ["many quantifiers", `${"a*".repeat(12)}b`],
  ["many counted ones", `${"a{0,60}".repeat(12)}b`],
  ["many groups of alternatives", `${"(a|a)".repeat(40)}b`],
  ["many optional groups", `${"(a|a)?".repeat(40)}b`],
])("a short value is refused in time, too: %s", (_, pattern) => {
  expect(checkValue(parameter({ pattern }), "a".repeat(41))).toMatch(/^NAME can't be matched/);
});

test("the patterns of names, paths and packages are matched at once", () => {
  for (const pattern of ["[a-z0-9][a-z0-9-]{0,62}", "/[A-Za-z0-9._/-]*[A-Za-z0-9._-]", "[a-z0-9][a-z0-9.+-]*"]) {
    expect([pattern, matchesAtOnce(pattern, 64)]).toEqual([pattern, true]);
  }
});
