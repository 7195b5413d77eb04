import { spawnSync } from "node:child_process";
import { parseEvidence } from "../../evidence/index.ts";
import { git } from "../history/git.ts";

/** A proof that was committed once: when it ended, how long it took, and whether a failure was noted since. */
export interface PastProof {
  date: string;
  durationMs: number;
  failed: boolean;
}

/** The proofs of each evidence file that git knows of, by the file's name, the oldest first; none where there is no git. */
export function readPastProofs(checkout: string, folder: string): Map<string, PastProof[]> {
  const log = git(checkout, [
    "log",
    "--format=%H",
    "--name-only",
    "--relative",
    "--",
    `:(glob)${folder}/**/evidence/*.json`,
  ]);
  const versions: { commit: string; file: string }[] = [];
  let commit = "";
  for (const line of (log ?? "").split("\n")) {
    if (/^[0-9a-f]{40,64}$/.test(line)) commit = line;
    else if (line !== "") versions.push({ commit, file: line });
  }
  const texts = textsOf(checkout, versions);
  const proofs = new Map<string, PastProof[]>();
  versions.forEach(({ file }, index) => {
    const name = file.split("/").at(-1) ?? "";
    const { evidence } = parseEvidence(texts[index] ?? "", name);
    if (!evidence) return;
    const { date, durationMs, lastFailure } = evidence;
    const known = proofs.get(name) ?? [];
    proofs.set(name, known);
    // A failure that is noted later leaves the proof as it is, and says more of it.
    if (!known.some((one) => one.date === date)) known.push({ date, durationMs, failed: lastFailure !== null });
  });
  for (const list of proofs.values()) list.sort((one, other) => (one.date < other.date ? -1 : 1));
  return proofs;
}

/** The files' texts at these commits, read by one process; empty where there is none. */
function textsOf(checkout: string, versions: readonly { commit: string; file: string }[]): string[] {
  const input = versions.map(({ commit, file }) => `${commit}:./${file}\n`).join("");
  const { status, stdout } = spawnSync("git", ["cat-file", "--batch"], { cwd: checkout, input, maxBuffer: 2 ** 28 });
  if (status !== 0) return [];
  const texts: string[] = [];
  for (let at = 0; texts.length < versions.length && at < stdout.length; ) {
    const end = stdout.indexOf(10, at);
    const [, type, size] = stdout.subarray(at, end).toString().split(" ");
    const length = type === "blob" ? Number(size) : -1;
    texts.push(length < 0 ? "" : stdout.subarray(end + 1, end + 1 + length).toString());
    at = end + 1 + Math.max(0, length + 1);
  }
  return texts;
}
