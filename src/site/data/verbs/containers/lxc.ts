import { drawn, instead, type Toolset } from "../verb.ts";

const man = "https://linuxcontainers.org/lxc/manpages/man1";
const config = "https://linuxcontainers.org/lxc/manpages/man5/lxc.container.conf.5.html";

/** System containers by one program a verb, without a daemon. */
export const lxc: Toolset = {
  name: "LXC",
  system: "lxc",
  by: "`lxc-*`, as root, with a bridge `lxcbr0`. A container is the directory `/var/lib/lxc/web1`.",
  answers: {
    create: drawn(
      "lxc-everyday/create",
      `${man}/lxc-create.1.html`,
      "Without limits: they are lines of its configuration, see below. The first line clears what an interrupted attempt left; the group is a label for `lxc-autostart` and `lxc-ls`.",
    ),
    start: drawn("lxc-everyday/start", `${man}/lxc-start.1.html`),
    stop: drawn(
      "lxc-everyday/stop",
      `${man}/lxc-stop.1.html`,
      "Waits 60 seconds for a clean shutdown, then kills; `--kill` at once.",
    ),
    list: drawn("lxc-everyday/list", `${man}/lxc-ls.1.html`, "`lxc-ls --fancy` alone shows addresses, too."),
    enter: drawn(
      "lxc-everyday/enter",
      `${man}/lxc-attach.1.html`,
      "Without `--clear-env` the caller's environment goes in. `lxc-console --name web1` asks for a login instead; Ctrl-a q leaves it.",
    ),
    run: drawn("lxc-everyday/run", `${man}/lxc-attach.1.html`),
    copy: instead(
      "lxc-everyday/copy",
      `${man}/lxc-attach.1.html`,
      "None of LXC's programs copies files. A pipe through `lxc-attach` does, and the file gets the right owner in an unprivileged container too.",
    ),
    limit: drawn(
      "lxc-everyday/limit",
      config,
      "The file counts from the next start; `lxc-cgroup --name web1 memory.max 2G` at once. The keys are the kernel's, of cgroup v2.",
    ),
    disk: drawn(
      "lxc-everyday/disk",
      config,
      "A directory of the host, where the disk is mounted, from the next start. `lxc-device --name web1 add /dev/sdb` gives a running one a device.",
    ),
    network: drawn(
      "lxc-everyday/network",
      config,
      "The interface exists from the next start. LXC publishes no port: [a rule of the host does](/lxc/lxc-network/).",
    ),
    snapshot: drawn(
      ["lxc-everyday/stop", "lxc-everyday/snapshot", "lxc-everyday/restore"],
      `${man}/lxc-snapshot.1.html`,
      "The names are given, `snap0` first; `--list` shows them. Of the files only; here one is lost before the way back. Where the storage is a directory it is a full copy, which needs `rsync` and without it does nothing, in silence.",
    ),
    clone: drawn(
      "lxc-everyday/clone",
      `${man}/lxc-copy.1.html`,
      "Of a stopped container. A static address in the configuration is copied too: change it. `--snapshot` shares the unchanged files; a full copy needs `rsync`.",
    ),
    move: instead(
      "lxc/lxc-everyday#move-to-another-host",
      `${man}/lxc-checkpoint.1.html`,
      "None of LXC's programs moves a container. A stopped one is a directory to copy, with its owners as numbers: [back up and restore](/lxc/lxc-backup/) proves it. `lxc-checkpoint` takes a running one along where CRIU can, which with systemd it mostly cannot.",
    ),
    delete: drawn(
      "lxc-everyday/delete",
      `${man}/lxc-destroy.1.html`,
      "Of a stopped container, here the clone under its new name; `--force` stops it first, `--snapshots` deletes its snapshots too. What was mounted into it stays.",
    ),
    logs: drawn(
      "lxc-everyday/logs",
      `${man}/lxc-start.1.html`,
      "The guest's own journal. `lxc-start --name web1 --logfile /tmp/web1.log --logpriority DEBUG` finds out why one does not start.",
    ),
  },
};
