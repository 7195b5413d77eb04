import type { DoctorRow, Supplier } from "../../engine/facts/doctor.ts";

/** The runbook that supplies what a row of the doctor's table names. This is the only place that knows them. */
const SUPPLYING_RUNBOOKS: Readonly<Record<string, string>> = {
  LXC: "lxc-host",
  bridge: "lxc-host",
  binfmt: "lxc-image",
  "image server": "lxc-image",
};

/** What supplies what a row lacks: a runbook of the library where there is one, else what the row itself advises. */
export function supplierOf(
  { name, supplier }: DoctorRow,
  library: ReadonlySet<string>,
): Supplier | { runbook: string } | undefined {
  const runbook = SUPPLYING_RUNBOOKS[name];
  return supplier && runbook !== undefined && library.has(runbook) ? { runbook } : supplier;
}
