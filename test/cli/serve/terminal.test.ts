import { spawn } from "@lydell/node-pty";
import { expect, test } from "vitest";
import { Terminal } from "../../../src/cli/serve/shell/terminal.ts";
import { processExists } from "../../../src/engine/target/process-exists.ts";

/** A shell in a terminal, with what it printed and a way to let its next read fail as the system would. */
function open(script: string) {
  const pty = spawn("sh", ["-c", script], { name: "xterm", cols: 80, rows: 24, env: { PATH: process.env["PATH"] } });
  let printed = "";
  const terminal = new Terminal(pty, (text) => {
    printed += text;
  });
  const stream = (pty as unknown as { _socket: { destroy: (error: Error) => void } })._socket;
  const fail = (code: string): void => void stream.destroy(Object.assign(new Error(`read ${code}`), { code }));
  return { pid: pty.pid, terminal, printed: () => printed, fail };
}

// An error that nobody takes would end this process, as it ended the server.
test("an error of a terminal ends that terminal alone, and is said in it", async () => {
  const other = open("read line; echo got $line");
  for (const code of ["ENOMEM", "EAGAIN", "EBADF", "ENXIO"]) {
    // One that takes no hang-up is killed.
    const lost = open(`${code === "EBADF" ? "trap '' HUP; " : ""}echo open; while :; do sleep 0.1; done`);
    await expect.poll(() => lost.printed()).toContain("open");
    lost.fail(code);
    await lost.terminal.ended;
    expect(lost.printed()).toContain(`This terminal is lost: read ${code}. Its shell is ended.`);
    await expect.poll(() => processExists(lost.pid)).toBe(false);
    lost.terminal.type("nobody reads this\n");
    lost.terminal.resize(100, 30);
    lost.terminal.hangUp();
  }
  other.terminal.type("on\n");
  await other.terminal.ended;
  expect(other.printed()).toContain("got on");
  expect(other.printed()).not.toContain("lost");
});

test("the usual end of a terminal is no error, and a program that outlives its terminal is killed", async () => {
  const closes = open("trap '' HUP; echo open; exec 0<&- 1>&- 2>&-; while :; do sleep 0.1; done");
  await closes.terminal.ended;
  expect(closes.printed().trim()).toBe("open");
  await expect.poll(() => processExists(closes.pid)).toBe(false);
});
