import { drawn, type Toolset } from "../verb.ts";

const docs = "https://canonical.com/lxd/docs/latest";

/** Containers and machines by the same commands: as Incus's, with a few other names. */
export const lxd: Toolset = {
  name: "LXD",
  system: "lxd",
  by: "`lxc`, LXD's client. The same for a container and, created with `--vm`, a virtual machine whose image has the agent. The commands are those of [the everyday page](/lxd/lxd-everyday/).",
  answers: {
    create: drawn(
      "lxd-everyday/create",
      `${docs}/howto/instances_create/`,
      "`debian` is [an image of this host](/lxd/lxd-image/); `ubuntu:24.04` would come from a server. The configuration is a mark of the page's. `lxc launch` creates and starts.",
    ),
    start: drawn("lxd-everyday/start", `${docs}/howto/instances_manage/`),
    stop: drawn(
      "lxd-everyday/stop",
      `${docs}/howto/instances_manage/`,
      "Where the guest does not shut down in that time, it fails; `--force` pulls the plug.",
    ),
    list: drawn("lxd-everyday/list", `${docs}/howto/instances_manage/`, "`lxc list` alone shows all, as a table."),
    enter: drawn(
      "lxd-everyday/enter",
      `${docs}/instance-exec/`,
      "`lxc shell web1` is a login shell of root's. `lxc console web1` is the console with its login prompt; Ctrl-a q leaves it.",
    ),
    run: drawn(
      "lxd-everyday/run",
      `${docs}/instance-exec/`,
      "Without `</dev/null` it reads what a script has left to read.",
    ),
    copy: drawn("lxd-everyday/copy", `${docs}/howto/instances_access_files/`, "Into a stopped container too."),
    limit: drawn("lxd-everyday/limit", `${docs}/reference/instance_options/`, "At once for a container."),
    disk: drawn(
      ["lxd-everyday/volume", "lxd-everyday/disk"],
      `${docs}/howto/storage_volumes/`,
      "`size=10GiB` limits the volume where the pool's driver can; `dir` ignores it where its file system has no project quotas. A directory of the host instead: `disk source=/srv/data path=/srv/data`.",
    ),
    network: drawn(
      ["lxd-everyday/backend", "lxd-everyday/network"],
      `${docs}/reference/devices_proxy/`,
      "A second interface on the network of the first is refused. To publish a port: `lxc config device add web1 http proxy listen=tcp:0.0.0.0:8080 connect=tcp:127.0.0.1:80`. For a virtual machine the proxy needs `nat=true`, a static address of the machine, and an address of the host in `listen` in place of 0.0.0.0. `lxc network forward` publishes an address of its own.",
    ),
    snapshot: drawn(
      ["lxd-everyday/snapshot", "lxd-everyday/restore"],
      `${docs}/howto/instances_backup/`,
      "Of the files; here one is lost before the way back. `--stateful` adds a machine's memory, where `migration.stateful` is set. Incus says `snapshot create` and `snapshot restore`.",
    ),
    clone: drawn(
      "lxd-everyday/clone",
      `${docs}/howto/instances_migrate/`,
      "Without `--instance-only` its snapshots come along. Devices are copied, too: a proxy needs another port before the clone starts (`lxc config device set web2 http listen=tcp:0.0.0.0:8081`), and a volume is then shared.",
    ),
    move: drawn(
      "lxd/lxd-everyday#move-to-another-server",
      `${docs}/howto/instances_migrate/`,
      "`host2` is a remote: `lxc remote add host2`, with a token of its own. A machine with `migration.stateful=true` moves while it runs. In a cluster: `lxc move web1 --target host2`.",
    ),
    delete: drawn(
      "lxd-everyday/delete",
      `${docs}/howto/instances_manage/`,
      "Of a stopped instance, here the clone under its new name; `--force` stops it first. Its snapshots go too, custom volumes stay.",
    ),
    logs: drawn(
      "lxd-everyday/logs",
      `${docs}/howto/instances_troubleshoot/`,
      "The guest's own journal. `lxc info web1 --show-log` is what LXC or QEMU says; `lxc console web1 --show-log`, for containers only, what the guest printed on its console.",
    ),
  },
};
