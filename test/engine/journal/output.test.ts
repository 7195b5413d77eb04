import fc from "fast-check";
import { expect, test } from "vitest";
import { keptCharacters, OutputBuffer } from "../../../src/engine/journal/output/output-buffer.ts";
import { passed, sampleRun, temporaryState } from "./sample.ts";

const key = "lxc-new/create";

test("short output is kept whole, in the order in which it came", () => {
  const buffer = new OutputBuffer();
  buffer.append("guard", "stderr", "no\n");
  buffer.append("run", "stdout", "a");
  buffer.append("run", "stdout", "b\n");
  buffer.append("run", "stderr", "careful\n");
  buffer.append("run", "stdout", "c\n");
  expect(buffer.pieces()).toEqual([
    { phase: "guard", stream: "stderr", text: "no\n" },
    { phase: "run", stream: "stdout", text: "ab\n" },
    { phase: "run", stream: "stderr", text: "careful\n" },
    { phase: "run", stream: "stdout", text: "c\n" },
  ]);
});

test("of long output head and tail are kept, and what is between is counted", () => {
  const buffer = new OutputBuffer();
  const line = `${"x".repeat(63)}\n`;
  for (let index = 0; index < 10_000; index++) buffer.append("run", "stdout", line);
  buffer.append("run", "stderr", "the end\n");
  const [head, tail, error] = buffer.pieces();
  expect(head?.text).toHaveLength(keptCharacters);
  expect(tail).toMatchObject({ text: line.repeat(keptCharacters / 64), cut: 640_000 - 2 * keptCharacters });
  expect(error).toEqual({ phase: "run", stream: "stderr", text: "the end\n" });
});

test("whatever comes in whatever pieces, each stream's kept text and gaps add up to it", () => {
  const append = fc.record({
    stream: fc.constantFrom("stdout" as const, "stderr" as const),
    text: fc.oneof(
      fc.string({ unit: "binary", maxLength: 20 }),
      fc
        .tuple(fc.constantFrom("a", "\u{1f600}", "é\n"), fc.integer({ min: 1, max: 50_000 }))
        .map(([unit, count]) => unit.repeat(count)),
    ),
  });
  fc.assert(
    fc.property(fc.array(append, { maxLength: 12 }), fc.boolean(), (appends, between) => {
      const buffer = new OutputBuffer();
      for (const { stream, text } of appends) {
        buffer.append("run", stream, text);
        if (between) buffer.pieces();
      }
      const pieces = buffer.pieces();
      for (const stream of ["stdout", "stderr"] as const) {
        const whole = appends
          .filter((append) => append.stream === stream)
          .map((append) => append.text)
          .join("");
        const kept = pieces.filter((piece) => piece.stream === stream);
        const gap = kept.findIndex((piece) => piece.cut !== undefined);
        const head = (gap < 0 ? kept : kept.slice(0, gap)).map((piece) => piece.text).join("");
        const tail =
          gap < 0
            ? ""
            : kept
                .slice(gap)
                .map((piece) => piece.text)
                .join("");
        expect(whole.startsWith(head) && whole.endsWith(tail)).toBe(true);
        expect(head.length + tail.length + (kept[gap]?.cut ?? 0)).toBe(whole.length);
        expect(head.length + tail.length).toBeLessThanOrEqual(2 * keptCharacters + 2);
        expect(head.length + tail.length).toBeGreaterThanOrEqual(Math.min(whole.length, 2 * keptCharacters - 2));
        if (whole.isWellFormed()) expect(head.isWellFormed() && tail.isWellFormed()).toBe(true);
      }
    }),
    { numRuns: 60 },
  );
});

test("streams that alternate in single characters stay small", () => {
  const buffer = new OutputBuffer();
  for (let index = 0; index < 200_000; index++)
    buffer.append("run", index % 2 ? "stdout" : "stderr", index % 2 ? "o" : "e");
  const pieces = buffer.pieces();
  expect(pieces.length).toBeLessThan(2000);
  expect(
    pieces
      .filter((piece) => piece.stream === "stdout")
      .map((piece) => piece.text)
      .join(""),
  ).toBe("o".repeat(2 * keptCharacters));
});

test("a gigabyte costs no memory and little time", () => {
  const buffer = new OutputBuffer();
  const before = process.memoryUsage().heapUsed;
  for (let index = 0; index < 16_384; index++) buffer.append("run", "stdout", `${index}`.padEnd(65_536, "x"));
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(100e6);
  expect(buffer.pieces()).toHaveLength(2);
});

test("output is on the disk when its step has ended, and half a second after it came", async () => {
  using state = temporaryState();
  const journal = state.open();
  const other = state.open();
  const run = sampleRun();
  journal.createRun(run);
  journal.beginStep(run.id, key, 1);
  journal.appendOutput(run.id, key, "run", "stdout", "first\n");
  expect(other.steps(run.id)[0]?.output).toEqual([]);
  await expect.poll(() => other.steps(run.id)[0]?.output).toHaveLength(1);
  journal.appendOutput(run.id, key, "run", "stdout", "second\n");
  journal.finishStep(run.id, key, passed());
  expect(other.steps(run.id)[0]?.output).toEqual([{ phase: "run", stream: "stdout", text: "first\nsecond\n" }]);
});

test("another attempt's output comes after that of the one before", () => {
  using state = temporaryState();
  const journal = state.open();
  const run = sampleRun();
  journal.createRun(run);
  for (const attempt of [1, 2]) {
    journal.beginStep(run.id, key, attempt);
    journal.appendOutput(run.id, key, "run", "stdout", `attempt ${attempt}\n`);
    journal.finishStep(run.id, key, passed());
  }
  expect(journal.steps(run.id)[0]?.output).toEqual([
    { phase: "run", stream: "stdout", text: "attempt 1\nattempt 2\n" },
  ]);
});
