import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { trimLayers } from "../../src/verify/layer/trim.ts";
import { type LayerRecord, Store } from "../../src/verify/machine/store.ts";

const day = 24 * 60 * 60;
let store: Store;

/** Makes an empty layer, which a proof took last so many days ago. */
async function layer(key: string, daysAgo: number): Promise<void> {
  const from = join(store.mount, "fresh");
  await store.create(from);
  await store.keep(from, { key, kind: "runbook", title: key, made: "2026-11-01T00:00:00.000Z", inputs: {} });
  const used = Date.now() / 1000 - daysAgo * day;
  utimesSync(join(store.layers, `${key}.json`), used, used);
}

beforeAll(async () => {
  store = new Store(mkdtempSync(join(tmpdir(), "runbook-trim-")));
  await store.open();
  for (const key of ["needed", "stale", "stale-taken-today", "stale-taken-again"]) await layer(key, 3);
  await layer("stale-taken-today", 0.5);
  store.use("stale-taken-again");
});

afterAll(async () => {
  await store.close();
  rmSync(store.dir, { recursive: true });
});

const isStale = ({ key }: LayerRecord) => key.startsWith("stale");
const kept = () =>
  store
    .list()
    .map(({ key }) => key)
    .sort();

test("while there is room, no layer goes", async () => {
  expect(await trimLayers(store, isStale)).toEqual([]);
  expect(kept()).toHaveLength(4);
});

test("where room is short, layers go that are stale and that no proof took for a day; their room is the machine's again", async () => {
  expect(await trimLayers(store, isStale, { room: 0 })).toEqual(["stale"]);
  expect(kept()).toEqual(["needed", "stale-taken-again", "stale-taken-today"]);
});

test("a layer that is dropped gives its room back to the machine, all of it", async () => {
  const from = join(store.mount, "large");
  await store.create(from);
  // Of many files, since what a large subvolume held becomes free in more than one go.
  for (let index = 0; index < 200; index++) writeFileSync(join(from, `${index}`), randomBytes(2 ** 20));
  await store.settle();
  const before = store.bytes();
  await store.remove(from);
  await store.settle();
  expect(before - store.bytes()).toBeGreaterThan(195 * 2 ** 20);
});
