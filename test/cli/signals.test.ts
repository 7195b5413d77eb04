import { EventEmitter } from "node:events";
import { expect, test } from "vitest";
import { watchSignals } from "../../src/cli/signals.ts";

test("the first signal ends in order, the second at once, a third just exits", () => {
  const source = new EventEmitter();
  const exits: number[] = [];
  let warned = 0;
  const { interrupt, stop } = watchSignals({
    source,
    exit: (code) => exits.push(code),
    onFirst: () => {
      warned += 1;
    },
  });
  source.emit("SIGTERM", "SIGTERM");
  expect([interrupt.first.aborted, interrupt.second.aborted, interrupt.reason]).toEqual([true, false, "SIGTERM"]);
  source.emit("SIGINT", "SIGINT");
  expect([interrupt.second.aborted, interrupt.reason]).toEqual([true, "SIGTERM"]);
  expect(exits).toEqual([]);
  source.emit("SIGINT", "SIGINT");
  expect(exits).toEqual([130]);
  expect(warned).toBe(1);
  stop();
  expect(source.listenerCount("SIGINT")).toBe(0);
});
