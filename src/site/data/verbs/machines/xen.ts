import { drawn, instead, type Toolset } from "../verb.ts";

const man = "https://xenbits.xen.org/docs/4.17-testing/man";
const xl = `${man}/xl.1.html`;

/** Domains, by Xen's own tool stack. */
export const xen: Toolset = {
  name: "Xen",
  system: "xen",
  by: "`xl`, as root in dom0, with a bridge `xenbr0`. The commands are those of [the everyday page](/xen/xen-everyday/).",
  answers: {
    create: instead(
      "xen-everyday/define",
      `${man}/xl.cfg.5.html`,
      "`xl` keeps no stopped domains: the file that describes one is all there is before it starts.",
    ),
    start: drawn("xen-everyday/create", xl, "`-c` shows its console from the first line on."),
    stop: drawn(
      "xen-everyday/stop",
      xl,
      "`-w` waits for its end. An HVM guest without PV drivers needs `-F`. `xl destroy web1` pulls the plug.",
    ),
    list: drawn("xen-everyday/list", xl, "`xl list` shows all that run; the others are files in `/etc/xen`."),
    enter: drawn(
      "xen-everyday/console",
      xl,
      "What the console showed, where the host keeps it. By hand `xl console web1`: the guest's console with its login prompt; Ctrl-] leaves.",
    ),
    run: instead(
      "xen-everyday/run",
      xl,
      "Xen has no way into the guest but its console, where this is typed and its answer read from the log. ssh is shorter: `ssh user@web1 systemctl is-system-running`.",
    ),
    copy: instead(
      "xen-everyday/copy",
      xl,
      "For the same reason it is ssh's (`scp index.html user@web1:`), or as here a port's that the guest opens. The disk of a domain that does not run can be mounted in dom0.",
    ),
    limit: drawn(
      "xen-everyday/limit",
      xl,
      "At once, memory up to `maxmem` of its file; for good `memory`, `vcpus` and `cap` there. `xl mem-set` without a unit means KiB.",
    ),
    disk: drawn(
      "xen-everyday/disk",
      `${man}/xl-disk-configuration.5.html`,
      "Until it is detached, as here, or the guest ends; for good, one more entry of `disk` in its file.",
    ),
    network: drawn(
      "xen-everyday/card",
      `${man}/xl-network-configuration.5.html`,
      "Until it ends; for good, one more entry of `vif`. On a bridge a guest has an address of that network's, and nothing needs to be published.",
    ),
    snapshot: instead(
      "xen-everyday/save",
      xl,
      "`xl save` keeps the memory; the disks are their storage's to keep, at the same moment. `xl save -p` leaves the domain paused for that.",
    ),
    clone: instead(
      "xen-everyday/clone",
      `${man}/xl.cfg.5.html`,
      "There is no verb for it. With the domain off, copy disk and file; without a `mac` in `vif` the clone gets an address of its own.",
    ),
    move: drawn(
      "xen-everyday/move",
      xl,
      "Proved with one host that is both; to another one it is `xl migrate web1 host2`, over ssh. While it runs. Both hosts see the disks under the same path. The file in `/etc/xen` stays behind.",
    ),
    delete: drawn(
      "xen-everyday/delete",
      xl,
      "There is no way back. `xl destroy` pulls the plug. The guest's disk is its storage's to delete, as by `lvremove`.",
    ),
    logs: drawn("xen-everyday/logs", xl, "`xl`'s own messages about this domain, and the hypervisor's."),
  },
};
