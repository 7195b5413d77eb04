import { relative, resolve } from "node:path";
import { execa } from "execa";
import { RunbookError } from "../../errors/runbook-error.ts";
import { readEvidenceFiles } from "../../evidence/files.ts";
import { runbookHash } from "../../language/meaning/hash.ts";
import { runbookOrder } from "../../language/meaning/order.ts";
import type { Runbook } from "../../language/model/runbook.ts";
import { didYouMean } from "../../words/nearest.ts";
import { type Context, flagValue } from "../context.ts";

/** What `--shard` takes when no proof says how long a runbook takes. */
const usualMs = 60_000;

/**
 * The runbooks that are to be proved: those that are named, or all; with `--changed` those that mean something else now; with
 * `--shard` this machine's share. What a runbook requires comes before it, so that its end state is there.
 */
export async function chooseRunbooks(context: Context, runbooks: ReadonlyMap<string, Runbook>): Promise<string[]> {
  const ids = [...runbooks.keys()];
  const unknown = context.words.find((word) => !runbooks.has(word));
  if (unknown !== undefined) {
    throw new RunbookError("unknown-runbook", `There is no runbook "${unknown}".`, {
      hint: didYouMean(unknown, ids, "`./runbook list` lists them.") ?? "",
    });
  }
  const named = context.words.length > 0 ? [...new Set(context.words)] : ids;
  const changed = context.flags.has("changed") ? await changedRunbooks(context, runbooks) : undefined;
  const wanted = named.filter((id) => changed?.has(id) ?? true);
  const share = shardOf(context, wanted);
  const depth = (id: string): number => runbookOrder(runbooks, id).length;
  return share.sort((one, other) => depth(one) - depth(other));
}

/** The runbooks whose meaning, or that of what they require, is another than at a commit. */
async function changedRunbooks(context: Context, runbooks: ReadonlyMap<string, Runbook>): Promise<ReadonlySet<string>> {
  const ref = flagValue(context, "changed") || "HEAD";
  const root = await git(context, ["rev-parse", "--show-toplevel"]);
  await git(context, ["rev-parse", "--verify", "--quiet", `${ref}^{commit}`]).catch(() => {
    throw new RunbookError("unknown-commit", `There is no commit "${ref}" to compare with.`, {
      hint: "A shallow clone has only its last one: fetch more, or name another.",
    });
  });
  const { readPage } = await import("../../language/read/read-page.ts");
  const before = new Map<string, Runbook>();
  for (const { file, id } of runbooks.values()) {
    const path = relative(root.trim(), resolve(context.io.cwd, file));
    const text = await git(context, ["show", `${ref}:${path}`]).catch(() => undefined);
    const { runbook } = text === undefined ? {} : await readPage(text, { file });
    if (runbook?.id === id) before.set(id, runbook);
  }
  const meaning = (all: ReadonlyMap<string, Runbook>, id: string): string | undefined => {
    const order = runbookOrder(all, id);
    const own = order.at(-1);
    return own && runbookHash(order, own);
  };
  return new Set([...runbooks.keys()].filter((id) => meaning(before, id) !== meaning(runbooks, id)));
}

async function git({ contentDir, io }: Context, words: string[]): Promise<string> {
  return (await execa("git", ["-C", resolve(io.cwd, contentDir), ...words], { stripFinalNewline: false })).stdout;
}

/** Splits runbooks so that each share takes about as long, by what their last proofs took. */
function shardOf(context: Context, ids: string[]): string[] {
  const text = flagValue(context, "shard");
  if (text === undefined) return ids;
  const [, own = 0, shards = 0] = (/^(\d{1,3})\/(\d{1,3})$/.exec(text) ?? []).map(Number);
  if (own < 1 || own > shards) {
    throw new RunbookError("bad-shard", `--shard takes K/N, such as 2/5, not "${text}".`);
  }
  const evidence = readEvidenceFiles(context.contentDir).flatMap((read) => read.evidence ?? []);
  const took = new Map(evidence.map(({ runbook, durationMs }) => [runbook, durationMs]));
  const shares = Array.from({ length: shards }, () => ({ ms: 0, ids: [] as string[] }));
  const longestFirst = ids.toSorted(
    (one, other) => (took.get(other) ?? usualMs) - (took.get(one) ?? usualMs) || (one < other ? -1 : 1),
  );
  for (const id of longestFirst) {
    const share = shares.reduce((least, other) => (other.ms < least.ms ? other : least));
    share.ids.push(id);
    share.ms += took.get(id) ?? usualMs;
  }
  return shares[own - 1]?.ids ?? [];
}
