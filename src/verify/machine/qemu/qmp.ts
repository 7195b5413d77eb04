import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { createInterface, type Interface } from "node:readline";
import { RunbookError } from "../../../errors/runbook-error.ts";

/** A line to QEMU's monitor, by the QEMU machine protocol. */
export class Monitor {
  readonly #socket: Socket;
  readonly #lines: AsyncIterator<string>;
  readonly #reader: Interface;

  private constructor(socket: Socket) {
    this.#socket = socket;
    this.#reader = createInterface({ input: socket });
    this.#lines = this.#reader[Symbol.asyncIterator]();
  }

  /** Does something with the monitor of a machine, and closes the line. */
  static async with<T>(path: string, use: (monitor: Monitor) => Promise<T>): Promise<T> {
    const socket = connect(path);
    await once(socket, "connect").catch((error: Error) => {
      throw new RunbookError("machine-failed", `QEMU does not answer, or has ended: ${error.message}`);
    });
    const monitor = new Monitor(socket);
    try {
      await monitor.#lines.next();
      await monitor.execute("qmp_capabilities");
      return await use(monitor);
    } finally {
      monitor.#reader.close();
      socket.destroy();
    }
  }

  /** Executes one command, and gives what it returned. */
  async execute(command: string, args: Record<string, unknown> = {}): Promise<unknown> {
    this.#socket.write(`${JSON.stringify({ execute: command, arguments: args })}\n`);
    for (;;) {
      const { value, done } = await this.#lines.next();
      if (done) throw new RunbookError("machine-failed", `QEMU ended during \`${command}\`.`);
      const said = JSON.parse(value) as { return?: unknown; error?: { desc: string } };
      if (said.error) throw new RunbookError("machine-failed", `QEMU's \`${command}\` failed: ${said.error.desc}`);
      // Events come in between.
      if ("return" in said) return said.return;
    }
  }

  /** Executes a line of the monitor for people, such as `savevm NAME`; it prints something only where it failed. */
  async line(text: string): Promise<void> {
    const said = String(await this.execute("human-monitor-command", { "command-line": text })).trim();
    if (said !== "") throw new RunbookError("machine-failed", `QEMU's \`${text}\` failed: ${said}`);
  }
}
