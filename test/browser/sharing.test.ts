import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { addressOf, files, site } from "./support/browser.ts";

/** Where the site is built for: test/browser/support/build-site.ts. */
const home = `https://notes.example${new URL(site).pathname}`;
const pages = ["", "compare/", "choose/", "proof/", ...files.map(addressOf)];
const textOf = async (address: string) => (await fetch(new URL(address, site))).text();
const here = (address: string) => address.replace(home, site);

function metaOf(html: string): Map<string, string> {
  const found = html.matchAll(/<meta (?:property|name)="([^"]+)" content="([^"]*)"/g);
  return new Map([...found].map(([, name = "", content = ""]) => [name, content]));
}

test("every page says what is shown of it where it is shared", async () => {
  const pictures = new Map<string, string>();
  for (const page of pages) {
    const html = await textOf(page);
    const meta = metaOf(html);
    expect(html).toContain(`<link rel="canonical" href="${home}${page}"/>`);
    expect(meta.get("og:url")).toBe(home + page);
    expect(meta.get("og:title")).toBeTruthy();
    expect(meta.get("og:description")).toBe(meta.get("description"));
    expect(meta.get("twitter:card")).toBe("summary_large_image");
    const picture = meta.get("og:image") ?? "";
    expect(picture.startsWith(`${home}pictures/`)).toBe(true);
    const bytes = Buffer.from(await (await fetch(here(picture))).arrayBuffer());
    expect(bytes.subarray(1, 4).toString()).toBe("PNG");
    expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([1200, 630]);
    expect(bytes.length).toBeLessThan(60_000);
    pictures.set(createHash("sha256").update(bytes).digest("hex"), page);
  }
  expect(pictures.size).toBe(pages.length);
});

test("the map of the site lists every page by its whole address, and no others", async () => {
  const index = await textOf("sitemap-index.xml");
  const maps = [...index.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, address = ""]) => address);
  const listed = (await Promise.all(maps.map((address) => textOf(here(address)))))
    .flatMap((text) => [...text.matchAll(/<loc>([^<]+)<\/loc>/g)])
    .map(([, address = ""]) => address);
  for (const page of pages) expect(listed).toContain(home + page);
  for (const address of listed) expect((await fetch(here(address))).status).toBe(200);
});
