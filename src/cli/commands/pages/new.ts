import { mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, join, relative, resolve } from "node:path";
import { RunbookError } from "../../../errors/runbook-error.ts";
import { findRunbooks } from "../../../library/library.ts";
import { type Context, flagValue } from "../../context.ts";
import { programLine } from "../../line/command-line.ts";
import { adoptedLines, fromPage } from "../../new/from-page.ts";

/** Writes a page to start from, that passes `check` and runs. */
export async function run(context: Context): Promise<number> {
  const { io, words, contentDir, quiet } = context;
  const from = flagValue(context, "from");
  const file = placeOf(words[0] ?? "", resolve(io.cwd, contentDir), io.cwd, from && extname(from));
  const taken = new Set((await findRunbooks(contentDir)).map(({ id }) => id));
  const id = freeId(idFrom(basename(file, extname(file))), taken);
  const adopted = from === undefined ? undefined : await fromPage(context, from, { file, id });
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, adopted?.text ?? pageText(id), { flag: "wx" });
  } catch (error) {
    const there = (error as NodeJS.ErrnoException).code === "EEXIST";
    throw new RunbookError(
      there ? "page-exists" : "page-unwritable",
      there ? `${file} is there already.` : `${file} can't be written: ${(error as Error).message}`,
      {
        hint: there ? "Choose another name; nothing was written." : "",
        cause: error,
      },
    );
  }
  const shown = relative(io.cwd, file).startsWith("..") ? file : relative(io.cwd, file);
  const below = !relative(resolve(io.cwd, contentDir), file).startsWith("..");
  const name = below ? id : shown.includes("/") ? shown : `./${shown}`;
  io.out(`${shown}\n`);
  if (adopted && !quiet) io.err(`${adoptedLines(adopted, shown).join("\n")}\n`);
  if (!quiet)
    io.err(`Check it: ${programLine(context, ["check", shown])}\nRun it:   ${programLine(context, ["exec", name])}\n`);
  return 0;
}

/** As typed where it is clearly a path; else below the pages. */
function placeOf(word: string, content: string, cwd: string, otherwise = ".md"): string {
  const extension = extname(word);
  if (extension !== "" && extension !== ".md" && extension !== ".mdx") {
    throw new RunbookError("no-page", `"${word}" is no page's name.`, { hint: "A page ends in .md or .mdx." });
  }
  const typed = resolve(cwd, extension === "" ? `${word}${otherwise}` : word);
  const asTyped = /^(?:\.{0,2}\/)/.test(word) || !relative(content, typed).startsWith("..");
  return asTyped ? typed : join(content, relative(cwd, typed));
}

function idFrom(name: string): string {
  const id = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 60)
    .replace(/^-+|-+$/g, "");
  return id === "" ? "page" : id;
}

function freeId(id: string, taken: ReadonlySet<string>): string {
  if (!taken.has(id)) return id;
  for (let number = 2; ; number += 1) if (!taken.has(`${id}-${number}`)) return `${id}-${number}`;
}

function pageText(id: string): string {
  const title = id.charAt(0).toUpperCase() + id.slice(1).replaceAll("-", " ");
  return `---
title: ${title}
description: One sentence on what a reader has in the end.
runbook:
  id: ${id}
  params:
    FOLDER: { default: /tmp/${id}, pattern: "/[A-Za-z0-9/._-]+", description: Where it goes }
---

Say what this is for, and what a reader should know before.

Make a folder of its own for it.

\`\`\`sh step="folder"
mkdir "$FOLDER"
\`\`\`

What a file holds is shown as it will be.

\`\`\`text step="note" file="$FOLDER/note"
This note lies in $FOLDER.
\`\`\`

## Checks and way back

The folder is there, and it is taken away only when nothing else lies in it.

\`\`\`sh proof="folder"
test -d "$FOLDER"
\`\`\`

\`\`\`sh undo="folder"
rmdir "$FOLDER"
\`\`\`
`;
}
