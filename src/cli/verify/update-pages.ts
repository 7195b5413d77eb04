import { readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { rewriteOutput } from "../../verify/update/rewrite-output.ts";
import type { Verified } from "../../verify/verify.ts";

/**
 * Writes what steps printed into the page's `output` fences. Gives the places; none where nothing can be written: a
 * session's lines stand among its commands.
 */
export function updatePage({ runbook, result }: Verified): string[] {
  if (result.outcome !== "failed") return [];
  const { differs = [] } = result.failure;
  // From the last one up, so that the places of those above stay right.
  const outputs = runbook.steps.flatMap(({ id, output, session }) => {
    const own = differs.find(({ step }) => step === id);
    return own && output && !session ? [{ fence: output, printed: own.printed }] : [];
  });
  outputs.sort((one, other) => other.fence.span.start.line - one.fence.span.start.line);
  if (outputs.length === 0) return [];
  const { file } = runbook;
  let text = readFileSync(file, "utf8");
  for (const { fence, printed } of outputs) text = rewriteOutput(text, fence, printed);
  const beside = `${file}.updating`;
  writeFileSync(beside, text, { mode: statSync(file).mode & 0o777, flag: "wx" });
  renameSync(beside, file);
  return outputs.map(({ fence }) => `${file}:${fence.span.start.line}`).reverse();
}
