import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Browser, Page } from "playwright";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { launchBrowser } from "../../../scripts/site/browser.ts";
import { run } from "../run.ts";
import type { Served } from "./serve-process.ts";
import { placeSite } from "./serve-site.ts";

let root: string;
let work: string;
let browser: Browser;
let served: Served;

beforeAll(async () => {
  ({ root, work, served } = placeSite());
  browser = await launchBrowser();
});

afterEach(() => served.kill("SIGKILL"));

afterAll(async () => {
  await browser?.close();
  rmSync(root, { recursive: true, force: true });
});

async function open(page: Page): Promise<string[]> {
  const complaints = await served.open(page, `/page/?DIR=${work}`);
  await page.getByLabel("TOKEN (never kept)").fill("sesame-open");
  return complaints;
}

const state = (page: Page, step: string) => page.locator(`[data-step=${step}] .serve-state`);

describe("the site that runs", () => {
  test("runs from the page, is killed in the middle, and is gone on with from the page", async () => {
    await served.start();
    const one = await (await browser.newContext()).newPage();
    one.setDefaultTimeout(90_000);
    const complaints = await open(one);
    const other = await one.context().newPage();
    await other.goto(one.url());
    await one.getByRole("button", { name: "Run all" }).click();
    // Both windows see the same run; closing one stops nothing.
    await other.locator("[data-step=first] .serve-output").getByText(`made in ${work} for 11`).waitFor();
    await state(other, "slow").getByText(/^runs/).waitFor();
    await other.close();
    await state(one, "slow").getByText(/^runs/).waitFor();
    await one.locator("[data-step=slow] .serve-output").getByText("waiting").waitFor();
    expect(complaints).toEqual([]);
    await served.kill("SIGKILL");

    await served.start();
    const again = await (await browser.newContext()).newPage();
    again.setDefaultTimeout(90_000);
    await open(again);
    await state(again, "first")
      .getByText(/^done, by run/)
      .waitFor();
    await state(again, "slow")
      .getByText(/^interrupted/)
      .waitFor();
    await again.getByRole("button", { name: "Resume" }).click();
    // The step in doubt, and the dangerous one, are asked about.
    for (const text of ["page/slow was begun", "It cannot be taken back."]) {
      await again.getByRole("dialog").getByText(text).waitFor();
      // What the killed server left alive has been ended by now, so that it does not see this and finish the step.
      writeFileSync(join(work, "go"), "");
      await again.getByRole("button", { name: "Yes" }).click();
    }
    await again.getByText(/^Run .*: passed$/).waitFor();
    expect(existsSync(join(work, "last"))).toBe(true);

    // Undo of a step takes with it what was done after it.
    await again.getByRole("button", { name: "Undo slow" }).click();
    await again.getByRole("dialog").getByText("Undo page/last, page/slow?").waitFor();
    await again.getByRole("button", { name: "Yes" }).click();
    await state(again, "slow")
      .getByText(/^undone/)
      .waitFor();
    expect([existsSync(join(work, "last")), existsSync(join(work, "slow")), existsSync(join(work, "first"))]).toEqual([
      false,
      false,
      true,
    ]);
    // The command line knows of all that, and no secret is anywhere.
    const { stdout } = run(["runs", "--content", join(root, "content")], {
      env: { RUNBOOK_STATE_DIR: join(root, "state") },
    });
    expect(stdout.match(/\bpage\b/g)?.length).toBeGreaterThanOrEqual(3);
    expect(readFileSync(join(root, "state/journal.db")).includes("sesame-open")).toBe(false);
    await served.kill("SIGTERM");
  });

  test("lets in nobody else", async () => {
    await served.start();
    const { origin, host, search } = new URL(served.address);
    const page = await (await browser.newContext()).newPage();
    page.setDefaultTimeout(60_000);
    await open(page);
    const [cookie] = await page.context().cookies();
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Strict" });
    const headers = { cookie: `${cookie?.name}=${cookie?.value}`, origin, "content-type": "application/json" };
    expect(await served.askRaw("/-/stop", { method: "POST", headers })).toBe(202);
    // Each is the same request with one thing wrong.
    const wrong: Record<string, [Record<string, string>, number]> = {
      "no cookie": [{ cookie: "" }, 401],
      "another origin": [{ origin: "http://evil.example" }, 403],
      "an origin that is none": [{ origin: "null" }, 403],
      "a name that leads here": [{ host: `evil.example:${new URL(served.address).port}` }, 421],
      "a form": [{ "content-type": "text/plain" }, 415],
      "another site, by the browser's word": [{ "sec-fetch-site": "cross-site" }, 403],
    };
    for (const [name, [change, status]] of Object.entries(wrong)) {
      expect([name, await served.askRaw("/-/stop", { method: "POST", headers: { ...headers, ...change } })]).toEqual([
        name,
        status,
      ]);
    }
    expect(await served.askRaw("/-/events", { headers: { host } })).toBe(401);
    expect(await served.askRaw("/page/", { headers: { host } })).toBe(401);
    // The token is spent.
    expect(await served.askRaw(`/${search}`, { headers: { host } })).toBe(401);
    const socket = {
      connection: "Upgrade",
      upgrade: "websocket",
      "sec-websocket-key": "x",
      "sec-websocket-version": "13",
    };
    expect(await served.askRaw("/-/events", { headers: { ...headers, ...socket } })).toBe(403);
    // What is no address ends nothing, whoever sends it.
    for (const path of ["//", "//?token=x", "/%zz", "http://[/"]) {
      expect([path, await served.askRaw(path, {})]).toEqual([path, 400]);
    }
    expect(await served.askRaw("/../../../etc/passwd", { headers })).toBe(404);
    expect(await served.askRaw("/%2e%2e/%2e%2e/content/page.md", { headers })).toBe(404);
    // A page of another origin, in the same browser, with the cookie in its jar.
    await page.goto(new URL("/page/", served.address).href);
    const elsewhere = createServer((_request, response) => response.end("elsewhere"));
    await new Promise<void>((listening) => elsewhere.listen(0, "127.0.0.1", listening));
    const { port } = elsewhere.address() as AddressInfo;
    const foreign = await page.context().newPage();
    // Another port is the same site, so that the browser sends the cookie along.
    await foreign.goto(`http://127.0.0.1:${port}/`);
    const wish = JSON.stringify({
      id: "page",
      values: { DIR: join(work, "foreign") },
      secrets: { TOKEN: "sesame-open" },
    });
    const ends = await foreign.evaluate<string[]>(`Promise.all([
      fetch("${origin}/-/run", { method: "POST", mode: "no-cors", credentials: "include", body: ${JSON.stringify(wish)} }).then((one) => one.type, () => "failed"),
      fetch("${origin}/-/state?id=page", { credentials: "include" }).then(() => "read", () => "failed"),
      new Promise((told) => {
        const socket = new WebSocket("${origin.replace("http", "ws")}/-/events");
        socket.onopen = () => told("open");
        socket.onerror = () => told("failed");
      }),
    ])`);
    elsewhere.close();
    expect(ends).toEqual([expect.stringMatching(/^(?:opaque|failed)$/), "failed", "failed"]);
    const known = await page.evaluate<{ going: unknown }>(`fetch("/-/state?id=page").then((one) => one.json())`);
    expect(known.going).toBe(null);
    expect(
      run(["runs", "--content", join(root, "content")], { env: { RUNBOOK_STATE_DIR: join(root, "state") } }).stdout,
    ).not.toContain("foreign");
    // A value is checked on the server, too.
    const bad = await page.evaluate<string>(
      `fetch("/-/run", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ id: "page", values: { DIR: "$(reboot)" }, secrets: { TOKEN: "sesame-open" } }) }).then((one) => one.text())`,
    );
    expect(bad).toContain("does not match");
  });
});
