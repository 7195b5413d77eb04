import { does, lacks, type Toolset } from "./verb.ts";

const man = "https://linuxcontainers.org/lxc/manpages/man1";
const config = "https://linuxcontainers.org/lxc/manpages/man5/lxc.container.conf.5.html";

/** System containers by one program a verb, without a daemon. */
export const lxc: Toolset = {
  name: "LXC",
  system: "lxc",
  by: "`lxc-*`, as root, with a bridge `lxcbr0`. A container is the directory `/var/lib/lxc/web1`.",
  language: "sh",
  answers: {
    create: {
      ...does(
        `lxc-create --name web1 --template download -- \\
  --dist debian --release trixie --arch amd64`,
        `${man}/lxc-create.1.html`,
        "Without limits: they are lines of its configuration, see below.",
      ),
      step: "lxc-new/create",
    },
    start: { ...does("lxc-start --name web1", `${man}/lxc-start.1.html`), step: "lxc-new/start" },
    stop: does(
      "lxc-stop --name web1",
      `${man}/lxc-stop.1.html`,
      "Waits 60 seconds for a clean shutdown, then kills; `--kill` at once.",
    ),
    list: does("lxc-ls --fancy", `${man}/lxc-ls.1.html`),
    enter: does(
      "lxc-attach --name web1 --clear-env",
      `${man}/lxc-attach.1.html`,
      "Without `--clear-env` the caller's environment goes in. `lxc-console --name web1` asks for a login instead; Ctrl-a q leaves it.",
    ),
    run: does("lxc-attach --name web1 --clear-env -- systemctl is-system-running", `${man}/lxc-attach.1.html`),
    copy: lacks(
      "None of LXC's programs copies files. A pipe through `lxc-attach` does, and the file gets the right owner in an unprivileged container too.",
      `${man}/lxc-attach.1.html`,
      `lxc-attach --name web1 --clear-env -- \\
  sh -c 'cat >/root/index.html' <index.html`,
    ),
    limit: does(
      `cat <<EOF >>/var/lib/lxc/web1/config
lxc.cgroup2.memory.max = 2G
lxc.cgroup2.cpu.max = 200000 100000
EOF
lxc-cgroup --name web1 memory.max 2G
lxc-cgroup --name web1 cpu.max "200000 100000"`,
      config,
      "The file counts from the next start, `lxc-cgroup` at once. The keys are the kernel's, of cgroup v2.",
    ),
    disk: does(
      `truncate --size 10G /srv/data.img
mkfs.ext4 -q /srv/data.img
mkdir --parents /srv/data
mount /srv/data.img /srv/data
echo 'lxc.mount.entry = /srv/data srv/data none bind,create=dir 0 0' \\
  >>/var/lib/lxc/web1/config`,
      config,
      "A directory of the host, from the next start. `lxc-device --name web1 add /dev/sdb` gives a running one a device.",
    ),
    network: {
      ...does(
        `cat <<EOF >>/var/lib/lxc/web1/config
lxc.net.1.type = veth
lxc.net.1.link = lxcbr0
lxc.net.1.flags = up
EOF
nft add table ip web1
nft add chain ip web1 publish \\
  '{ type nat hook prerouting priority dstnat; }'
nft add rule ip web1 publish fib daddr type local \\
  tcp dport 8080 dnat to 10.0.3.5:80`,
        config,
        "The interface exists from the next start. LXC publishes no port: a rule of the host does, for the address of the container, here 10.0.3.5. `fib daddr type local` keeps it to packets for the host itself; without it the rule also catches what guests send to port 8080 elsewhere. The rule is gone after a reboot; `nft delete table ip web1` takes it back.",
      ),
      step: "lxc-new/network",
    },
    snapshot: does(
      `lxc-stop --name web1
lxc-snapshot --name web1
lxc-snapshot --name web1 --restore snap0`,
      `${man}/lxc-snapshot.1.html`,
      "The names are given, `snap0` first; `--list` shows them. Of the files only. Where the storage is a directory it is a full copy, which needs `rsync` and without it does nothing, in silence.",
    ),
    clone: does(
      `lxc-stop --name web1
lxc-copy --name web1 --newname web2`,
      `${man}/lxc-copy.1.html`,
      "A static address in the configuration is copied too: change it. `--snapshot` shares the unchanged files; a full copy needs `rsync`.",
    ),
    move: lacks(
      "None of LXC's programs moves a container. A stopped one is a directory to copy, with its owners as numbers. `lxc-checkpoint` takes a running one along where CRIU can, which with systemd it mostly cannot.",
      `${man}/lxc-checkpoint.1.html`,
      `lxc-stop --name web1
rsync --archive --hard-links --acls --xattrs --numeric-ids \\
  /var/lib/lxc/web1 host2:/var/lib/lxc/
ssh host2 lxc-start --name web1`,
    ),
    delete: does(
      "lxc-destroy --name web1 --force --snapshots",
      `${man}/lxc-destroy.1.html`,
      "`--force` stops it first. What was mounted into it stays.",
    ),
    logs: does(
      `lxc-attach --name web1 --clear-env -- journalctl --lines 100
lxc-start --name web1 --logfile /tmp/web1.log --logpriority DEBUG`,
      `${man}/lxc-start.1.html`,
      "The first is the guest's own journal; the second finds out why one does not start.",
    ),
  },
};
