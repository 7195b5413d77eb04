import { join, resolve } from "node:path";
import { RunbookError } from "../../../errors/runbook-error.ts";
import { runbookOrder } from "../../../language/meaning/order.ts";
import { outlivesShell, type Runbook } from "../../../language/model/runbook.ts";
import { didYouMean } from "../../../words/nearest.ts";
import { type Context, flagValue, printJson } from "../../context.ts";
import { givenValues, knownValues } from "../../line/given-values.ts";
import { readRunbook } from "../../pages.ts";

/** Prints a runbook in a form that needs nothing of ours. */
export async function run(context: Context): Promise<number> {
  const form = flagValue(context, "to");
  if (form !== "sh" && form !== "json" && form !== "ansible") {
    const message = form === undefined ? "`export` needs --to sh, json or ansible." : `There is no form "${form}".`;
    const all = "--to sh prints a script, --to json the plan as data; --to ansible writes a role and playbooks.";
    throw new RunbookError("unknown-form", message, {
      hint: (form && didYouMean(form, ["sh", "json", "ansible"])) || all,
    });
  }
  const output = flagValue(context, "output");
  if (output !== undefined && form !== "ansible") {
    throw new RunbookError("contradicting-flags", `--to ${form} prints, and --output names a folder.`, {
      hint: `Send it to a file: ./runbook export … --to ${form} >FILE`,
    });
  }
  const { library, runbook } = await readRunbook(context, context.words[0] ?? "");
  const runbooks = runbookOrder(library.runbooks, runbook.id);
  const given = givenValues(context, runbooks);
  if (form === "json") {
    const { describe } = await import("../../views/describe.ts");
    printJson(context.io, describe(runbooks, given, knownValues(runbooks, given)));
  } else if (form === "ansible") {
    const [{ refuseWhatAnsibleLacks }, { exportAnsible }, { writeRole }] = await Promise.all([
      import("../../export/ansible/refuse.ts"),
      import("../../export/ansible/role.ts"),
      import("../../export/ansible/write-role.ts"),
    ]);
    refuseWhatAnsibleLacks(runbooks);
    const folder = output ?? `${runbook.id}-ansible`;
    const files = exportAnsible(runbooks, given);
    writeRole(resolve(context.io.cwd, folder), runbook.id, files);
    for (const { path } of files.filter((file) => !file.path.includes("/"))) context.io.out(`${join(folder, path)}\n`);
  } else {
    refuseWhatOutlives(runbooks);
    const { exportScript } = await import("../../export/script.ts");
    // To a pipe goes what the steps do, exactly.
    const { out, raw, stdout } = context.io;
    (stdout.isTTY ? out : raw.out)(exportScript(runbooks, given));
  }
  return 0;
}

/** A script ends with its machine, so a step that restarts that can't be in one. */
function refuseWhatOutlives(runbooks: readonly Runbook[]): void {
  for (const { id, steps } of runbooks) {
    const step = steps.find(outlivesShell);
    if (!step) continue;
    const message = `The step ${id}/${step.id} restarts the host, and a script does not come back: it can't be put into one.`;
    throw new RunbookError("not-exportable", message, {
      hint: "Run the runbook with `exec`, or export those that it requires.",
    });
  }
}
