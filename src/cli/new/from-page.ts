import { basename, dirname, extname, resolve } from "node:path";
import { RunbookError } from "../../errors/runbook-error.ts";
import { type Adopted, adoptPage } from "../../language/adopt/adopt.ts";
import { readPageText } from "../../library/page-files.ts";
import { settingsAt } from "../../library/project.ts";
import type { Context } from "../context.ts";

/** Makes a runbook of an outside page's text. The outside page itself stays as it is. */
export async function fromPage(
  { io, flags }: Context,
  other: string,
  place: { file: string; id: string },
): Promise<Adopted> {
  const { text, broken } = readPageText(resolve(io.cwd, other));
  if (broken) {
    throw new RunbookError("not-adoptable", `${other} is not UTF-8: line ${broken.place.line} has ${broken.what}.`, {
      hint: "Write it anew as UTF-8; `iconv --to-code=UTF-8` does, from the encoding that it has.",
    });
  }
  const settings = settingsAt(dirname(place.file));
  const adopted = await adoptPage(text, {
    ...place,
    name: nameOf(resolve(io.cwd, other)),
    settings,
    indented: flags.has("indented"),
  });
  const { problem } = adopted;
  if (!problem) return adopted;
  throw new RunbookError("not-adoptable", `Nothing can be made of ${other}: ${problem.message}`, {
    hint: problem.hint ?? "",
  });
}

/** What became of the page's shell, in lines for people. */
export function adoptedLines({ tagged, left }: Adopted, file: string): string[] {
  const steps = tagged.map(({ line, step }) => `  ${file}:${line}  step="${step}"`);
  const others = left.map(({ line, reason }) => `  ${file}:${line}  ${reason}`);
  return [
    tagged.length === 1
      ? "1 fence is a step now:"
      : `${tagged.length} fences are steps now${steps.length > 0 ? ":" : "."}`,
    ...steps,
    ...(others.length > 0 ? ["Left as it is:", ...others] : []),
  ];
}

/** What people call a page by its path; the first page of a folder is called as the folder. */
function nameOf(path: string): string {
  const name = basename(path, extname(path));
  return /^_?index$/i.test(name) ? basename(dirname(path)) : name;
}
