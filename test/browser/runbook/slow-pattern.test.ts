import { expect, test } from "vitest";
import { launch, listenTo, site } from "../support/browser.ts";

test("a pattern that backtracks for ever leaves the page alive, and refuses the value", async () => {
  const browser = await launch();
  const page = await browser.newPage();
  const complaints = listenTo(page);
  const address = `${site}lxc/lxc-new/`;
  await page.route(address, async (route) => {
    const answer = await route.fetch();
    const html = (await answer.text()).replace('"pattern":"[a-z0-9][a-z0-9-]{0,62}"', '"pattern":"(a+)+b|(c+)+"');
    await route.fulfill({ response: answer, body: html });
  });
  await page.goto(address);
  await page.locator("#values summary").click();
  const said = () => page.locator("#value-CONTAINER-wrong").textContent();
  const field = page.getByLabel("CONTAINER");
  await field.fill("a".repeat(60));
  // The page goes on: another field is filled, and shown in the commands, while the first is still looked at.
  await page.getByLabel("RELEASE").fill("bookworm");
  expect(await page.locator('figure[data-block="create"]').textContent()).toContain("bookworm");
  await expect.poll(said).toMatch(/^CONTAINER can't be matched against .* within 1 s/);
  expect(await field.getAttribute("aria-invalid")).toBe("true");
  // The next values are matched as ever, by a worker that has taken the place of the one that was ended.
  await field.fill("cd");
  await expect.poll(said).toContain("does not match");
  await field.fill("ccc");
  await expect.poll(said).toBe("");
  expect(await field.getAttribute("aria-invalid")).toBe("false");
  expect(complaints).toEqual([]);
  await browser.close();
});
