import AxeBuilder from "@axe-core/playwright";
import type { BrowserContextOptions } from "playwright";
import { describe, expect, test } from "vitest";
import { type Opened, open } from "../support/browser.ts";
import { provedPage, useProofSite } from "../support/proof-site.ts";

const proofSite = useProofSite();

function visit(address: string, options: BrowserContextOptions = {}): Promise<Opened> {
  return open(proofSite.browser, address, options, proofSite.served.address);
}

/** The text of all that a selector finds, white space as one space. */
function textsOf(selector: string): string {
  return `[...document.querySelectorAll('${selector}')].map((one) => one.textContent.replace(/\\s+/g, " ").trim())`;
}

describe("a page with evidence", () => {
  test.each([true, false])("says at each step what it is worth, on each platform (JavaScript: %s)", async (on) => {
    const { page, complaints } = await visit(provedPage, { javaScriptEnabled: on });
    const proved = "proved 2026-11-24 in 6.1 s on lxc-debian-12-amd64";
    expect(await page.evaluate(textsOf(".step-proof > span"))).toEqual([
      "proved 2026-11-24 in 6.1 s, 12 MB downloaded, on lxc-debian-12-amd64",
      "proved 2026-11-20 in 6.1 s on qemu-debian-13-amd64",
      proved,
      "not proved: done already there 2026-11-20 on qemu-debian-13-amd64",
      proved,
      "does not apply there 2026-11-20 on qemu-debian-13-amd64",
      proved,
      "failed when last tried 2026-11-22 on qemu-debian-13-amd64 start-machine: no such <machine>",
      proved,
      "changed since its proof 2026-11-20 on qemu-debian-13-amd64",
    ]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("each badge has a shape of its own and leads to its meaning", async () => {
    const { page } = await visit(provedPage);
    const badges = await page.evaluate<[string, string, string][]>(
      `[...document.querySelectorAll(".proof-badge")].map((one) => [one.href, one.textContent.trim(), one.querySelector("path").getAttribute("d")])`,
    );
    const byWords = new Map(badges.map(([href, words, shape]) => [words, { href, shape }]));
    expect(new Set([...byWords.values()].map(({ shape }) => shape)).size).toBe(byWords.size);
    expect(byWords.size).toBeGreaterThanOrEqual(5);
    for (const [words, { href }] of byWords) {
      await page.goto(href);
      expect(await page.locator(":target").textContent()).toContain(words);
    }
    await page.context().close();
  });

  test("sums up when and where it was proved, what came of it and how long it takes", async () => {
    const { page } = await visit(provedPage, { javaScriptEnabled: false });
    const rows = await page.evaluate<string[]>(textsOf(".runbook-panel dl:not(.runbook-lines) > div"));
    expect(rows.map((row) => row.replace(/^(Proof|Takes|Undo leaves) /, "$1: "))).toEqual([
      "Needs root",
      "Does 5 steps, on the host and in the machine failed when last tried",
      "Proof: proved 2026-11-24 on lxc-debian-12-amd64 a second run found all done; held after a restart; undo led back; as a script it led to the same end (evidence) Debian 12.11, kernel 6.18.44, cgroup v2",
      "Takes: 31 s for its steps, 1 min 1 s for the whole proof",
      "Undo leaves: package vim added: others may use it",
      "Proof: failed when last tried 2026-11-22 on qemu-debian-13-amd64 a second run found all done; not restarted; undo led back (evidence) Debian 12.11, kernel 6.18.44, cgroup v2 2026-11-22, after the restart, at start: start-machine: no such <machine>",
      "Takes: 31 s for its steps, 1 min 1 s for the whole proof",
      "Undo leaves: nothing",
    ]);
    await page.context().close();
  });

  test("shows transcripts on demand, as text, without JavaScript", async () => {
    const { page, complaints } = await visit(provedPage, { javaScriptEnabled: false });
    const transcript = page.locator('[data-step="create"] .transcript');
    expect(await transcript.locator("pre").first().isVisible()).toBe(false);
    await transcript.locator("summary").click();
    const heads = await transcript.locator(".step-part-head").allTextContents();
    expect(heads.map((head) => head.replace(/\s+/g, " ").trim())).toEqual([
      "On lxc-debian-12-amd64, 2026-11-24",
      "guard: exit 1, 20 ms, no output",
      "run: exit 0, 5.9 s",
      "proof: exit 0, 5.9 s, the middle left out of what was kept",
      "On qemu-debian-13-amd64, 2026-11-20",
      "run: exit 0, 6.0 s",
    ]);
    const [hostile = "", long = ""] = await transcript.locator("pre").allTextContents();
    expect(hostile).toBe('<script>alert(1)</script> & "quoted"\nred\nloaded\n\ufffd');
    expect(long).toContain("line 0\n");
    expect(long).toContain("… 250 lines left out …");
    expect(long.endsWith("line 299")).toBe(true);
    expect(complaints).toEqual([]);
    await transcript.getByRole("link").first().click();
    expect(JSON.parse((await page.locator("body").textContent()) ?? "")).toMatchObject({ runbook: "proved-machine" });
    await page.context().close();
  });

  test("has nothing for axe and does not scroll sideways, all unfolded", async () => {
    const { page } = await visit(provedPage);
    await page.evaluate("for (const one of document.querySelectorAll('main details')) one.open = true");
    for (const theme of ["light", "dark"]) {
      await page.evaluate(`document.documentElement.dataset.theme = '${theme}'`);
      const { violations } = await new AxeBuilder({ page }).exclude(".ec-line").setLegacyMode().analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
    }
    await page.setViewportSize({ width: 360, height: 640 });
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(360);
    await page.context().close();
  });

  test("on paper has a box for each step, and neither badges nor transcripts", async () => {
    const { page } = await visit(provedPage);
    await page.getByRole("checkbox", { name: "Done: fill" }).check();
    await page.emulateMedia({ media: "print" });
    const fill = page.locator('[data-step="fill"]');
    expect(await fill.locator("figure").first().isVisible()).toBe(true);
    for (const chrome of [".step-proof", ".transcript", ".tick"]) {
      expect(await fill.locator(chrome).first().isVisible()).toBe(false);
    }
    const box = `getComputedStyle(document.querySelector('[data-step="fill"] .step-title'), "::before").display`;
    expect(await page.evaluate(box)).toBe("inline-block");
    await page.context().close();
  });
});

describe("all runbooks", () => {
  test("stand with their states on the page about proof", async () => {
    const { page } = await visit("proof/", { javaScriptEnabled: false });
    const rows = await page.evaluate<string[]>(textsOf(".proof-overview tbody tr"));
    expect(rows).toContain(
      "Fixture of a proved runbook proved-machine proved 2026-11-24 in 1 min 1 s, evidence failed when last tried 2026-11-22 in 1 min 1 s, evidence",
    );
    expect(await page.evaluate(textsOf(".proof-overview thead th"))).toEqual([
      "Runbook",
      "lxc-debian-12-amd64",
      "qemu-debian-13-amd64",
    ]);
    expect(await page.evaluate(textsOf(".proof-others li"))).toContain(
      "Create a container with a static address lxc-new",
    );
    expect(await page.locator("main").textContent()).toContain(
      "0 are proved as they stand now; 1 failed when last tried.",
    );
    await page.context().close();
  });

  test("stand with them on the front page, and in the data", async () => {
    const { page } = await visit("");
    expect(await page.locator("main").textContent()).toContain("0 are proved as they stand now");
    const entry = page.locator(".runbook-list li", { hasText: "Fixture of a proved runbook" });
    expect(await entry.locator(".proof-badge").textContent()).toContain("failed when last tried");
    await page.context().close();
    const answer = await fetch(`${proofSite.served.address}runbooks.json`);
    const { runbooks } = (await answer.json()) as { runbooks: { id: string; proof: unknown }[] };
    expect(runbooks.find(({ id }) => id === "proved-machine")?.proof).toMatchObject({
      state: "failed",
      platforms: [
        { platform: "lxc-debian-12-amd64", state: "proved", durationMs: 61_000, steps: { create: "proved" } },
        {
          platform: "qemu-debian-13-amd64",
          state: "failed",
          steps: { create: "proved", fill: "skipped", write: "inapplicable", start: "failed", tell: "changed" },
        },
      ],
    });
    expect(runbooks.find(({ id }) => id === "lxc-new")?.proof).toEqual({ state: "not-proved", platforms: [] });
  });
});
