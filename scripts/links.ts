/**
 * Asks other sites whether the pages that the notes link to still exist: `./runbook --node scripts/links.ts`.
 * `--only TEXT` asks only for addresses that contain TEXT. Exit code 1 means that a page is gone, 3 that there is no network.
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ask, politely } from "./links/ask.ts";
import { type ExternalLink, findLinks } from "./links/find.ts";

const { values } = parseArgs({ options: { only: { type: "string", default: "" } } });
const options = { tries: 3, pause: 2000, timeout: 20_000 };

const places = new Map<string, ExternalLink[]>();
for (const link of findLinks(join(import.meta.dirname, ".."))) {
  const [url = ""] = link.url.split("#");
  if (url.includes(values.only)) places.set(url, [...(places.get(url) ?? []), link]);
}

const gone: string[] = [];
const unsure: string[] = [];
let answered = 0;
await politely(
  [...places.keys()],
  8,
  (url) => new URL(url).host,
  async (url) => {
    const { status, moved, reason } = await ask(url, options);
    if (status > 0) answered += 1;
    const at = (places.get(url) ?? []).map(({ file, line }) => `${file}:${line}`).join(" ");
    const said = `${url} ${status || reason}${moved ? `, has moved to ${moved}` : ""}\n    ${at}`;
    // A server that refuses robots says nothing about the page: only these answers mean that the page is gone.
    if (status === 404 || status === 410 || reason === "ENOTFOUND") gone.push(said);
    else if (status !== 200 || moved) unsure.push(said);
  },
);

for (const said of unsure) console.log(said);
if (answered === 0 && places.size > 0) {
  console.error("nobody answers: there is no network here");
  process.exit(3);
}
for (const said of gone) console.log(`gone: ${said}`);
console.log(`${places.size} addresses: ${gone.length} gone, ${unsure.length} moved or not sure`);
process.exit(gone.length > 0 ? 1 : 0);
