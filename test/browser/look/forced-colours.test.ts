import { expect, test } from "vitest";
import { launch, open } from "../support/browser.ts";

/** What is seen only as a mask over a background, and has the background of the page, so that it is not seen. */
const unseen = `(() => {
  const canvas = getComputedStyle(document.documentElement).backgroundColor;
  const probe = document.body.appendChild(document.createElement("i"));
  probe.style.backgroundColor = "Canvas";
  const ground = [canvas, getComputedStyle(probe).backgroundColor, "rgba(0, 0, 0, 0)"];
  probe.remove();
  return [...document.querySelectorAll("body *")].filter((one) => one.checkVisibility()).flatMap((one) =>
    ["", "::before", "::after"].flatMap((pseudo) => {
      const style = getComputedStyle(one, pseudo || null);
      const isMask = style.maskImage !== "none" && (pseudo === "" || style.content !== "none");
      return isMask && ground.includes(style.backgroundColor) ? [one.tagName + "." + one.className + pseudo] : [];
    }));
})()`;

test("in forced colours no mark disappears, on a runbook's page and in the search", async () => {
  const browser = await launch();
  const { page } = await open(browser, "lxc/lxc-new/", { forcedColors: "active" });
  expect(await page.evaluate(unseen)).toEqual([]);
  await page.getByRole("button", { name: "Search" }).first().click();
  await page.locator("#starlight__search input").fill("bridge");
  await page.locator("#starlight__search .pagefind-ui__result").first().waitFor();
  expect(await page.evaluate(unseen)).toEqual([]);
  await browser.close();
});
