import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll } from "vitest";
import { type Called, runbook } from "./runner.ts";

/** A fence of a page. */
export const fence = (info: string, text: string): string => `\`\`\`${info}\n${text}\n\`\`\`\n`;

/** A folder of pages in a git checkout, to be proved on clean hosts. */
export class ProofPages {
  readonly root = mkdtempSync(join(tmpdir(), "runbook-verify-e2e-"));

  /** Has the checkout there before a file's tests, and takes it away after them. */
  use(): this {
    beforeAll(async () => {
      mkdirSync(join(this.root, "state"), { mode: 0o700 });
      await this.#git("init", "--quiet");
      const author = ["-c", "user.name=a", "-c", "user.email=a@example.org"];
      await this.#git(...author, "commit", "--quiet", "--allow-empty", "-m", "pages");
    });
    afterAll(() => rmSync(this.root, { recursive: true, force: true }));
    return this;
  }

  async #git(...words: string[]): Promise<void> {
    await execa("git", ["-C", this.root, ...words]);
  }

  /** Writes a page that is a runbook; `params` are more lines of its header. */
  page(id: string, fences: string, params = ""): void {
    const head = `---\ntitle: ${id}\nrunbook:\n  id: ${id}\n  needs: [root]\n${params}---\n\n`;
    writeFileSync(join(this.root, `${id}.md`), head + fences);
  }

  /** The line of a page on which a text stands, as a report points at it. */
  place(id: string, text: string): string {
    const lines = readFileSync(join(this.root, `${id}.md`), "utf8").split("\n");
    return `${id}.md:${lines.findIndex((line) => line.includes(text)) + 1}:`;
  }

  /** Calls `verify` about these pages, which proves anew what an earlier run of the tests proved on this machine. */
  async verify(...words: string[]): Promise<Called> {
    return await this.verifyChanged("--fresh", ...words);
  }

  /** Calls `verify` about these pages, which proves what it has not proved on this machine yet. */
  async verifyChanged(...words: string[]): Promise<Called> {
    return await runbook(["verify", "--content", this.root, ...words], { state: join(this.root, "state") });
  }

  /** The evidence file of a runbook on the usual clean host. */
  evidence(id: string): string {
    return join(this.root, "evidence", `${id}@lxc-debian-12-amd64.json`);
  }
}
