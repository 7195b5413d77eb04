import { readFileSync } from "node:fs";
import { join } from "node:path";
import { checkout } from "../../../checkout.ts";

const parts = ["packages", "units", "users", "network", "settings", "firewall", "mounts", "daemons"].map((part) =>
  readFileSync(join(checkout, `src/verify/residue/inventory/${part}.sh`), "utf8"),
);

/** The last line that `INVENTORY_SHELL` prints; without it, its end was not reached. */
export const INVENTORY_END = "end";

/**
 * Shell that prints what a host has, a line each: kind, name and state, separated by tabs. Counters, times and process ids are left
 * out, since they say nothing about what is there. Docker names the bridge of a network by a number that is another one for each
 * network that is made.
 */
export const INVENTORY_SHELL = `export LC_ALL=C
{
${parts.join("")}
printf '${INVENTORY_END}\\t\\t\\n'
} | sed 's/\\bbr-[0-9a-f]\\{12\\}\\b/br-N/g'
`;
