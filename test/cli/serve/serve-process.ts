import { type ChildProcess, spawn } from "node:child_process";
import { request } from "node:http";
import { join } from "node:path";
import type { Page } from "playwright";
import { expect } from "vitest";
import { alone, commandLine } from "../run.ts";

/** A `runbook serve` of a site, by default the one below a folder, as a process of its own. */
export class Served {
  readonly #root: string;
  readonly #site: string;
  #child: ChildProcess | undefined;
  /** The address that the process printed. */
  address = "";

  constructor(root: string, site: string = join(root, "site")) {
    this.#root = root;
    this.#site = site;
  }

  /** What a terminal needs to share the journal. */
  get env(): { RUNBOOK_STATE_DIR: string } {
    return { RUNBOOK_STATE_DIR: join(this.#root, "state") };
  }

  /** The words of a command line on the host of this process: with the same lock, as in a terminal beside the browser. */
  beside(args: readonly string[]): string[] {
    const enter = alone.length > 0 ? ["nsenter", `--mount=/proc/${this.#child?.pid}/ns/mnt`, "--"] : [];
    return [...enter, ...commandLine(args).slice(alone.length)];
  }

  async start(): Promise<void> {
    const args = ["serve", "--site", this.#site, "--content", join(this.#root, "content")];
    const [file = "", ...words] = commandLine(args);
    const env = { PATH: process.env["PATH"], HOME: process.env["HOME"], ...this.env };
    // The place of its lock is in a namespace of its own, where `beside` enters it.
    const child = spawn(file, words, { env, stdio: ["ignore", "pipe", "inherit"] });
    this.#child = child;
    this.address = await new Promise<string>((resolve) =>
      child.stdout.once("data", (text) => resolve(String(text).trim())),
    );
  }

  async kill(signal: NodeJS.Signals): Promise<void> {
    const ended = this.#child;
    this.#child = undefined;
    if (!ended || ended.exitCode !== null || ended.signalCode !== null) return;
    await new Promise((resolve) => {
      ended.once("exit", resolve);
      ended.kill(signal);
    });
  }

  /** Opens a page with what the browser complains about. */
  async open(page: Page, path: string): Promise<string[]> {
    const complaints: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error") complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(String(error)));
    await page.goto(this.address);
    expect(page.url()).not.toContain("token");
    await page.goto(new URL(path, this.address).href);
    return complaints;
  }

  /** Asks as anybody on the network could, who is no browser with the cookie. */
  askRaw(path: string, options: { method?: string; headers?: Record<string, string> }): Promise<number> {
    const { port } = new URL(this.address);
    return new Promise((resolve, reject) => {
      const asked = request({ host: "127.0.0.1", port, path, ...options }, (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      });
      asked.on("upgrade", () => resolve(101));
      asked.on("error", reject);
      asked.end(options.method === "POST" ? "{}" : undefined);
    });
  }
}
