import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { addressOf, files, launch, type Opened, open, root, site } from "../support/browser.ts";

const base = new URL(site).pathname;

let browser: Browser;
let opened: Opened;
beforeAll(async () => {
  browser = await launch();
  opened = await open(browser, "choose/");
  await opened.page.getByRole("button", { name: "Search" }).first().click();
});
afterAll(() => browser?.close());

/** The addresses that the dialog offers for what was typed, once it has settled. */
async function find(page: Page, typed: string): Promise<string[]> {
  const input = page.locator("#starlight__search input");
  await input.fill("");
  await expect.poll(() => page.locator("#starlight__search :is(.pagefind-ui__message, .near-results)").count()).toBe(0);
  await input.fill(typed);
  const links = page.locator("#starlight__search :is(.pagefind-ui__result-title, .near-results) a");
  let before: string[] = [];
  // Results come in any order, each into its place.
  await expect
    .poll(
      async () => {
        const last = before;
        before = await links.evaluateAll((all) => all.map((link) => link.getAttribute("href") ?? ""));
        const settled = (await page.locator("#starlight__search .pagefind-ui__loading").count()) === 0;
        return settled && before.length > 0 && before.join() === last.join();
      },
      { interval: 300, timeout: 15_000 },
    )
    .toBe(true);
  return [...new Set(before.map((address) => address.replace(/#.*/, "")))];
}

const fixes = files.filter((name) => name.startsWith("fix/"));
const titleOf = (name: string): string =>
  parse(/^---\n([\s\S]*?)\n---/.exec(readFileSync(join(root, "content", name), "utf8"))?.[1] ?? "").title;

describe("an error message that is a page's title leads to that page first", () => {
  test.each(fixes.map((name) => [titleOf(name), addressOf(name)]))("%s", async (title, address) => {
    expect((await find(opened.page, title))[0]).toBe(base + address);
  });
});

describe("what was pasted, with somebody's own names in it, leads to its page first", () => {
  test.each([
    [
      "Got permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock: Get http://%2Fvar: dial unix /var/run/docker.sock: connect: permission denied",
      "fix/docker-socket-permission-denied/",
    ],
    [`qemu-system-x86_64: -drive file=web.qcow2: Failed to get "write" lock`, "fix/qemu-failed-to-get-write-lock/"],
    [
      "Error response from daemon: client version 1.41 is too old. Minimum supported API version is 1.44",
      "fix/docker-client-version-too-old/",
    ],
    [
      "error: Cannot access storage file '/home/me/x.qcow2' (as uid:64055, gid:64055): Permission denied",
      "fix/libvirt-cannot-access-storage-file/",
    ],
    [
      "failed to create network web_default: Error response from daemon: could not find an available, non-overlapping IPv4 address pool",
      "fix/docker-address-pools-exhausted/",
    ],
    ["VERR_VMX_IN_VMX_ROOT_MODE", "fix/verr-vmx-in-vmx-root-mode/"],
    ["exec /bin/sh: exec format error", "fix/exec-format-error/"],
  ])("%s", async (message, address) => {
    expect((await find(opened.page, message))[0]).toBe(base + address);
  });
});

describe("mistyped words lead to the pages that have the right ones, and a line says so", () => {
  test.each([
    ["dockr compse", "docker compose", "docker/docker-compose/"],
    ["contianer static adress", "container static address", "lxc/lxc-new/"],
    ["Virtualisation nestd", "virtualization nested", "topics/nested-virtualization/"],
  ])("%s", async (typed, term, address) => {
    expect((await find(opened.page, typed)).slice(0, 5)).toContain(base + address);
    expect(await opened.page.locator(".spelling-note").textContent()).toContain(`Searched for “${term}”`);
  });

  test("what is right, or some kind of name, is searched for as it is typed", async () => {
    for (const typed of ["docker compose", "ip_unprivileged_port_start"]) {
      await find(opened.page, typed);
      expect(await opened.page.locator(".spelling-note").count()).toBe(0);
    }
  });
});

describe("commands, flags, settings and files are found", () => {
  test.each([
    // Many pages have it: any of them is right.
    ["--no-humanize", "lxc/lxc-unprivileged/"],
    ["enable_virt_at_load", "topics/who-holds-vt-x/"],
    ["kvm.enable_virt_at_load=0", "topics/who-holds-vt-x/"],
    [`type="pvh"`, "xen/"],
    ["lxc-attach", "lxc/lxc-new/"],
    ["lxc.net.0.ipv4.address", "lxc/lxc-new/"],
    ["qemu-img convert", "topics/storage-and-images/"],
    ["docker system prune", "fix/docker-no-space-left-on-device/"],
    ["raw.idmap", "topics/id-maps/"],
    ["/etc/subuid", "topics/id-maps/"],
    ["virsh net-start default", "fix/libvirt-network-default-not-active/"],
    ["DOCKER-USER", "fix/no-network-since-docker/"],
  ])("%s", async (typed, address) => {
    expect((await find(opened.page, typed)).slice(0, 5)).toContain(base + address);
  });
});

test("by keyboard: / opens it, Enter the first hit of what was just typed, arrows go from hit to hit", async () => {
  const { page, complaints } = await open(browser, "choose/");
  const input = page.locator("#starlight__search input");
  await input.waitFor({ state: "attached" });
  await page.keyboard.press("/");
  const isFocused = () => input.evaluate((one) => one === one.ownerDocument.activeElement);
  await expect.poll(isFocused).toBe(true);
  await input.fill("bridge");
  await page.locator("#starlight__search .pagefind-ui__result-link").first().waitFor();
  const focused = () =>
    page.evaluate<number>(
      "[...document.querySelectorAll('#starlight__search .pagefind-ui__result-link')].indexOf(document.activeElement)",
    );
  for (const key of ["ArrowDown", "ArrowDown", "ArrowUp"]) await page.keyboard.press(key);
  expect(await focused()).toBe(0);
  await page.keyboard.press("ArrowUp");
  expect(await isFocused()).toBe(true);
  // Not the first hit of the word before.
  await input.fill("VERR_VMX_IN_VMX_ROOT_MODE");
  await input.press("Enter");
  await expect.poll(() => page.url()).toContain("/fix/verr-vmx-in-vmx-root-mode/");
  expect(complaints).toEqual([]);
  await page.context().close();
});

test("what no page knows at all is said, and nothing complains", async () => {
  // No letter of it stands alone in a page: Pagefind takes a page's word that the typed one begins with for found.
  await opened.page.locator("#starlight__search input").fill("ⵣⵣⵣⵣ");
  await expect.poll(() => opened.page.locator(".pagefind-ui__message").textContent()).toContain("No results");
  expect(opened.complaints).toEqual([]);
});
