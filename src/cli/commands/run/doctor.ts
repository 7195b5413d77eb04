import { execa } from "execa";
import { type DoctorRow, doctorRows } from "../../../engine/facts/doctor.ts";
import { hostFacts, missingNeeds, type RunOnHost } from "../../../engine/facts/facts.ts";
import { hostName } from "../../../engine/target/host.ts";
import { RunbookError } from "../../../errors/runbook-error.ts";
import { runbookOrder } from "../../../language/meaning/order.ts";
import { findRunbooks } from "../../../library/library.ts";
import { clean } from "../../../terminal/clean.ts";
import { type Mark, styleFor } from "../../../terminal/style.ts";
import { table } from "../../../terminal/table.ts";
import { type Context, flagValue, printJson } from "../../context.ts";
import { supplierOf } from "../../doctor/suppliers.ts";
import { readRunbook } from "../../pages.ts";

const MARKS: Readonly<Record<DoctorRow["state"], Mark>> = {
  offered: "green",
  limited: "yellow",
  lacking: "yellow",
  unknown: "dim",
};

/** Says what the host offers and lacks, and what a runbook needs of it. */
export async function run(context: Context): Promise<number> {
  const { io, json, words } = context;
  const asked = words[0] === undefined ? undefined : await readRunbook(context, words[0]);
  const order = asked ? runbookOrder(asked.library.runbooks, asked.runbook.id) : [];
  const ids = new Set((await findRunbooks(context.contentDir)).map(({ id }) => id));
  const facts = await hostFacts(onHost(flagValue(context, "host")), { network: true });
  const rows = doctorRows(facts).map((row) => {
    const supplier = supplierOf(row, ids);
    return { ...row, ...(supplier && { supplier }) };
  });
  const missing = missingNeeds(
    order.flatMap(({ needs }) => needs),
    facts,
  );
  if (json) {
    printJson(io, {
      host: hostName(flagValue(context, "host")),
      rows,
      ...(asked && { runbook: asked.runbook.id, missing }),
    });
  } else {
    const style = styleFor(Boolean(io.stdout.isTTY), io.env);
    const cells = rows.map((row) => [
      row.name,
      style(MARKS[row.state], row.state.padEnd(8)),
      clean(row.found),
      row.supplier ? supplierWords(row.supplier) : "",
    ]);
    io.out(`${table(cells).join("\n")}\n`);
    for (const { message, hint } of missing) io.out(`\n${style("red", "lacking")} ${message}\n  = ${hint}\n`);
    if (asked && missing.length === 0) io.out(`\n${asked.runbook.id} finds here what it needs.\n`);
  }
  return missing.length > 0 ? 3 : 0;
}

function supplierWords(supplier: NonNullable<ReturnType<typeof supplierOf>>): string {
  if ("runbook" in supplier) return `./runbook exec ${supplier.runbook}`;
  return "packages" in supplier ? `apt-get install ${supplier.packages.join(" ")}` : supplier.advice;
}

/** One shell on the host, which reads the command from its stdin: over ssh no quoting gets in between. */
function onHost(destination: string | undefined): RunOnHost {
  const words: [string, ...string[]] =
    destination === undefined ? ["sh"] : ["ssh", "-o", "BatchMode=yes", "--", destination, "sh"];
  return async (command) => {
    const [file, ...args] = words;
    const done = await execa(file, args, { input: command, stderr: "inherit", reject: false });
    const { exitCode = 1, stdout, cause } = done;
    const began = done.exitCode !== undefined || done.isTerminated;
    if (!began || (exitCode === 255 && destination !== undefined))
      throw unreachable(destination, began ? undefined : cause);
    return { exitCode, stdout };
  };
}

function unreachable(destination: string | undefined, cause: unknown): RunbookError {
  return new RunbookError(
    "host-unreachable",
    `${destination ?? "sh"} can't be reached${cause instanceof Error ? `: ${cause.message}` : "."}`,
    {
      hint: "It must work without asking: a known host key, and a key or an agent.",
      cause,
    },
  );
}
