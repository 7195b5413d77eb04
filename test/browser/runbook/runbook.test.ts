import { readFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { initialValues } from "../../../src/language/copied/blocks.ts";
import { type Runbook, readPage, shownText } from "../../../src/language/index.ts";
import { addressOf, copiedBy, files, launch, open, root, site } from "../support/browser.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser?.close());

async function runbookOf(name: string): Promise<Runbook | undefined> {
  const file = join("content", name);
  return (await readPage(readFileSync(join(root, file), "utf8"), { file })).runbook;
}

const named = await Promise.all(files.map(async (name) => ({ name, runbook: await runbookOf(name) })));
const runbooks = named.flatMap(({ name, runbook }) => (runbook ? [{ name, id: runbook.id, runbook }] : []));

const readSteps = `[...document.querySelectorAll("[data-step]")].map((card) => ({
  id: card.querySelector("h2, h3").id,
  target: card.dataset.target,
  text: [...card.querySelector("figure").querySelectorAll(".ec-line .code")]
    .map((line) => line.textContent.replace(/\\n$/, "")).join("\\n"),
}))`;

describe("the steps shown are those that the runner runs, in order", () => {
  let pages: Page[];
  beforeAll(async () => {
    const contexts = [true, false].map((javaScriptEnabled) => browser.newContext({ javaScriptEnabled }));
    pages = await Promise.all(contexts.map(async (context) => (await context).newPage()));
  });

  test("the runner shows the steps of lxc-new as the page's text is read here", async () => {
    const { stdout } = await execa(process.execPath, ["src/cli/start.cjs", "show", "lxc-new", "--json"], { cwd: root });
    const said = JSON.parse(stdout).runbooks.at(-1).steps as { id: string; target: string; text: string }[];
    const read = runbooks.find(({ id }) => id === "lxc-new")?.runbook.steps ?? [];
    expect(read.length).toBeGreaterThan(0);
    expect(said.map(({ id, target, text }) => ({ id, target, text }))).toEqual(
      read.map(({ id, on, fence }) => ({ id, target: on, text: fence.text })),
    );
  });

  test.each(runbooks)("of $id, with JavaScript and without", async ({ name, runbook }) => {
    const values = initialValues(runbook.params);
    const expected = runbook.steps.map((step) => ({ id: step.id, target: step.on, text: shownText(step, values) }));
    for (const one of pages) {
      await one.goto(site + addressOf(name), { waitUntil: "load" });
      expect(await one.evaluate(readSteps)).toEqual(expected);
    }
  });
});

/** What the copy button of a step gives. */
async function copied(page: Page, step: string): Promise<string> {
  return await copiedBy(page, `figure[data-block="${step}"] .copy button`);
}

/** What `argumentsIn` makes of the command that works out the architecture. */
const architecture = "<--print-architecture>";

/** The arguments that a text gives to programs, each of which only prints them. */
async function argumentsIn(text: string, env: Record<string, string> = {}): Promise<string> {
  const print = `printf '<%s>' "$@"; echo`;
  const programs = ["lxc-create", "lxc-start", "apt-get", "dpkg"].map((name) => `${name}() { ${print}; }`);
  const script = `${programs.join("\n")}\nset -f\n${text}\n`;
  return (await execa("bash", ["-c", script], { env, extendEnv: false, stdin: "ignore" })).stdout;
}

const page = "lxc/lxc-new/";
const hostile = ["a'b", 'say "hi"', "$(touch /tmp/x)", "`id`", "<b>bold</b>", "a b", "!!", "\\", "-n", ""];

describe("the form", () => {
  test("puts what is typed in place, in the address, and in the line to run", async () => {
    const { page: open1, complaints } = await open(browser, page);
    await open1.locator("#values summary").click();
    await open1.getByLabel("CONTAINER").fill("web1");
    expect(await open1.locator('figure[data-block="create"] [data-slot]').first().textContent()).toBe("web1");
    expect(await open1.locator("#exec-line").textContent()).toBe("./runbook exec lxc-new CONTAINER=web1");
    expect(await open1.locator("[data-line]").allTextContents()).toEqual([
      "./runbook exec lxc-new CONTAINER=web1",
      "./runbook exec lxc-new CONTAINER=web1 --dry-run",
      "./runbook undo lxc-new CONTAINER=web1",
    ]);
    // In the prose, and in how one enters and stops the container.
    expect(await open1.locator("main p code", { hasText: 'lxc-attach --name "web1"' }).count()).toBeGreaterThan(0);
    expect(await open1.locator(".runbook-lines").textContent()).toContain('lxc-stop --name "web1"');
    expect(new URL(open1.url()).search).toBe("?CONTAINER=web1");
    await open1.getByRole("button", { name: "Reset all" }).click();
    expect(await open1.locator("#exec-line").textContent()).toBe("./runbook exec lxc-new");
    expect(new URL(open1.url()).search).toBe("");
    await open1.goBack();
    expect(await open1.getByLabel("CONTAINER").inputValue()).toBe("web1");
    expect(complaints).toEqual([]);
    await open1.context().close();
  });

  test("says what is wrong with a value as it is typed", async () => {
    const { page: open1 } = await open(browser, page);
    await open1.locator("#values summary").click();
    await open1.getByLabel("CONTAINER").fill("Web 1");
    const said = (selector: string) => open1.locator(selector).textContent();
    await expect.poll(() => said("#value-CONTAINER-wrong")).toContain("does not match");
    expect(await open1.getByLabel("CONTAINER").getAttribute("aria-invalid")).toBe("true");
    // The copy buttons say so, too: of all steps, and of each that has the value in it or in how it is entered.
    expect(await said("#panel-wrong")).toContain("Not valid: CONTAINER");
    const wrong = () =>
      open1.locator('figure[data-wrong*="CONTAINER"]').evaluateAll((all) => all.map((one) => one.dataset["block"]));
    expect(await wrong()).toEqual(expect.arrayContaining(["create", "start", "update"]));
    expect(await wrong()).not.toContain("login");
    await open1.getByLabel("CONTAINER").fill("web1");
    await expect.poll(wrong).toEqual([]);
    expect(await said("#panel-wrong")).toBe("");
    await open1.context().close();
  });

  test("a shared link brings its values, and unknown names do nothing", async () => {
    const { page: open1, complaints } = await open(browser, `${page}?CONTAINER=web2&PATH=/x`);
    expect(await open1.getByLabel("CONTAINER").inputValue()).toBe("web2");
    expect(await open1.locator("#exec-line").textContent()).toBe("./runbook exec lxc-new CONTAINER=web2");
    expect(complaints).toEqual([]);
    await open1.context().close();
  });

  test("hostile values stay text, and what is copied gives programs the same arguments", async () => {
    const { page: open1, complaints } = await open(browser, page, {
      permissions: ["clipboard-read", "clipboard-write"],
    });
    await open1.locator("#values summary").click();
    const step = (await runbookOf("lxc/lxc-new.md"))?.steps.find(({ id }) => id === "create");
    for (const value of hostile) {
      await open1.getByLabel("CONTAINER").fill(value);
      // The computed default is worked out here, too.
      const env = { CONTAINER: value, DIST: "debian", RELEASE: "trixie", ARCH: architecture };
      expect(await argumentsIn(await copied(open1, "create"))).toBe(await argumentsIn(step?.fence.text ?? "", env));
      expect(await open1.locator("figure b").count()).toBe(0);
      const line = (await open1.locator("#exec-line").textContent()) ?? "";
      const { stdout } = await execa("bash", ["-c", `set -- ${line}; printf %s "\${@: -1}"`]);
      expect(stdout).toBe(`CONTAINER=${value}`);
    }
    expect(complaints).toEqual([]);
    await open1.context().close();
  });

  test("all steps are copied as a script that a shell can read", async () => {
    const { page: open1 } = await open(browser, `${page}?CONTAINER=web1`, {
      permissions: ["clipboard-read", "clipboard-write"],
    });
    const script = await copiedBy(open1, "[data-copies=script]");
    expect(script).toContain("ARCH=$(dpkg --print-architecture)");
    expect(script).toContain("lxc-attach --name \"web1\" -- bash <<'EOF'");
    const { exitCode } = await execa("bash", ["-n"], { input: script });
    expect(exitCode).toBe(0);
    await open1.context().close();
  });

  test("where the part that makes copies can't be loaded, nothing is copied, and the page says so", async () => {
    const { page: open1 } = await open(browser, page, { permissions: ["clipboard-read", "clipboard-write"] });
    await open1.route(/copies[^/]*\.js$/, (route) => route.abort());
    await open1.evaluate("navigator.clipboard.writeText('before')");
    await open1.locator('figure[data-block="create"] .copy button').evaluate((button) => button.click());
    await open1.getByText("Nothing was copied").waitFor({ state: "attached" });
    expect(await open1.evaluate("navigator.clipboard.readText()")).toBe("before");
    await open1.context().close();
  });

  test("on paper there are commands and no forms", async () => {
    const { page: open1 } = await open(browser, page);
    await open1.emulateMedia({ media: "print" });
    expect(await open1.locator(".values").isVisible()).toBe(false);
    for (const block of ["create", "create:guard:0", "create:undo:0"]) {
      expect(await open1.locator(`figure[data-block="${block}"]`).isVisible()).toBe(true);
    }
    expect(await open1.locator(".transcript").first().isVisible()).toBe(false);
    expect(open1.url().startsWith(site)).toBe(true);
    await open1.context().close();
  });
});
