import { ProofReport } from "../../report/proof/proof.ts";
import type { Report } from "../../report/report.ts";
import { type Context, columnsOf } from "../context.ts";
import { makeReports, parseReports } from "../run/reports.ts";

/** The reports of `verify`: what goes on is no result, so the one that is seen writes it to stderr. */
export async function proofReports(context: Context, texts: ReadonlyMap<string, string>): Promise<Required<Report>> {
  const { io, flags } = context;
  return await makeReports(context, parseReports(flags.get("report") ?? []), {
    readPage: (file) => texts.get(file),
    goOn: () => [],
    total: 0,
    undoing: false,
    text: (view, shown) => {
      const note = shown ? io.err : view.write;
      return new ProofReport({ ...view, note, columns: columnsOf(io) });
    },
  });
}
