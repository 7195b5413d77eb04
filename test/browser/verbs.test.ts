import AxeBuilder from "@axe-core/playwright";
import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { toolsets } from "../../src/site/data/verbs/index.ts";
import { verbs } from "../../src/site/data/verbs/verb.ts";
import { launch, open, site } from "./support/browser.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser?.close());

const sets = Object.keys(toolsets);
const ids = Object.keys(verbs);

/** The systems whose panels are to be seen, each once. */
async function shown(page: Page): Promise<string[]> {
  const names = await page.locator(".verb-panel:visible").evaluateAll((all) => all.map((one) => one.dataset["set"]));
  expect(names.length % ids.length).toBe(0);
  return [...new Set(names)].map(String);
}

function tab(page: Page, verb: string, name: string) {
  return page.locator(`.verb:has(#${verb})`).getByRole("tab", { name, exact: true });
}

/** The verbs as the site gives them to programs. */
async function data(): Promise<{ systems: Record<string, { answers: Record<string, Record<string, unknown>> }> }> {
  return (await (await fetch(`${site}verbs.json`)).json()) as Awaited<ReturnType<typeof data>>;
}

/** Where an element stands in the window. */
async function top(page: Page, selector: string): Promise<number> {
  return (await page.locator(selector).boundingBox())?.y ?? Number.NaN;
}

test("a chosen system is chosen for all verbs, and stays: in the address, over a reload, and on the next visit", async () => {
  const { page } = await open(browser, "verbs/");
  expect(await shown(page)).toEqual(["docker"]);
  await tab(page, "snapshot", "Incus").click();
  expect(await shown(page)).toEqual(["incus"]);
  expect(new URL(page.url()).searchParams.get("system")).toBe("incus");
  expect(await page.locator("[role=tab][aria-selected=true]").allInnerTexts()).toEqual(ids.map(() => "Incus"));
  await page.reload();
  expect(await shown(page)).toEqual(["incus"]);
  await page.goto(`${site}choose/`);
  await page.locator("nav.sidebar").getByRole("link", { name: "Everyday commands", exact: true }).click();
  await expect.poll(() => page.url()).toContain("verbs/?system=incus");
  await expect.poll(() => shown(page)).toEqual(["incus"]);
  const shared = await open(browser, page.url().slice(site.length));
  expect(await shown(shared.page)).toEqual(["incus"]);
  await shared.page.context().close();
  await page.context().close();
});

test("the address counts more than what the browser kept, and nonsense in it counts nothing", async () => {
  const { page } = await open(browser, "verbs/?system=xen");
  expect(await shown(page)).toEqual(["xen"]);
  await tab(page, "create", "LXC").click();
  await page.goto(`${site}verbs/?system=hyper-v`);
  expect(await shown(page)).toEqual(["hyper-v"]);
  await page.goto(`${site}verbs/?system=%3Cb%3E`);
  expect(await shown(page)).toEqual(["lxc"]);
  await page.context().close();
});

test("what was clicked stays where it is, although all panels above it change", async () => {
  const { page } = await open(browser, "verbs/");
  const last = tab(page, "logs", "KVM");
  await last.scrollIntoViewIfNeeded();
  const before = (await last.boundingBox())?.y ?? 0;
  await last.click();
  expect(Math.abs(((await last.boundingBox())?.y ?? 0) - before)).toBeLessThan(2);
  await page.context().close();
});

test("an address with a verb and a system leads to that verb in that system", async () => {
  const { page } = await open(browser, "verbs/#clone-xen");
  expect(await shown(page)).toEqual(["xen"]);
  const height = page.viewportSize()?.height ?? 0;
  await expect.poll(() => top(page, "#clone")).toBeGreaterThan(40);
  expect(await top(page, "#clone")).toBeLessThan(height / 2);
  // Another choice leaves no address that says two things.
  await tab(page, "clone", "LXD").click();
  expect(new URL(page.url()).hash).toBe("#clone");
  await page.evaluate("location.hash = '#logs-docker'");
  await expect.poll(() => shown(page)).toEqual(["docker"]);
  await page.context().close();
});

test("tabs work by keyboard as tabs do", async () => {
  const { page } = await open(browser, "verbs/");
  await tab(page, "start", "Docker").focus();
  const focused = () => page.evaluate("document.activeElement.textContent.trim()");
  for (const [key, name] of [
    ["ArrowRight", "LXC"],
    ["End", "Hyper-V"],
    ["ArrowRight", "Docker"],
    ["ArrowLeft", "Hyper-V"],
    ["Home", "Docker"],
    ["ArrowRight", "LXC"],
  ]) {
    await page.keyboard.press(key ?? "");
    expect(await focused()).toBe(name);
  }
  expect(await shown(page)).toEqual(["lxc"]);
  // One stop a row of tabs: the next is in the panel.
  await page.keyboard.press("Tab");
  expect(await page.evaluate("document.activeElement.closest('.verb-panel')?.id")).toBe("start-lxc");
  const chosen = tab(page, "start", "LXC");
  expect(await chosen.getAttribute("aria-controls")).toBe("start-lxc");
  expect(await page.locator("#start-lxc").getAttribute("aria-labelledby")).toBe(await chosen.getAttribute("id"));
  await page.context().close();
});

test("the copy button gives the command as it stands", async () => {
  const { page } = await open(browser, "verbs/?system=xen", { permissions: ["clipboard-read", "clipboard-write"] });
  await page.locator("#move-xen .copy button").click();
  const copied = await page.evaluate("navigator.clipboard.readText()");
  expect(copied).toBe((await data()).systems["xen"]?.answers["move"]?.run);
  await page.context().close();
});

test("without JavaScript every command of every system can be read, and the tabs lead to them", async () => {
  const { page } = await open(browser, "verbs/", { javaScriptEnabled: false });
  expect(await page.locator(".verb-panel:visible").count()).toBe(ids.length * sets.length);
  expect(await page.locator(".verb-set:visible").count()).toBe(ids.length * sets.length);
  await page.locator(".verb:has(#move) .verb-tabs a", { hasText: "Xen" }).click();
  expect(new URL(page.url()).hash).toBe("#move-xen");
  expect(await page.locator("#move-xen").isVisible()).toBe(true);
  await page.context().close();
});

test("a telephone need not scroll sideways, whatever is chosen, and shows the chosen tab", async () => {
  const { page, complaints } = await open(browser, "verbs/", { viewport: { width: 360, height: 640 } });
  for (const [set, { name }] of Object.entries(toolsets)) {
    await tab(page, "move", name).click();
    expect(await shown(page)).toEqual([set]);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(360);
    const box = await tab(page, "create", name).boundingBox();
    expect(box?.x).toBeGreaterThanOrEqual(0);
    expect((box?.x ?? 0) + (box?.width ?? 360)).toBeLessThanOrEqual(360);
  }
  expect(complaints).toEqual([]);
  await page.context().close();
});

test("axe finds nothing in what another choice shows", async () => {
  const { page } = await open(browser, "verbs/?system=vmware");
  const { violations } = await new AxeBuilder({ page }).include("main").exclude(".ec-line").setLegacyMode().analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  await page.context().close();
});

test("a system's own page has all its verbs, and its concept page leads there", async () => {
  const { page } = await open(browser, "incus/");
  await page.getByRole("link", { name: "Incus's commands" }).click();
  await expect.poll(() => page.url()).toBe(`${site}verbs/incus/`);
  await page.waitForLoadState();
  expect(await page.locator(".verb h2").evaluateAll((all) => all.map(({ id }) => id))).toEqual(ids);
  expect(await page.locator("body").textContent()).toMatch(/incus snapshot restore "?web1"? before/);
  await page.getByRole("link", { name: "Clone in other systems" }).click();
  await expect.poll(() => page.url()).toBe(`${site}verbs/?system=incus#clone`);
  await page.context().close();
});

test("a verb that is a step of a runbook leads to that step", async () => {
  const { page } = await open(browser, "verbs/?system=lxc");
  await page.locator("#create-lxc").getByRole("link", { name: "create, in" }).click();
  await expect.poll(() => page.url()).toBe(`${site}lxc/lxc-everyday/#create`);
  await expect.poll(() => page.locator("#create").isVisible()).toBe(true);
  await page.context().close();
});

test("commands that are not run say why, and lead to their section", async () => {
  const { page } = await open(browser, "verbs/?system=virtualbox");
  const answer = page.locator("#clone-virtualbox");
  await expect.poll(() => answer.locator(".verb-norun").textContent()).toMatch(/^Not run: needs VirtualBox/);
  await answer.getByRole("link", { name: "Clone, in" }).click();
  await expect.poll(() => page.url()).toBe(`${site}virtualbox/virtualbox-everyday/#clone`);
  await expect.poll(() => page.locator("#clone").isVisible()).toBe(true);
  await page.context().close();
});

test("the verbs are there as data", async () => {
  const { systems } = await data();
  expect(Object.keys(systems)).toEqual(sets);
  expect(systems["lxd"]?.answers["snapshot"]?.run).toContain('lxc restore "web1" before');
  expect(systems["docker"]?.answers["start"]).toMatchObject({
    from: ["docker-everyday/start"],
    language: "sh",
    run: 'docker start "web1"',
  });
  expect(systems["hyper-v"]?.answers["list"]).toMatchObject({
    from: ["hyper-v/hyper-v-everyday#list"],
    language: "powershell",
    run: "Get-VM",
    notRun: "needs Windows with Hyper-V",
  });
});
