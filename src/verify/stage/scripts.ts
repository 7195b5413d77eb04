import { copiedScript } from "../../language/copied/copied-script.ts";
import { pageData } from "../../language/copied/page-data.ts";
import { outlivesShell, type Runbook } from "../../language/model/runbook.ts";
import type { VerifyOptions } from "../options.ts";

/** A script that must lead to the same end state as a run. */
export interface ProofScript {
  stage: "script" | "copied";
  /** Its name at the beginning of a sentence. */
  title: string;
  hint: string;
  text: string;
  /** What it is called with: a proof answers beforehand what a step with `danger` asks. */
  words: string[];
}

/** The scripts that a reader can have of a runbook: what `export --to sh` prints, and what the page's button copies. */
export function scriptsOf(
  order: readonly Runbook[],
  values: ReadonlyMap<string, string>,
  { exportScript }: Pick<VerifyOptions, "exportScript">,
): ProofScript[] {
  const runbook = order.at(-1) as Runbook;
  const canBe = (...runbooks: Runbook[]): boolean => !runbooks.some(({ steps }) => steps.some(outlivesShell));
  const scripts: ProofScript[] = [];
  if (canBe(...order)) {
    scripts.push({
      stage: "script",
      title: "The exported script",
      hint: `Compare \`./runbook export ${runbook.id} --to sh\` with the page.`,
      text: exportScript(order, values),
      words: ["--yes"],
    });
  }
  if (canBe(runbook)) {
    scripts.push({
      stage: "copied",
      title: "The script that the page copies",
      hint: "It keeps no journal: a step must do with what is on the host and in the script's own shell.",
      text: copiedScript(pageData(runbook), ownValues(runbook, values)),
      words: [],
    });
  }
  return scripts;
}

/** A page has a field for its own parameters only. */
function ownValues({ params }: Runbook, values: ReadonlyMap<string, string>): Map<string, string> {
  const names = new Set(params.map(({ name }) => name));
  return new Map([...values].filter(([name]) => names.has(name)));
}
