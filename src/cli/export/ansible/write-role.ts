import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { RunbookError } from "../../../errors/runbook-error.ts";
import { madeBy } from "./made-by.ts";
import type { RoleFile } from "./role-file.ts";

/** Writes an export below a folder. What an earlier export of this runbook wrote is replaced, and nothing else. */
export function writeRole(folder: string, id: string, files: readonly RoleFile[]): void {
  const role = join(folder, files[0]?.path ?? "", "..");
  const playbooks = files.filter(({ path }) => !path.includes("/")).map(({ path }) => join(folder, path));
  for (const [place, witness] of [[role, join(role, "README.md")], ...playbooks.map((path) => [path, path])] as [
    string,
    string,
  ][]) {
    if (!existsSync(place) || (existsSync(witness) && readFileSync(witness, "utf8").includes(madeBy(id)))) continue;
    throw new RunbookError("page-exists", `${place} is there already, and no export of ${id} made it.`, {
      hint: "Give another folder by --output; nothing was written.",
    });
  }
  try {
    rmSync(role, { recursive: true, force: true });
    for (const { path, text } of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
  } catch (error) {
    throw new RunbookError("page-unwritable", `${folder} can't be written: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
