import { quoteShell } from "../../language/shell/quote.ts";
import { delimiterFor } from "../../language/values/copied.ts";
import { lastLines } from "../../words/last-lines.ts";
import { changesBetween, type Look, lookAt } from "../residue/look.ts";
import { withoutNewIds } from "../residue/new-ids.ts";
import { expectStanding } from "./findings/expect-findings.ts";
import { ProofFailed } from "./findings/verdict.ts";
import type { ProofScript } from "./scripts.ts";
import type { Stages } from "./stages.ts";

const limitMs = 60 * 60_000;
/** Of files only what came or went counts: dates, ids and keys are others in each run. */
const shownChanges = 12;

/**
 * A script must lead from the clean host to the same end state as the run did: its proofs hold, and the host has the same
 * packages, units, users, network, firewall rules, mounts and files.
 */
export async function expectSameByScript(stages: Stages, ran: Look, script: ProofScript): Promise<void> {
  const { host, secrets } = stages;
  await host.reset?.();
  const file = "/run/script-of-the-proof.sh";
  const exports = Object.entries(secrets).map(([name, value]) => `export ${name}=${quoteShell(value)}`);
  const end = delimiterFor(script.text, "END_OF_THE_SCRIPT");
  const text = [
    ...exports,
    // The file that the script's own undo needs is not a part of the end state.
    `export RUNBOOK_STATE_DIR=${file}.state`,
    `cat >${file} <<'${end}'`,
    script.text,
    end,
    `bash ${[file, ...script.words].join(" ")}; status=$?; rm -rf ${file} ${file}.state; exit $status`,
  ];
  const { exitCode, stdout, stderr } = await host.shell(text.join("\n"), { timeoutMs: limitMs });
  if (exitCode !== 0) {
    const last = lastLines({ stdout, stderr }, 8);
    throw failed(stages, script, `fails where the run passed (exit ${exitCode}): ${last}`);
  }
  expectStanding(stages, await stages.inspect("prove"), script.stage);
  await stages.wake();
  const ended = await lookAt(host, script.stage);
  const changes = withoutNewIds(await changesBetween(ran, ended, { contents: false }));
  const other = changes.filter(({ kind, change }) => kind !== "file" || change !== "changed");
  if (other.length === 0) return;
  const shown = other.slice(0, shownChanges).map(({ kind, name, change }) => `${kind} ${name} (${change})`);
  throw failed(stages, script, `leaves the host other than the run does: ${shown.join("\n")}`);
}

function failed(stages: Stages, { stage, title, hint }: ProofScript, message: string): ProofFailed {
  return new ProofFailed({ stage, step: null, message: `${title} ${message}`, hint, place: stages.placeOf(null) });
}
