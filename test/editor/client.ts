import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-jsonrpc/node";
import type { Diagnostic, Position } from "vscode-languageserver/node.js";

const program = join(import.meta.dirname, "../../src/cli/start.cjs");

/** An editor, as far as the server can see: it speaks JSON-RPC over the streams of the process that it started. */
export class Client {
  readonly #process: ChildProcess;
  readonly #connection: MessageConnection;
  readonly #dir: string;
  readonly #versions = new Map<string, number>();
  readonly #published = new Map<string, { version: number; diagnostics: Diagnostic[] }>();
  #changed: () => void = () => {};

  constructor(dir: string, args: readonly string[] = []) {
    this.#dir = dir;
    this.#process = spawn(process.execPath, [program, "lsp", ...args], {
      cwd: dir,
      stdio: ["pipe", "pipe", "inherit"],
    });
    const { stdin, stdout } = this.#process;
    if (!stdin || !stdout) throw new Error("The server has no streams.");
    this.#connection = createMessageConnection(new StreamMessageReader(stdout), new StreamMessageWriter(stdin));
    this.#connection.onNotification("textDocument/publishDiagnostics", ({ uri, version, diagnostics }) => {
      this.#published.set(uri, { version, diagnostics });
      this.#changed();
    });
    this.#connection.listen();
  }

  uri(name: string): string {
    return pathToFileURL(join(this.#dir, name)).href;
  }

  async start(): Promise<{ capabilities: object; serverInfo: { name: string } }> {
    const textDocument = { completion: { completionItem: { snippetSupport: true } } };
    const answer = await this.#connection.sendRequest("initialize", {
      processId: process.pid,
      rootUri: pathToFileURL(this.#dir).href,
      capabilities: { textDocument },
    });
    await this.#connection.sendNotification("initialized", {});
    return answer as { capabilities: object; serverInfo: { name: string } };
  }

  async open(name: string, text: string): Promise<void> {
    this.#versions.set(name, 1);
    await this.#connection.sendNotification("textDocument/didOpen", {
      textDocument: { uri: this.uri(name), languageId: "markdown", version: 1, text },
    });
  }

  /** Types over a stretch of the page, as editors tell it: by its range. */
  async type(name: string, start: Position, end: Position, text: string): Promise<void> {
    const version = (this.#versions.get(name) ?? 0) + 1;
    this.#versions.set(name, version);
    await this.#connection.sendNotification("textDocument/didChange", {
      textDocument: { uri: this.uri(name), version },
      contentChanges: [{ range: { start, end }, text }],
    });
  }

  /** The diagnostics of the page as it was last typed. */
  async diagnostics(name: string): Promise<Diagnostic[]> {
    for (;;) {
      const published = this.#published.get(this.uri(name));
      if (published?.version === this.#versions.get(name)) return published?.diagnostics ?? [];
      await new Promise<void>((resolve) => {
        this.#changed = resolve;
      });
    }
  }

  async ask<Answer>(method: string, name: string, more: object = {}): Promise<Answer> {
    const textDocument = { uri: this.uri(name) };
    return await this.#connection.sendRequest(`textDocument/${method}`, { textDocument, ...more });
  }

  /** Ends as an editor does; gives the server's exit code. */
  async stop(): Promise<number | null> {
    const ended = new Promise<number | null>((resolve) => this.#process.once("exit", resolve));
    await this.#connection.sendRequest("shutdown");
    await this.#connection.sendNotification("exit");
    return await ended;
  }
}
