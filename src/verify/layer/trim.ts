import type { LayerRecord, Store } from "../machine/store.ts";

/** What the layers may take of the disk before `verify` drops any by itself. */
export const ROOM_BYTES = 1.5 * 2 ** 30;
/** Another branch or project may come back to a layer within a day. */
const REST_MS = 24 * 60 * 60_000;

/**
 * Drops the layers that no proof takes any more and that none took for a day, where all take more than `room` bytes. Gives their
 * titles. A layer that today's pages need is never dropped.
 */
export async function trimLayers(
  store: Store,
  isStale: (record: LayerRecord) => boolean,
  { room = ROOM_BYTES, now = Date.now() }: { room?: number; now?: number } = {},
): Promise<string[]> {
  if (store.bytes() <= room) return [];
  const resting = store.list().filter((record) => now - store.lastUse(record.key) > REST_MS && isStale(record));
  for (const { key } of resting) await store.drop(key);
  return resting.map(({ title }) => title);
}
