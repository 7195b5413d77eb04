import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { matchOutput, substitute } from "../../../src/language/index.ts";

const values = new Map([
  ["C", "web1"],
  ["DOTS", "…"],
  ["IP", "<ip>"],
  ["NONE", ""],
  ["BLANK", "x \t"],
  ["LINES", "one\ntwo \n\n…\n"],
]);

test.each<[string, string, string]>([
  ["the same text", "a\nb", "a\nb\n"],
  ["nothing", "", ""],
  ["a value", "Name: $C ${C}x", "Name: web1 web1x"],
  ["an unknown name as written", "$X ${X}", "$X ${X}"],
  ["a value of no character at the end", "a\n$NONE", "a\n\n"],
  ["a value with blanks at its end", "a $BLANK\n$BLANK|", "a x \t\nx \t|"],
  ["a value of several lines", "- $LINES.", "- one\ntwo \n\n…\n."],
  ["a value of several lines behind others", "…\n$LINES\nlast", "0\none\ntwo\n\n…\n\nlast"],
  ["any lines before", "…\nlast", "1\n2\nlast"],
  ["no lines", "first\n…\nlast", "first\nlast"],
  ["any lines behind", "first\n…", "first\n2\n3"],
  ["an indented …", "first\n  …", "first\n2"],
  ["a line that comes again", "…\nb\nc", "b\na\nb\nb\nc"],
  ["two gaps", "…\nb\n…\nd\ne", "a\nb\nd\nx\nd\ne"],
  ["characters in a line", "a … z", "a b c z"],
  ["no characters", "a…z", "az"],
  ["… at a line's end", "a…", "a"],
  ["… twice in a line", "…b…d", "abcbd"],
  ["white space at the ends of lines", "a\nb  ", "a  \t\r\nb"],
  ["an address", "IP: <ip>", "IP: 10.0.3.21"],
  ["one with a prefix length", "inet <ip>/24", "inet 10.0.3.1/24"],
  ["an IPv6 address", "inet6 <ip>/64 <ip>", "inet6 fe80::216:3eff:fe00:1/64 ::1"],
  ["a MAC", "ether <mac>", "ether 00:16:3e:12:34:56"],
  ["a UUID", "<uuid>", "123e4567-e89b-12d3-a456-426614174000"],
  ["a process", "PID: <pid>", "PID: 4711"],
  ["sizes", "<size> <size> <size> <size> <size>", "12K 1.5 MiB 3,2G 512 bytes 42"],
  ["sizes of Kubernetes, of ls and of dd", "<size> <size> <size> <size>", "1.5Gi 128Mi 2.0T 1,234,567 bytes"],
  ["the durations of time", "real <duration>\nuser <duration>", "real 0m0.471s\nuser 12m3.002s"],
  ["durations without blanks", "<duration>|<duration>|<duration>", "1h2m3.5s|2min3s|1d4h"],
  ["a progress bar's last state", "100% done", "\r  1%\r 50%\r100% done\r\n"],
  ["what was written over only in part", "Done loading", "Now  loading\rDone"],
  ["a line that was erased", "ok", "a long line\r\u001b[Kok\nx".slice(0, -2)],
  ["a backspace", "100%", "  0%\b\b\b\b100%"],
  ["a size with its unit written", "<size> kB", "12 kB"],
  ["dates", "<date>|<date>|<date>", "2026-11-24|2026-11-24T21:00:00Z|2026-11-24 21:00:00.123 +0100"],
  ["the date of date", "<date>", "Tue Nov 24 23:13:15 UTC 2026"],
  ["the date of ls", "<date> x", "Nov 24 23:13 x"],
  ["the date of mails", "<date>", "Tue, 24 Nov 2026 23:13:15 +0000"],
  ["the date of systemctl", "since <date>; <duration> ago", "since Tue 2026-11-24 23:13:15 UTC; 2min 3s ago"],
  ["durations", "<duration> <duration> <duration> <duration>", "1.5s 00:01:02 3 days 250 ms"],
  ["matchers beside …", "<pid>…<ip>…", "12 eth0 10.0.3.1 x"],
  ["another thing in angle brackets", "<nobody>", "<nobody>"],
])("%s matches", (_, expected, actual) => {
  expect(matchOutput(expected, actual, values)).toBeUndefined();
});

test.each<[string, string, string, [number, string | undefined, string | undefined]]>([
  ["another line", "a\nb", "a\nc", [2, "b", "c"]],
  ["a missing line", "a\nb", "a", [2, "b", undefined]],
  ["one too many", "a", "a\nb", [2, undefined, "b"]],
  ["output where none is expected", "", "x", [1, undefined, "x"]],
  ["white space at a line's start", "a", " a", [1, "a", " a"]],
  ["an empty line between", "a\nb", "a\n\nb", [2, "b", ""]],
  ["a wrong address", "<ip>", "10.0.3.256", [1, "<ip>", "10.0.3.256"]],
  ["a wrong MAC", "<mac>", "00:16:3e:12:34", [1, "<mac>", "00:16:3e:12:34"]],
  ["a size with an unknown unit", "<size>", "1.5Gx", [1, "<size>", "1.5Gx"]],
  ["a duration with an unknown unit", "<duration>", "0m4x", [1, "<duration>", "0m4x"]],
  ["a progress bar that ends elsewhere", "100%", "10%\r 99%", [1, "100%", " 99%"]],
  ["a value that looks like a matcher", "$IP", "10.0.3.1", [1, "$IP", "10.0.3.1"]],
  ["a value that looks like a gap", "$DOTS\nx", "a\nx", [1, "$DOTS", "a"]],
  ["what follows a gap never comes", "a\n…\nc", "a\nb\nd", [3, "c", undefined]],
  ["what follows what follows a gap", "…\nb\nc", "a\nb\nd", [3, "c", "d"]],
])("%s differs", (_, expected, actual, [line, wanted, came]) => {
  const difference = matchOutput(expected, actual, values);
  expect([difference?.line, difference?.expected, difference?.actual]).toEqual([line, wanted, came]);
  expect(difference?.message).toMatch(/^[A-Z].*\.$/);
});

describe("a long output", () => {
  const long = `${"a".repeat(200_000)}!`;
  test.each([
    ["gaps in a line", "…a…a…a…a…a…b"],
    ["classes in a line", "…<size>…<ip>…<date>…x"],
  ])("takes no time that grows with its square: %s", (_, expected) => {
    expect(matchOutput(expected, long, values)).toBeDefined();
    expect(matchOutput(expected, "1".repeat(20_000), values)).toBeDefined();
  });
  test("nor with many gaps between lines", () => {
    const expected = Array.from({ length: 50 }, () => "…\na").join("\n");
    expect(matchOutput(`${expected}\nb`, "a\n".repeat(20_000), values)).toBeDefined();
  });
});

test("what a page quotes from an output matches it", () => {
  const text = fc.string({ unit: fc.constantFrom(..."ab \n<>ip$C…") });
  fc.assert(
    fc.property(text, (text) => {
      expect(matchOutput(text, text.replaceAll("<ip>", "::1"), new Map())).toBeUndefined();
    }),
  );
});

test("only known names are replaced, as data", () => {
  expect(substitute("$C ${C} $CX ${CX} \\$C $$C ${C%x} $(C)", values)).toBe(
    "web1 web1 $CX ${CX} \\web1 $web1 ${C%x} $(C)",
  );
  expect(substitute("$A", new Map([["A", "$A $& $1"]]))).toBe("$A $& $1");
});

test("of long lines what is around the difference is shown, in less than a screenful", () => {
  const start = "x".repeat(5000);
  const difference = matchOutput(`${start}a${start}`, `${start}b${"y".repeat(1e6)}`, values);
  expect(difference?.expected).toBe(`…${"x".repeat(60)}a${"x".repeat(139)}…`);
  expect(difference?.actual).toBe(`…${"x".repeat(60)}b${"y".repeat(139)}…`);
  expect(difference?.message.length).toBeLessThan(500);
  expect(matchOutput("a", "b".repeat(1e6), values)?.actual?.length).toBeLessThan(250);
});

test("a megabyte of progress on one line is compared at once", () => {
  const started = performance.now();
  const line = `${"z".repeat(500_000)}${"\rab".repeat(200_000)}`;
  expect(matchOutput("abz…", line, values)).toBeUndefined();
  expect(performance.now() - started).toBeLessThan(10_000);
});
