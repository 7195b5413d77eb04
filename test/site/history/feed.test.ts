import { expect, test } from "vitest";
import { atomFeed, type FeedEntry } from "../../../src/site/history/feed.ts";

const entry: FeedEntry = {
  key: "c1 content/one.md",
  title: 'Say "a" & <b>',
  address: "/notes/one/?a=1&b=2",
  date: "2026-11-03T12:00:00+02:00",
  summary: "Mend <one>",
};
const feed = (entries: FeedEntry[]) =>
  atomFeed({ title: "Notes", address: "/notes/", self: "/notes/feed.xml", built: "2026-11-25T10:00:00.000Z", entries });
const ids = (text: string) => [...text.matchAll(/<id>(.*?)<\/id>/g)].map(([, id]) => id);

test("an entry says what changed, where, when and why, as text", () => {
  const text = feed([entry]);
  expect(text).toContain("<title>Say &quot;a&quot; &amp; &lt;b&gt;</title>");
  expect(text).toContain('<link href="/notes/one/?a=1&amp;b=2"/>');
  expect(text).toContain("<updated>2026-11-03T10:00:00Z</updated>");
  expect(text).toContain("<summary>Mend &lt;one&gt;</summary>");
});

test("an entry keeps its name, which no other has", () => {
  const two = [entry, { ...entry, key: "c2 content/one.md" }];
  expect(ids(feed(two))).toEqual(ids(feed(two)));
  expect(new Set(ids(feed(two))).size).toBe(3);
  for (const id of ids(feed(two)))
    expect(id).toMatch(/^urn:uuid:[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/);
});

test("a feed without entries is as old as the site", () => {
  expect(feed([])).toContain("<updated>2026-11-25T10:00:00Z</updated>");
});
