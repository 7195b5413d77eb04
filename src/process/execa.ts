import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { checkout } from "../checkout.ts";

const joined = join(checkout, "node_modules/.runbook/execa.mjs");

/** Starts a process. From the one file that set-up makes of execa, where that is: it loads in a third of the time. */
export const { execa }: typeof import("execa") = await import(
  existsSync(joined) ? pathToFileURL(joined).href : "execa"
);
