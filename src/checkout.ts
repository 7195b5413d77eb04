import { join } from "node:path";

/** The folder that holds the launcher, package.json, src and content: a git checkout, or an installed package. */
export const checkout = join(import.meta.dirname, "..");
