import type { Block } from "../../language/copied/block.ts";
import { blocksOf } from "../../language/copied/blocks.ts";
import { copySource } from "../../language/copied/copied-script.ts";
import { type CopySource, settingsFor, textOf } from "../../language/copied/copy.ts";
import { pageData } from "../../language/copied/page-data.ts";
import type { Runbook, Step } from "../../language/model/runbook.ts";
import { quoteShell } from "../../language/shell/quote.ts";
import { contentOf, delimiterFor } from "../../language/values/copied.ts";
import { substitute } from "../../language/values/substitute.ts";

/** A step by its runbook and its id, as `runbook/step`. */
export type StepName = `${string}/${string}`;

/**
 * The commands of steps for their pages' own defaults, one step after the other. A computed default is worked out in the text, since an example of one is no
 * value. A step inside a guest is shown as the command that enters the guest, which is what a reader types before that step's own.
 */
export function stepCommands(names: readonly StepName[], runbooks: ReadonlyMap<string, Runbook>): string {
  return names.map((name) => commandsOf(name, runbooks)).join("\n");
}

function commandsOf(name: StepName, runbooks: ReadonlyMap<string, Runbook>): string {
  const [id = "", step] = name.split("/");
  const runbook = runbooks.get(id);
  const found = runbook?.steps.find((one) => one.id === step);
  if (!runbook || !found) throw new Error(`There is no step ${name}, whose commands are asked for.`);
  const source = copySource(pageData(runbook));
  const block = blockOf(found, runbook);
  const text = fileCommand(block, source) ?? textOf(block, source);
  const settings = settingsFor(text, source).map((setting) => `${setting.name}=$(${setting.command})`);
  return [...settings, text].join("\n");
}

/**
 * The line that writes a file, with the file's text below it, which is what a reader of a table looks for. Undefined where the
 * text has values that are not known yet: these need the longer command that the page's own button copies.
 */
function fileCommand(block: Block, source: CopySource): string | undefined {
  if (block.kind !== "data" || !block.file) return undefined;
  const { path, mode = "0644" } = block.file;
  const place = substitute(path, source.values);
  const text = contentOf(block.text, source.values);
  if (settingsFor(`${place}\n${text}`, source).length > 0) return undefined;
  const end = delimiterFor(text, "EOF");
  return `install -D --mode=${mode} /dev/stdin ${quoteShell(place)} <<'${end}'\n${text}${end}`;
}

function blockOf({ id, on }: Step, runbook: Runbook): Block {
  const block = blocksOf(runbook).get(on === "host" ? id : `${id}:enter`);
  if (!block) throw new Error(`The step ${runbook.id}/${id} has no commands.`);
  return block;
}
