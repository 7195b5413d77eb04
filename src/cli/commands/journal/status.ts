import { type StepState, status } from "../../../engine/run/status.ts";
import { openHost } from "../../../engine/target/host.ts";
import { runbookOrder } from "../../../language/meaning/order.ts";
import { clean } from "../../../terminal/clean.ts";
import { type Mark, styleFor } from "../../../terminal/style.ts";
import { table } from "../../../terminal/table.ts";
import { type Context, flagValue, printJson } from "../../context.ts";
import { givenValues } from "../../line/given-values.ts";
import { readRunbook } from "../../pages.ts";
import { planFor } from "../../run/make-plan.ts";
import { watchSignals } from "../../signals.ts";

const MARKS: Readonly<Record<StepState, Mark>> = {
  done: "green",
  "not done": "yellow",
  "not running": "dim",
  unknown: "dim",
  "not applicable": "dim",
  broken: "red",
};

/** Asks each step's guard. */
export async function run(context: Context): Promise<number> {
  const { io, json, quiet, stateDir } = context;
  const { library, runbook } = await readRunbook(context, context.words[0] ?? "");
  const given = givenValues(context, runbookOrder(library.runbooks, runbook.id));
  const plan = await planFor(context, { library, id: runbook.id, given });
  const { interrupt, stop } = watchSignals();
  const host = await openHost(flagValue(context, "host"), stateDir);
  try {
    const steps = await status(plan, { host, interrupt });
    const wrong = steps.filter(({ state }) => state === "not done" || state === "broken");
    const style = styleFor(Boolean(io.stdout.isTTY), io.env);
    if (json) printJson(io, { runbook: runbook.id, done: wrong.length === 0, steps });
    else {
      const shown = quiet ? wrong : steps;
      const rows = shown.map(({ key, state, detail }) => [
        style(MARKS[state], state.padEnd(14)),
        key,
        clean(detail ?? "")
          .trim()
          .split("\n")[0] ?? "",
      ]);
      io.out(
        table(rows)
          .map((line) => `${line}\n`)
          .join(""),
      );
    }
    if (interrupt.first.aborted) return 130;
    return wrong.length === 0 ? 0 : 1;
  } finally {
    await host.close();
    stop();
  }
}
