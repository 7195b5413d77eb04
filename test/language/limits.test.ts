import { expect, test } from "vitest";
import { TooLongError, withinTime } from "../../src/language/limits.ts";

/** Waits as code does whose processor others have: no processor time is used. */
function wait(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

test("code that waits for its processor is given more time, and begins anew", () => {
  let begun = 0;
  const run = (): string => {
    begun += 1;
    wait(300);
    return "done";
  };
  expect(withinTime(100, run)).toBe("done");
  expect(begun).toBeGreaterThan(1);
});

test.each([
  ["that never ends", () => false],
  ["that waited first", () => wait(200)],
])("code %s is ended by its processor time", (_, first) => {
  const run = (): void => {
    first();
    for (;;);
  };
  expect(() => withinTime(100, run)).toThrow(TooLongError);
});

test("what code gives and throws is passed on, and a limit within another is the outer one's", () => {
  expect(withinTime(1000, () => 1)).toBe(1);
  expect(() =>
    withinTime(1000, () => {
      throw new RangeError("mine");
    }),
  ).toThrow("mine");
  expect(withinTime(60_000, () => withinTime(1, () => wait(50)))).toBeUndefined();
});
