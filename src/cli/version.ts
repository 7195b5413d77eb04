import { readFileSync } from "node:fs";
import { join } from "node:path";
import { checkout } from "../checkout.ts";
import { RunbookError } from "../errors/runbook-error.ts";

/** The version that this program's package.json names. */
export function versionOf(): string {
  const { version } = JSON.parse(readFileSync(join(checkout, "package.json"), "utf8")) as { version?: unknown };
  if (typeof version !== "string") throw new RunbookError("no-version", "package.json names no version.");
  return version;
}
