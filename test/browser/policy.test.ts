import type { Browser } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addressOf, files, launch, open, site } from "./support/browser.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser?.close());

// pages.test.ts sees to it that no page's console complains, of the policy either.
test("every page carries a policy before its first script", async () => {
  const pages = ["", "404.html", "compare/", "choose/", "proof/", ...files.map(addressOf)];
  const without: string[] = [];
  for (const address of pages) {
    const html = await (await fetch(site + address)).text();
    const policy = html.indexOf('<meta http-equiv="content-security-policy"');
    if (policy < 0 || policy > html.indexOf("<script")) without.push(address);
  }
  expect(without).toEqual([]);
});

test("a script that is not the page's own does not run", async () => {
  const { page, complaints } = await open(browser, "");
  await page.evaluate(`{
    const script = document.createElement("script");
    script.textContent = "window.strange = true";
    document.body.append(script);
    const image = document.createElement("img");
    image.setAttribute("onerror", "window.strange = true");
    image.src = "data:image/png;base64,AAAA";
    document.body.append(image);
  }`);
  await expect.poll(() => complaints.filter((one) => one.includes("Content Security Policy")).length).toBe(2);
  expect(await page.evaluate("window.strange")).toBeUndefined();
  await page.context().close();
});

test("search, theme and form work under the policy", async () => {
  const { page, complaints } = await open(browser, "lxc/lxc-new/");
  await page.getByRole("combobox", { name: "Select theme" }).first().selectOption("light");
  expect(await page.locator("html").getAttribute("data-theme")).toBe("light");
  await page.locator("#values summary").click();
  await page.getByLabel("CONTAINER").fill("web1");
  expect(await page.locator("#exec-line").textContent()).toBe("./runbook exec lxc-new CONTAINER=web1");
  await page.getByRole("button", { name: "Search" }).first().click();
  await page.locator("#starlight__search input").fill("bridge");
  await page.locator("#starlight__search .pagefind-ui__result").first().waitFor();
  expect(complaints).toEqual([]);
  await page.context().close();
});
