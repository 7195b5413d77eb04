import { createHash } from "node:crypto";
import { escapeMarkup } from "../markdown/escape-markup.ts";

/** What a feed's reader is told of one change. */
export interface FeedEntry {
  /** The same for the same change, and for no other. */
  key: string;
  title: string;
  /** Absolute, or from the root of the server that the feed is read from. */
  address: string;
  date: string;
  summary: string;
}

/** The feed itself. */
export interface Feed {
  title: string;
  address: string;
  self: string;
  /** When the site was built, which is all that a feed without entries can say. */
  built: string;
  entries: readonly FeedEntry[];
}

/** An Atom feed (RFC 4287). */
export function atomFeed({ title, address, self, built, entries }: Feed): string {
  const items = entries.map(
    (entry) => `  <entry>
    <id>${urn(entry.key)}</id>
    <title>${escapeMarkup(entry.title)}</title>
    <link href="${escapeMarkup(entry.address)}"/>
    <updated>${utc(entry.date)}</updated>
    <summary>${escapeMarkup(entry.summary)}</summary>
  </entry>
`,
  );
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
  <id>${urn(title)}</id>
  <title>${escapeMarkup(title)}</title>
  <author><name>${escapeMarkup(title)}</name></author>
  <link href="${escapeMarkup(address)}"/>
  <link rel="self" type="application/atom+xml" href="${escapeMarkup(self)}"/>
  <updated>${utc(entries[0]?.date ?? built)}</updated>
${items.join("")}</feed>
`;
}

/** A name that needs no address: the site may not know its own. */
function urn(key: string): string {
  const hex = createHash("sha256").update(key).digest("hex");
  // A UUID of version 8 says that its bits are the maker's own.
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function utc(date: string): string {
  return new Date(date).toISOString().replace(".000Z", "Z");
}
