import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Answers, typeOnTerminal } from "../cli/on-terminal.ts";
import { fence, ProofPages } from "./support/proof-pages.ts";

// What people have of a proof that fails: a shell where it failed, and scripts that are tried as well as runs.
const pages = new ProofPages().use();

const onTerminal = (args: string[], answers: Answers) =>
  typeOnTerminal(["verify", "--content", pages.root, ...args], answers, {
    RUNBOOK_STATE_DIR: join(pages.root, "state"),
  });

test("a shell opens on the clean host where a step fails, with the state that the step had, and the host goes after it", async () => {
  pages.page("broken", fence('sh step="set"', "greeting=hello") + fence('sh step="fail"', "cd /usr\nfalse"));
  const { screen, exitCode } = await onTerminal(
    ["broken", "--shell"],
    [
      ["(broken/fail)", 'echo "$(hostname) says $greeting end$((1 + 1))"\r'],
      ["end2", "exit\r"],
    ],
  );
  expect(screen).toContain("host says hello end2\n");
  expect(screen).toContain("error[run]");
  expect(exitCode).toBe(1);
  expect(readdirSync("/sys/class/net").filter((name) => name.startsWith("rbv"))).toEqual([]);
});

// From here each test has a clean host of its own, and waits for it much of the time.
test.concurrent("where no step's own commands failed, the shell is the host's", async () => {
  pages.page(
    "forgets",
    fence('sh step="make"', "touch /opt/made /opt/forgotten") +
      fence('sh guard="make"', "test -e /opt/made") +
      fence('sh undo="make"', "rm -f /opt/made"),
  );
  const { screen } = await onTerminal(
    ["forgets", "--shell"],
    [
      ["root@", "ls /opt; echo end$((1 + 1))\r"],
      ["end2", "exit\r"],
    ],
  );
  expect(screen).toContain("forgotten\n");
});

test.concurrent("a page's copied script is proved with it: what it leaves out fails there", async () => {
  // The exported script hands this on; in the copied one the step reads what no earlier step set.
  pages.page(
    "copied",
    fence('sh step="when-run" keeps="x"', 'touch "/opt/by-$BY"') +
      fence('sh guard="when-run"', 'test -e "/opt/by-$BY"'),
    '  params:\n    BY: { default: { command: "[ ! -e /run/script-of-the-proof.sh ] && echo run || echo script", example: run } }\n',
  );
  const run = await pages.verify("copied");
  expect(run.exitCode, run.stdout).toBe(1);
  expect(run.stdout).toMatch(/error\[(script|copied)\]/);
  expect(run.stdout).toContain("/opt/by-run (removed)");
});

test.concurrent("evidence says that both scripts led to the same end", async () => {
  pages.page(
    "honest",
    fence('sh step="make"', "touch /opt/made") +
      fence('sh guard="make"', "test -e /opt/made") +
      fence('sh undo="make"', "rm -f /opt/made"),
  );
  const run = await pages.verify("honest");
  expect(run.exitCode, run.stdout + run.stderr).toBe(0);
  expect(JSON.parse(readFileSync(pages.evidence("honest"), "utf8"))).toMatchObject({
    script: "passed",
    copied: "passed",
  });
});

test.concurrent("a proof that a package's change broke names the package, found by holding it back", async () => {
  const packages = pages.evidence("drift").replace(".json", ".packages.txt");
  const step = fence(
    'sh step="unpack"',
    "apt-get update\napt-get install --yes --no-install-recommends unzip\ntouch /opt/unzip",
  );
  const rest =
    fence('sh guard="unpack"', "test -e /opt/unzip") +
    fence('sh undo="unpack"', "rm -f /opt/unzip\napt-get purge --yes unzip\nrm -rf /var/lib/apt/lists/*");
  pages.page("drift", step + rest);
  const first = await pages.verify("drift");
  expect(first.exitCode, first.stdout + first.stderr).toBe(0);
  // As if the last proof had been one with the version before the update of security.
  const list = readFileSync(packages, "utf8");
  const now = /^unzip:amd64 (.*)$/m.exec(list)?.[1] ?? "";
  const before = "6.0-28";
  expect(now).not.toBe(before);
  writeFileSync(packages, list.replace(`unzip:amd64 ${now}`, `unzip:amd64 ${before}`));
  pages.page("drift", step.replace("touch", `[ "$(dpkg-query -W -f '\${Version}' unzip)" = ${before} ]\ntouch`) + rest);
  const run = await pages.verify("drift", "--why");
  expect(run.exitCode).toBe(1);
  expect(run.stdout).toContain(`With unzip:amd64 held back at ${before} it does not fail so`);
});
