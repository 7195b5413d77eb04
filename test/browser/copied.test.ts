import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import fc from "fast-check";
import type { Page } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fileContent, type Runbook, readPage, shownText, substitute } from "../../src/language/index.ts";
import { provedPage, useProofSite } from "./proof-site.ts";
import { copiedBy, type Opened, open } from "./support.ts";

const fields = ["NAME", "NOTE", "KEY", "WORDS"];
const shellSteps = ["create", "fill", "start", "tell"];
const proofSite = useProofSite();
let opened: Opened;
let runbook: Runbook;
const folder = mkdtempSync(join(tmpdir(), "copied-"));
const log = join(folder, "log");

beforeAll(async () => {
  const permissions = ["clipboard-read", "clipboard-write"];
  opened = await open(proofSite.browser, provedPage, { permissions }, proofSite.served.address);
  await opened.page.locator("#values summary").click();
  const read = await readPage(readFileSync(join(import.meta.dirname, "fixtures/proof/machine.md"), "utf8"), {
    file: "machine.md",
  });
  if (!read.runbook) throw new Error("no runbook");
  runbook = read.runbook;
  makePrograms();
}, 180_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Programs that only note their arguments and what they read, in place of all that a text may call. */
function makePrograms(): void {
  mkdirSync(join(folder, "bin"));
  mkdirSync(join(folder, "empty"));
  const note = (more = "") =>
    `#!/bin/bash\n{ printf '%s' "\${0##*/}"; printf '<%s>' "$@"; echo; ${more}; } >>'${log}' 2>/dev/null\n`;
  const made = join(folder, "made");
  for (const name of ["make-machine", "start-machine", "mkdir", "chmod", "cp", "mv", "said"]) write(name, note(":"));
  write("fill", note("/usr/bin/cat"));
  write("rm", "#!/bin/bash\n");
  // A check says yes once what it asks for was called.
  for (const [check, done] of [
    ["is-machine", "make-machine"],
    ["is-filled", "fill"],
    ["is-up", "start-machine"],
  ] as const) {
    write(check, `#!/bin/bash\n/usr/bin/grep --quiet '^${done}<' '${log}'\n`);
  }
  write("mktemp", `#!/bin/bash\necho '${made}'\n`);
  // What is written is noted, too, not only where it goes.
  write("cat", `#!/bin/bash\n/usr/bin/cat | /usr/bin/tee -a '${log}'\n`);
  for (const name of ["env", "bash"]) symlinkSync(`/usr/bin/${name}`, join(folder, "bin", name));
}

function write(name: string, text: string): void {
  writeFileSync(join(folder, "bin", name), text, { mode: 0o755 });
}

/** What programs get from a text, one a line, and what the text left in TOLD. */
async function calls(text: string, values: Record<string, string> = {}): Promise<string> {
  writeFileSync(log, "");
  const script = `${text}\nsaid "\${TOLD-}"\n`;
  await execa("/bin/bash", ["-c", script], {
    cwd: join(folder, "empty"),
    env: { PATH: join(folder, "bin"), LANG: "C.UTF-8", ...values },
    extendEnv: false,
    stdin: "ignore",
    reject: false,
  });
  return readFileSync(log, "utf8");
}

const shownSteps = `Object.fromEntries([...document.querySelectorAll("[data-step]")].map((card) => [
  card.dataset.step,
  [...card.querySelector("figure").querySelectorAll(".ec-line .code")]
    .map((line) => line.querySelector("[data-slot]") ? line.textContent : line.textContent.replace(/\\n$/, ""))
    .join("\\n"),
]))`;

const special = fc.constantFrom(
  ..."$`\"'\\!*?[]{}~#&|;<>()^ \t=:,%-\u00a0".split(""),
  "$(touch x)",
  "${NAME}",
  "<img src=x onerror=alert(1)>",
  "&amp;",
  "EOF",
  "é",
  "𝒳",
  "x",
);
const value = fc.oneof(
  fc.array(special, { maxLength: 6 }).map((parts) => parts.join("")),
  fc.constantFrom("", "-n", "--", "web1", "10.0.3.2/24", "a b", "STEPS", "'; rm -rf /", '"; id; "'),
);
const lines = fc.array(fc.oneof(special, fc.constantFrom("\n", "\nEOF\n", "\nSTEPS\n")), { maxLength: 6 });
const given = fc.record({
  NAME: value,
  NOTE: value,
  KEY: fc.oneof(
    lines.map((parts) => parts.join("")),
    value,
  ),
  WORDS: fc.oneof(fc.constantFrom("", "vim", "vim zsh"), value),
});

/** Types values, and gives those that the fields then hold: a line has no line feed. */
async function type(page: Page, values: Record<string, string>): Promise<Record<string, string>> {
  for (const [name, text] of Object.entries(values)) await page.locator(`#value-${name}`).fill(text);
  const names = JSON.stringify(fields);
  const read = await page.evaluate<[string, string][]>(
    `${names}.map((name) => [name, document.getElementById("value-" + name).value])`,
  );
  return Object.fromEntries(read);
}

test("for any values, what is copied gives programs the arguments of the executed step", async () => {
  const { page, complaints } = opened;
  const elements = () => page.evaluate<number>("document.querySelectorAll('main img, main b, main script').length");
  const before = await elements();
  await fc.assert(
    fc.asyncProperty(given, async (wanted) => {
      const values = await type(page, wanted);
      const known = new Map(Object.entries(values));
      const shown = await page.evaluate<Record<string, string>>(shownSteps);
      const copies: string[] = [];
      for (const step of runbook.steps) {
        expect(shown[step.id]?.replace(/ +$/gm, "")).toBe(shownText(step, known).replace(/ +$/gm, ""));
        const copied = await copiedBy(page, `figure[data-block="${step.id}"] [data-code]`);
        copies.push(copied);
        if (shellSteps.includes(step.id)) expect(await calls(copied)).toBe(await calls(step.fence.text, values));
        else {
          const said = await calls(copied);
          expect(said).toContain(fileContent(step, known));
          expect(said).toContain(`mv<-fT><${join(folder, "made")}><${substitute(step.file?.path ?? "", known)}>`);
        }
      }
      const script = await copiedBy(page, '[data-copies="script"]');
      // What the script sets stays in its subshell.
      const withoutTold = (said: string): string => said.replace(/^said<[\s\S]*$/m, "");
      expect(withoutTold(await calls(script))).toBe(withoutTold(await calls(`set -e\n${copies.join("\n")}`)));
      expect(await elements()).toBe(before);
    }),
    { numRuns: 20, endOnFailure: true },
  );
  expect(complaints).toEqual([]);
}, 180_000);

test("a link that is shared brings any values, reset takes them away, and pasted ones stay text", async () => {
  const { page } = opened;
  const hostile = { NAME: `'"$(id)`, NOTE: "<b>&amp;", KEY: "a\n'b'\n", WORDS: "--x *" };
  const query = new URLSearchParams(hostile);
  const { page: shared, complaints } = await open(
    proofSite.browser,
    `${provedPage}?${query}`,
    {},
    proofSite.served.address,
  );
  const step = runbook.steps.find(({ id }) => id === "create");
  const shown = await shared.evaluate<Record<string, string>>(shownSteps);
  expect(step && shownText(step, new Map(Object.entries(hostile)))).toBe(shown["create"]);
  expect(await shared.locator("#value-KEY").inputValue()).toBe(hostile.KEY);
  await shared.getByRole("button", { name: "Reset all" }).click();
  expect(new URL(shared.url()).search).toBe("");
  const plain = await open(proofSite.browser, provedPage, {}, proofSite.served.address);
  expect(await shared.evaluate(shownSteps)).toEqual(await plain.page.evaluate(shownSteps));
  expect(complaints).toEqual([]);
  for (const one of [shared, plain.page]) await one.context().close();
  await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(hostile.NOTE)})`);
  await page.locator("#value-NOTE").fill("");
  await page.locator("#value-NOTE").focus();
  await page.keyboard.press("Control+V");
  expect(await page.locator('figure[data-block="create"] .value').nth(1).textContent()).toBe(hostile.NOTE);
});
