/**
 * Lists what a page claims with a date, a version or a quantity and no source in the same paragraph, list item or table row:
 * `./runbook --node scripts/claims.ts [TEXT]`, of the pages whose path contains TEXT. It judges nothing: a maintainer does.
 */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Claim, claimsInPage } from "./claims/find.ts";

const { positionals } = parseArgs({ allowPositionals: true });
const [wanted = ""] = positionals;

const content = join(import.meta.dirname, "../content");
const pages = globSync("**/*.{md,mdx}", { cwd: content })
  .toSorted()
  .filter((page) => page.includes(wanted));

const line = (page: string, claim: Claim) =>
  `content/${page}:${claim.line} ${claim.kind} ${claim.figures.join(", ")}\n    ${claim.excerpt}`;

let count = 0;
for (const page of pages) {
  const ownReference = page.startsWith("reference/");
  const claims = claimsInPage(readFileSync(join(content, page), "utf8"), { ownReference });
  for (const claim of claims) console.log(line(page, claim));
  count += claims.length;
}
console.log(`${count} claims without a source beside them in ${pages.length} pages`);
