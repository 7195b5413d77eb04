import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Attached, Parameter, Runbook, Step } from "../../src/language/model/runbook.ts";
import { readPage } from "../../src/language/read/read-page.ts";
import { median, time } from "./measure.ts";

const root = join(import.meta.dirname, "../..");
const restMs = 45_000;

/** The time of `exec lxc-new` as a multiple of the time of a plain script of its commands, measured in pairs with pauses between them. */
export async function compareProcedure(launcher: string, pairs: number): Promise<number> {
  const script = await plainScript("content/lxc/lxc-new.md");
  const name = "bench";
  const ways = {
    runbook: { argv: [launcher, "exec", "lxc-new", `CONTAINER=${name}`, "--yes"] },
    plain: { argv: ["bash", "-c", script], env: { CONTAINER: name } },
  };
  const taken = { runbook: [] as number[], plain: [] as number[] };
  // The first run also sets up the host and the image, so it is not measured.
  time(ways.runbook);
  destroy(name);
  for (let pair = 0; pair < pairs; pair++) {
    const order = pair % 2 ? (["plain", "runbook"] as const) : (["runbook", "plain"] as const);
    for (const way of order) {
      await sleep(restMs);
      taken[way].push(time(ways[way]));
      destroy(name);
    }
  }
  return median(taken.runbook) / median(taken.plain);
}

function destroy(name: string): void {
  spawnSync("lxc-destroy", ["--force", "--name", name]);
}

/** A page's commands as a script that one would write by hand: without guards, proofs and undo. */
async function plainScript(file: string): Promise<string> {
  const { runbook } = await readPage(readFileSync(join(root, file), "utf8"), { file });
  if (!runbook) throw new Error(`${file} is no runbook`);
  const lines = ["set -eu -o pipefail", "export DEBIAN_FRONTEND=noninteractive", ...runbook.params.map(declare)];
  for (const step of runbook.steps) lines.push(conditional(step, runbook));
  return lines.join("\n");
}

function declare({ name, default: value }: Parameter): string {
  if (value === undefined) return "";
  const text = typeof value === "string" ? `'${value.replaceAll("'", "'\\''")}'` : `$(${value.command})`;
  return `[ -n "\${${name}+x}" ] || ${name}=${text}; export ${name}`;
}

function conditional(step: Step, runbook: Runbook): string {
  const body = [
    commands(step, runbook),
    ...step.proof.filter(({ withinMs }) => withinMs).map((proof) => poll(proof, step, runbook)),
  ];
  if (step.when.length === 0) return body.join("\n");
  const tests = step.when.map((when) => `( ${on(when.on ?? step.on, when.text, runbook)}\n)`).join(" && ");
  return `if ${tests} >/dev/null; then\n${body.join("\n")}\nfi`;
}

function commands(step: Step, runbook: Runbook): string {
  if (!step.file)
    return `${on(step.on, step.fence.text, runbook)}\n${step.sets.map((name) => `export ${name}`).join("\n")}`;
  const path = `"${step.file.path}"`;
  return on(step.on, `rm -f ${path}\ncat <<FILE_END >${path}\n${step.fence.text}\nFILE_END`, runbook);
}

function poll(proof: Attached, step: Step, runbook: Runbook): string {
  return `until ( ${on(proof.on ?? step.on, proof.text, runbook)}\n) >/dev/null 2>&1; do sleep 0.1; done`;
}

function on(target: string, text: string, runbook: Runbook): string {
  const entry = runbook.targets.find(({ name }) => name === target);
  return entry ? `${entry.command} bash -eu <<'STEP_END'\n${text}\nSTEP_END` : text;
}
