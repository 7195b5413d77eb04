import { findRunbooks } from "../../../library/find-runbooks.ts";
import { styleFor } from "../../../terminal/style.ts";
import { table } from "../../../terminal/table.ts";
import { type Context, columnsOf, printJson } from "../../context.ts";

/** Lists the runbooks that there are. */
export async function run({ io, contentDir, json, quiet }: Context): Promise<number> {
  const summaries = (await findRunbooks(contentDir)).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  if (json) {
    printJson(io, summaries);
    return 0;
  }
  if (summaries.length === 0) {
    io.err(`There is no runbook below ${contentDir}.\n`);
    return 0;
  }
  const style = styleFor(Boolean(io.stdout.isTTY), io.env);
  const rows = summaries.map(({ id, title, requires }) => [
    id,
    quiet ? "" : title + (requires.length > 0 ? style("dim", `  (requires ${requires.join(", ")})`) : ""),
  ]);
  // Colours count as columns here, so lines are cut only where there are none.
  const columns = io.stdout.isTTY && style("dim", "x") === "x" ? columnsOf(io) : Number.POSITIVE_INFINITY;
  io.out(`${table(rows, columns).join("\n")}\n`);
  return 0;
}
