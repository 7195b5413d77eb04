import { expect, test } from "vitest";
import { proveSideBySide } from "../../../src/cli/verify/side-by-side.ts";

const requires: Record<string, string[]> = {
  image: ["host"],
  app: ["host", "image"],
  elsewhere: ["not-asked-for"],
};

/** Proves with jobs that end when they are told to. */
function start(ids: string[], jobs: number) {
  const begun: string[] = [];
  const ends = new Map<string, { resolve: () => void; reject: (error: unknown) => void }>();
  const all = proveSideBySide({
    ids,
    jobs,
    requires: (id) => requires[id] ?? [],
    prove: (id) => {
      begun.push(id);
      const { promise, ...end } = Promise.withResolvers<void>();
      ends.set(id, end);
      return promise;
    },
  });
  all.catch(() => {});
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  return {
    begun,
    all,
    end: async (id: string) => {
      ends.get(id)?.resolve();
      await turn();
    },
    fail: async (id: string) => {
      ends.get(id)?.reject(new Error(id));
      await turn();
    },
  };
}

test("one after the other, in the order given", async () => {
  const { begun, end, all } = start(["host", "other", "image"], 1);
  for (const id of ["host", "other", "image"]) {
    expect(begun.at(-1)).toBe(id);
    await end(id);
  }
  await all;
});

test("what stands on another that is being proved waits for it, and lets others go first", async () => {
  const { begun, end, all } = start(["host", "image", "app", "other", "elsewhere"], 2);
  expect(begun).toEqual(["host", "other"]);
  await end("other");
  expect(begun).toEqual(["host", "other", "elsewhere"]);
  await end("elsewhere");
  expect(begun).toHaveLength(3);
  await end("host");
  expect(begun.at(-1)).toBe("image");
  await end("image");
  await end("app");
  await all;
});

test("no more at once than were allowed", async () => {
  const { begun, end, all } = start(["host", "other", "elsewhere"], 2);
  expect(begun).toHaveLength(2);
  await end("host");
  expect(begun).toHaveLength(3);
  await end("other");
  await end("elsewhere");
  await all;
});

test("where one breaks none begins any more, and the others are waited for", async () => {
  const { begun, end, fail, all } = start(["host", "other", "elsewhere"], 2);
  let told = false;
  all.catch(() => (told = true));
  await fail("host");
  expect([begun.length, told]).toEqual([2, false]);
  await end("other");
  await expect(all).rejects.toThrow("host");
  expect(begun).toHaveLength(2);
});
