import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { typeOnTerminal } from "../../../cli/on-terminal.ts";
import { makePlace, pageOf } from "../../support/run-page.ts";
import { hasSshd, startSshd } from "../../support/sshd.ts";
import { canMount, shNames, targetWith } from "../../support/with-sh.ts";
import * as sh from "./whole-sh-state.ts";
import * as bash from "./whole-state.ts";

const seed = Number(process.env["SEED"] ?? Date.now());

/** What a shell has because it is a person's, or a step's: options, and variables of the prompt and the history. */
const ofItsUse =
  /^(?:(?:export )?(?:declare -\S+ )?(?:PS[12]|HIST\w+|COLUMNS|LINES|TERM|SHELLOPTS|BASHOPTS)(?:=|$)|set [-+]o (?:errexit|errtrace|nounset|pipefail|emacs|vi|history|monitor|interactive|stdin)$|trap -- .* (?:EXIT|ERR)$)/;

/** Lines of a dump that both shells share: the functions of the runner's worker are no state. */
function shared(lines: string[]): string[] {
  const kept: string[] = [];
  let inside = false;
  let open = false;
  for (const line of lines) {
    // A value may go on over several lines, in single quotes.
    const goesOn: boolean = open;
    const quotes = line.split("'").length - 1;
    if (goesOn || (ofItsUse.test(line) && /^(?:export )?\w+='/.test(line))) open = goesOn !== (quotes % 2 === 1);
    if (goesOn) continue;
    inside ||= /^(?:__rb_\w+|exit) \(\) $/.test(line);
    if (!inside && !ofItsUse.test(line) && !/^declare -f (?:__rb_\w+|exit)$/.test(line)) kept.push(line);
    if (/^\}(?: |$)/.test(line)) inside = false;
  }
  return kept;
}

/** Opens a shell behind a step that put its target into a state, and compares what both have. */
async function compare(commands: string, way: typeof bash | typeof sh, target?: string): Promise<void> {
  const place = makePlace({});
  const work = (name: string): string => join(place.work, name);
  mkdirSync(work("a b"));
  symlinkSync(work("a b"), work("link"));
  writeFileSync(work("dump"), way.dumpText);
  const on = target === undefined ? "" : ' on="box"';
  const page = pageOf(
    [
      [`sh step="set"${on}`, `W=${place.work}\n${commands}\nset +eu\n. ${work("dump")} >|${work("before")}`],
      [`sh step="fails"${on}`, "false"],
    ],
    target === undefined ? "" : `  targets:\n    box: ${JSON.stringify(target)}\n`,
  );
  const { content } = makePlace({ "page.md": page });
  const { screen, exitCode } = await typeOnTerminal(
    ["exec", "page", "--shell", "--yes", "--content", content],
    [["(page/fails)", `. ${work("dump")} >|${work("typed")}; exit\r`]],
    { RUNBOOK_STATE_DIR: place.state, CALLERS_OWN: "not the step's" },
  );
  expect(exitCode, screen).toBe(1);
  const read = (name: string): string[] => shared(way.lastingLines(readFileSync(work(name), "latin1")));
  expect(read("typed"), commands).toEqual(read("before"));
}

describe("the shell that opens at a step that fails has the whole state", () => {
  test.each(fc.sample(bash.stateCommands, { numRuns: 2, seed }))("of a bash", (commands) => compare(commands, bash));

  const samples = fc.sample(sh.stateCommands, { numRuns: 2, seed });
  const cases = shNames.flatMap((name) => samples.map((commands) => ({ name, commands })));
  test.runIf(canMount).each(cases)("of $name", ({ name, commands }) => compare(commands, sh, targetWith(name)));
});

test.skipIf(!hasSshd)("over ssh that shell opens on the target behind the host, with what the target had", async () => {
  const { name } = await startSshd();
  const steps: [string, string][] = [
    ['sh step="set" on="inner"', "cd /usr\nx='a  b'\nf() { echo \"f $x\"; }"],
    ['sh step="fails" on="inner"', "false"],
  ];
  const place = makePlace({ "page.md": pageOf(steps, "  targets:\n    inner: env -C / INNER=1\n") });
  const { screen, exitCode } = await typeOnTerminal(
    ["exec", "page", "--shell", "--yes", "--content", place.content, "--host", name],
    [
      ["(page/fails)", 'f; pwd; echo "${CALLERS-none} $TERM"; echo end$((1 + 1))\r'],
      ["end2", "exit\r"],
    ],
    { RUNBOOK_STATE_DIR: place.state, PATH: process.env["PATH"], CALLERS: "x" },
  );
  expect(screen).toContain("f a  b\n/usr\nnone xterm\nend2\n");
  expect(exitCode).toBe(1);
});
