import { readdirSync, readFileSync } from "node:fs";
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

test("where no step's own commands failed, the shell is the host's", async () => {
  pages.page(
    "forgets",
    fence('sh step="make"', "touch /opt/made /opt/forgotten") +
      fence('sh guard="make"', "test -e /opt/made") +
      fence('sh undo="make"', "rm -f /opt/made"),
  );
  const { screen } = await onTerminal(
    ["forgets", "--shell"],
    [
      ["A shell on the host", "ls /opt; echo end$((1 + 1))\r"],
      ["end2", "exit\r"],
    ],
  );
  expect(screen).toContain("forgotten\n");
});

test("a page's copied script is proved with it: what it leaves out fails there", async () => {
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

test("evidence says that both scripts led to the same end", async () => {
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
