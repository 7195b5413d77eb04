import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Answers, type Screen, typeOnTerminal } from "../on-terminal.ts";

const pages = join(import.meta.dirname, "../fixtures/pages");
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "runbook-terminal-"));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the command line about this file's pages on a terminal of its own. */
function onTerminal(args: string[], answers: Answers = [], env: NodeJS.ProcessEnv = {}): Promise<Screen> {
  const state = { RUNBOOK_STATE_DIR: join(folder, "state") };
  return typeOnTerminal([...args, "--content", pages], answers, { ...state, ...env });
}

describe("on a terminal", () => {
  test("the plan comes first, then a line a step, in colours", async () => {
    const { screen, raw, exitCode } = await onTerminal(["exec", "run-good", `DIR=${folder}/good`]);
    expect(exitCode).toBe(0);
    expect(screen).toMatch(
      /^run-good: What goes well\n5 steps on this machine\n {2}run-good {2}make, wait, inside, never, conf\n/,
    );
    expect(screen).toMatch(/✓ passed {4}run-good\/make {2,}1\/5 +\d+ ms|✓ passed {4}run-good\/make {2,}1\/5 +[\d.]+ s/);
    expect(raw).toContain("\u001b[32m");
  });

  test("without colours where they aren't wanted", async () => {
    const { raw } = await onTerminal(["exec", "run-good", `DIR=${folder}/good`], [], { NO_COLOR: "1" });
    expect(raw).not.toMatch(/\u001b\[\d+m/);
    expect(raw).toContain("\u001b[1A");
  });

  test("missing values are asked for, secrets without echo", async () => {
    const { screen, exitCode } = await onTerminal(
      ["exec", "run-secret"],
      [
        ["TOKEN= ", "sesame-open\r"],
        ["NAME= ", "X1"],
        ["not yet", "\u0015abc\r"],
      ],
    );
    expect(exitCode).toBe(0);
    expect(screen).toContain("TOKEN: The key (not shown as you type)");
    expect(screen).toContain("NAME: A name (matches [a-z]+)");
    expect(screen).not.toContain("sesame");
    expect(screen).toContain("passed    run-secret/use");
  });

  test("Ctrl-C at a question ends the command", async () => {
    const { exitCode, screen } = await onTerminal(["exec", "run-secret"], [["TOKEN= ", "\u0003"]]);
    expect(exitCode).toBe(130);
    expect(screen).not.toContain("passed");
  });

  test("what is dangerous is asked, and a no is a no", async () => {
    const well = ["exec", "run-bad", "HOW=well"];
    const yes = await onTerminal(well, [["[y/N]", "y\r"]]);
    expect(yes.screen).toContain("It burns the house down.");
    expect(yes.exitCode).toBe(0);
    const no = await onTerminal(well, [["[y/N]", "\r"]]);
    expect(no.exitCode).not.toBe(0);
  });

  test("Ctrl-C at a question of a run ends that run", async () => {
    const { exitCode, screen } = await onTerminal(["exec", "run-bad", "HOW=well"], [["[y/N]", "\u0003"]]);
    expect(exitCode).toBe(130);
    expect(screen).toContain("Go on: ");
  });

  test("Ctrl-C ends a step that runs", async () => {
    const { exitCode, screen } = await onTerminal(["exec", "run-bad", "HOW=slow"], [["before the end", "\u0003"]]);
    expect(exitCode).toBe(130);
    expect(screen).toContain("Ending what runs");
  });

  test("a shell opens where a step fails, with what the step had", async () => {
    const { screen, exitCode } = await onTerminal(
      ["exec", "run-bad", "--shell"],
      [
        ["(run-bad/second)", "echo how-is-$HOW\r"],
        ["how-is-fails", "exit\r"],
      ],
    );
    expect(screen).toContain("how-is-fails");
    expect(exitCode).toBe(1);
  });

  test("that shell has a state that no command line could hold, on the host and on a target", async () => {
    const { screen, exitCode } = await onTerminal(
      ["exec", "run-large", "--shell", "--keep-going"],
      [
        ["(run-large/three)", "echo ${#large}${large:0:1}\r"],
        ["300000x", "exit\r"],
        ["(run-large/four)", "echo ${#large}${large:0:1}\r"],
        ["300000y", "exit\r"],
      ],
    );
    expect(screen).toContain("300000x");
    expect(screen).toContain("300000y");
    expect(exitCode).toBe(1);
  });

  test("that shell has what the target's had, and nothing disturbs", async () => {
    const { screen, exitCode } = await onTerminal(
      ["exec", "run-inner", "--shell"],
      [
        ["(run-inner/two)", "f; pwd; echo end$((1 + 1))\r"],
        // What is typed is shown at once: not before all has been printed.
        ["end2", "exit\r"],
      ],
    );
    expect(screen).toContain("f:a 'b' c:\n/usr\nend2\n");
    expect(screen).not.toContain("readonly");
    expect(exitCode).toBe(1);
  });

  test("that shell has the secrets, which stand in no process list", async () => {
    const look = "cat /proc/[0-9]*/cmdline | tr '\\0' ' ' | grep -c 'canary-[0-9]'";
    const { screen, exitCode } = await onTerminal(
      ["exec", "run-shell-secret", "--shell"],
      [
        ["(run-shell-secret/two)", `echo "\${#TOKEN} \${#COPY} $(${look})"; echo end$((1 + 1))\r`],
        ["end2", "exit\r"],
      ],
      { TOKEN: "canary-0123456789" },
    );
    expect(screen).toContain("\n17 19 0\n");
    expect(screen).not.toContain("canary-0");
    expect(exitCode).toBe(1);
  });
});
