import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import { type Scheduled, schedule } from "../../scripts/test/schedule.ts";

const leaves = (name: string, more: Partial<Scheduled> = {}): Scheduled => ({ name, machine: "leaves", ...more });

/** The names of the stages that run, at each beginning of one, where they end one after the other. */
async function beginnings(stages: Scheduled[], cores = 2): Promise<string[]> {
  const running = new Set<string>();
  const seen: string[] = [];
  let ends: Promise<unknown> = Promise.resolve();
  await schedule(stages, cores, async ({ name }) => {
    running.add(name);
    seen.push([...running].join(" "));
    ends = ends.then(() => setTimeout(4));
    await ends;
    running.delete(name);
  });
  return seen;
}

test("as many stages run at once as there are cores, and one more beside one that waits", async () => {
  expect(await beginnings([leaves("a"), leaves("b"), leaves("c")])).toEqual(["a", "a b", "b c"]);
  expect(await beginnings([leaves("a", { waits: true }), leaves("b"), leaves("c")])).toEqual(["a", "a b", "a b c"]);
});

test("what compares the machine runs beside nothing that changes it, nor beside another one that compares", async () => {
  const compares = { machine: "compares" } as const;
  const stages = [leaves("look", compares), leaves("change", { machine: "changes" }), leaves("read")];
  expect(await beginnings(stages, 3)).toEqual(["look", "look read", "read change"]);
  expect(await beginnings([leaves("look", compares), leaves("again", compares)])).toEqual(["look", "again"]);
});

test("a stage waits for the one that it comes after, where that is asked for at all", async () => {
  const last = leaves("last", { after: "first" });
  expect(await beginnings([last, leaves("first"), leaves("other")])).toEqual(["first", "first other", "other last"]);
  expect(await beginnings([last])).toEqual(["last"]);
});

test("of those that share a lock, one runs at a time", async () => {
  const shared = { sharesLock: true };
  expect(await beginnings([leaves("a", shared), leaves("b", shared), leaves("c")])).toEqual(["a", "a c", "c b"]);
});

test("a stage that breaks ends the whole", async () => {
  const run = async ({ name }: Scheduled) => {
    if (name === "b") throw new Error("broken");
  };
  await expect(schedule([leaves("a"), leaves("b")], 2, run)).rejects.toThrow("broken");
});
