import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ranking } from "../../../src/site/search/ranking.ts";
import { searchTerm } from "../../../src/site/search/terms.ts";
import { systems, titleOfFolder } from "../../../src/site/sections.ts";
import { launch, open } from "../support/browser.ts";

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await launch();
  ({ page } = await open(browser, ""));
});
afterAll(() => browser?.close());

/** The addresses of the first results that a reader sees for some words, best first. As text, or Vite rewrites the import. */
function search(words: string): Promise<string[]> {
  return page.evaluate(`(async () => {
    const index = await import(new URL("pagefind/pagefind.js", location.href).href);
    await index.options({ ranking: ${JSON.stringify(ranking)} });
    const { results } = await index.search(${JSON.stringify(searchTerm(words))});
    const first = await Promise.all(results.slice(0, 4).map((result) => result.data()));
    return first.map(({ url }) => url);
  })()`);
}

// What readers ask, in the words that they search with.
test.each([
  ["Docker vs VM", "topics/containers-or-machines/"],
  ["LXC or Docker", "topics/containers-or-machines/"],
  ["KVM or QEMU", "kvm/"],
  ["LXD relicensing", "lxd/"],
  ["VirtualBox Apple silicon", "topics/apple-silicon/"],
  ["ufw deny published port", "fix/docker-port-open-despite-ufw/"],
  ["8.8.8.8 host DNS container", "topics/name-resolution/"],
  ["127.0.0.53 dockerd", "fix/docker-name-resolution/"],
  ["docker.sock container", "topics/isolation/"],
  ["docker prune leaves", "fix/docker-no-space-left-on-device/"],
  ["/dev/kvm container", "fix/could-not-access-kvm-permission-denied/"],
  ["/dev/kvm world-writable", "fix/could-not-access-kvm-permission-denied/"],
  ["cgroups systemd unprivileged", "topics/cgroup-v2/"],
  ["static address container", "lxc/lxc-new/"],
  ["static IP LXD", "lxd/lxd-new/"],
  ["reach container from LAN", "topics/addresses/"],
  ["bind-mount home directory", "topics/id-maps/"],
  ["raw.idmap", "fix/newuidmap-range-not-allowed/"],
  ["instances have no network", "fix/no-network-since-docker/"],
  ["only the gateway answers", "fix/no-network-since-docker/"],
  ["OVA qcow2", "topics/storage-and-images/"],
  ["virtio-net slow Windows", "topics/windows-guests/"],
  ["guests lose network nftables", "fix/guests-no-dhcp-nftables/"],
  ["pvh=1", "fix/xl-contradicting-builder-and-type/"],
  ["switch PV HVM", "xen/"],
  ["Windows feature holds VT-x", "topics/who-holds-vt-x/"],
  ["VERR_VMX_IN_VMX_ROOT_MODE Debian 13", "fix/verr-vmx-in-vmx-root-mode/"],
  ["vmmon not build", "fix/vmmon-does-not-build/"],
  ["Hyper-V static address", "hyper-v/"],
  ["green turtle", "topics/who-holds-vt-x/"],
  ["resolv.conf overwritten", "topics/name-resolution/"],
  ["how to install LXC", "lxc/lxc-host/"],
  ["exit code 137", "fix/container-exited-137/"],
  ["incus daemon needed permissions", "fix/incus-socket-permission-denied/"],
  ["LXD unix socket permission denied", "fix/incus-socket-permission-denied/"],
  ["Docker inside LXC container", "topics/docker-in-containers/"],
  ["ip_unprivileged_port_start reopen fd", "fix/docker-in-lxc-reopen-fd/"],
  ["back up a container", "topics/backup-and-restore/"],
  ["restore machine from backup", "topics/backup-and-restore/"],
  ["incus remote token", "topics/remote-access/"],
  ["cluster of three hosts", "topics/clusters/"],
  ["snapshot every night", "topics/scheduled-snapshots/"],
  ["host-only allowed ranges", "fix/virtualbox-host-only-ranges/"],
  ["stale DHCP lease", "fix/dhcp-stale-lease/"],
  ["Proxmox", "topics/proxmox-ve/"],
  ["virt-manager GNOME Boxes", "topics/linux-desktop/"],
  ["NO EXTERNAL NAMESERVERS DEFINED", "fix/docker-name-resolution/"],
  ["system prune volumes Debian 12", "fix/docker-no-space-left-on-device/"],
  ["daemon.json merge", "docker/"],
])("one search for %s leads to %s", async (words, address) => {
  expect(await search(words)).toContainEqual(expect.stringMatching(new RegExp(`/${address}$`)));
});

test.each([
  ["Docker", "docker/docker-host/"],
  ["LXC", "lxc/lxc-host/"],
  ["LXD", "lxd/lxd-host/"],
  ["Incus", "incus/incus-host/"],
  ["QEMU", "qemu/qemu-host/"],
  ["KVM", "kvm/libvirt-host/"],
  ["Xen", "xen/xen-host/"],
])("who wants to install %s comes first to %s", async (system, address) => {
  expect((await search(`how to install ${system}`))[0]).toMatch(new RegExp(`/${address}$`));
});

test.each(systems)("the name of %s leads to its own page first", async (system) => {
  expect((await search(titleOfFolder(system)))[0]).toMatch(new RegExp(`/${system}/$`));
});
