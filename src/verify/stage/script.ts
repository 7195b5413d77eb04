import { quoteShell } from "../../language/shell/quote.ts";
import { changesBetween, type Look, lookAt } from "../residue/look.ts";
import { expectStanding } from "./expect-findings.ts";
import type { Stages } from "./stages.ts";
import { ProofFailed } from "./verdict.ts";

const limitMs = 60 * 60_000;
/** Of files only what came or went counts: dates, ids and keys are others in each run. */
const shownChanges = 12;

/**
 * The exported script must lead from the clean host to the same end state as the run did: its proofs hold, and the host has
 * the same packages, units, users, network, firewall rules, mounts and files.
 */
export async function expectSameByScript(stages: Stages, ran: Look, script: string): Promise<void> {
  const { host, secrets } = stages;
  await host.rollBack("before");
  const file = "/run/exported.sh";
  const exports = Object.entries(secrets).map(([name, value]) => `export ${name}=${quoteShell(value)}`);
  const text = [
    ...exports,
    // What its own undo needs is no end state of the runbook.
    `export RUNBOOK_STATE_DIR=${file}.state`,
    `cat >${file} <<'RUNBOOK_EXPORTED_SCRIPT'`,
    script,
    "RUNBOOK_EXPORTED_SCRIPT",
    `bash ${file}; status=$?; rm -rf ${file} ${file}.state; exit $status`,
  ];
  const { exitCode, stdout, stderr } = await host.shell(text.join("\n"), { timeoutMs: limitMs });
  if (exitCode !== 0) {
    const last = (stderr.trim() || stdout.trim()).split("\n").slice(-5).join("\n");
    throw failed(stages, `The exported script fails where the run passed (exit ${exitCode}): ${last}`);
  }
  expectStanding(stages, await stages.inspect("prove"), "run");
  const changes = await changesBetween(ran, await lookAt(host, "scripted"));
  const other = changes.filter(({ kind, change }) => kind !== "file" || change !== "changed");
  if (other.length === 0) return;
  const shown = other.slice(0, shownChanges).map(({ kind, name, change }) => `${kind} ${name} (${change})`);
  throw failed(stages, `The exported script leaves the host other than the run does: ${shown.join("\n")}`);
}

function failed(stages: Stages, message: string): ProofFailed {
  const hint = `Compare \`./runbook export ${stages.runbook.id} --to sh\` with the page.`;
  return new ProofFailed({ stage: "run", step: null, message, hint, place: stages.placeOf(null) });
}
