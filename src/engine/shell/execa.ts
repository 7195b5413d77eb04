import { existsSync } from "node:fs";

const joined = new URL("../../../node_modules/.runbook/execa.mjs", import.meta.url);

/** Starts a process. From the one file that set-up makes of execa, where that is: it loads in a third of the time. */
export const { execa }: typeof import("execa") = await import(existsSync(joined) ? joined.href : "execa");
