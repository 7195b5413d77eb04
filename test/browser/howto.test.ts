import { expect, test } from "vitest";
import { addressOf, files, open, site } from "./support/browser.ts";
import { useProofSite } from "./support/proof-site.ts";

const proofSite = useProofSite();

interface Listed {
  runbooks: { id: string; title: string; path: string; needs: string[]; steps: object[]; requires: string[] }[];
}

test.each([true, false])("every runbook is listed with what it needs and its line (JavaScript: %s)", async (on) => {
  const { runbooks } = (await (await fetch(`${site}runbooks.json`)).json()) as Listed;
  const { page } = await open(proofSite.browser, "how-to/", { javaScriptEnabled: on });
  expect(await page.locator(".howto").count()).toBe(runbooks.length);
  for (const { id, title, path, needs, steps, requires } of runbooks) {
    const entry = page.locator(`.howto[data-runbook="${id}"]`);
    const link = entry.locator("dt").getByRole("link", { name: title, exact: true });
    expect(await link.getAttribute("href")).toBe(path);
    expect(await entry.locator("dt .proof-badge").count()).toBe(1);
    expect(await entry.locator(".howto-line").textContent()).toBe(`./runbook exec ${id}`);
    const facts = (await entry.locator(".howto-facts li").allTextContents()).map((fact) => fact.trim());
    expect(facts).toContain(`${steps.length} steps`);
    if (needs.length > 0) expect(facts).toContain(`needs ${needs.join(", ")}`);
    expect(await entry.locator(".howto-facts a").count()).toBe(requires.length);
    expect(await page.locator(".howto-systems").getByRole("link", { name: title, exact: true }).count()).toBe(1);
  }
  await page.context().close();
});

test("where there is evidence the index says how long it took, and how it stands", async () => {
  const { page } = await open(proofSite.browser, "how-to/", {}, proofSite.served.address);
  const entries = page.locator(".howto", { hasText: "took" });
  expect(await entries.count()).toBeGreaterThan(0);
  expect(await entries.first().locator(".howto-facts").textContent()).toMatch(
    /took [\d.]+ (s|min|h)[\d s]* on \w+-debian-/,
  );
  await page.context().close();
});

test("a system's pages whose commands are not run are listed as such", async () => {
  const { page } = await open(proofSite.browser, "how-to/");
  const entry = page.locator(".howto-systems li", { hasText: "not run" });
  expect(await entry.getByRole("link").evaluateAll((all) => all.map((one) => one.getAttribute("href")))).toEqual(
    ["virtualbox/virtualbox", "vmware/esxi", "vmware/vmware", "hyper-v/hyper-v"].map(
      (name) => `${new URL(site).pathname}${name}-everyday/`,
    ),
  );
  await page.context().close();
});

test("all errors are there, each with its systems", async () => {
  const { page } = await open(proofSite.browser, "how-to/");
  const fixes = files.filter((file) => file.startsWith("fix/")).map((file) => new URL(addressOf(file), site).href);
  const listed = await page.evaluate<string[]>(
    "[...document.querySelectorAll('.howto-errors a')].map((one) => one.href)",
  );
  expect(new Set(listed)).toEqual(new Set(fixes));
  await page.context().close();
});

test("a reader with an error reaches its cure by two clicks, on a telephone too", async () => {
  const { page } = await open(proofSite.browser, "", { viewport: { width: 360, height: 640 } });
  await page.locator(".error-systems").getByRole("link", { name: "VirtualBox" }).click();
  await expect.poll(() => page.url()).toBe(`${site}how-to/#errors-virtualbox`);
  await page
    .locator("section:has(#errors-virtualbox)")
    .getByRole("link", { name: "VERR_VMX_IN_VMX_ROOT_MODE" })
    .click();
  await expect.poll(() => page.url()).toBe(`${site}fix/verr-vmx-in-vmx-root-mode/`);
  await page.context().close();
});

test("by keyboard the list of contents leads to a system's errors", async () => {
  const { page } = await open(proofSite.browser, "how-to/");
  await page.locator("starlight-toc").getByRole("link", { name: "Xen" }).focus();
  await page.keyboard.press("Enter");
  await expect.poll(() => page.url()).toBe(`${site}how-to/#errors-xen`);
  await page.context().close();
});
