import { drawn, type Toolset } from "../verb.ts";

const docs = "https://linuxcontainers.org/incus/docs/main";

/** Containers and machines by the same commands. */
export const incus: Toolset = {
  name: "Incus",
  system: "incus",
  by: "`incus`. The same for a container and, created with `--vm`, a virtual machine whose image has the agent. The commands are those of [the everyday page](/incus/incus-everyday/).",
  answers: {
    create: drawn(
      "incus-everyday/create",
      `${docs}/howto/instances_create/`,
      "`debian` is [an image of this host](/incus/incus-image/); `images:debian/13` would come from a server. The configuration is a mark of the page's. `incus launch` creates and starts.",
    ),
    start: drawn("incus-everyday/start", `${docs}/howto/instances_manage/`),
    stop: drawn(
      "incus-everyday/stop",
      `${docs}/howto/instances_manage/`,
      "Where the guest does not shut down in that time, it fails; `--force` pulls the plug.",
    ),
    list: drawn("incus-everyday/list", `${docs}/howto/instances_manage/`, "`incus list` alone shows all, as a table."),
    enter: drawn(
      "incus-everyday/enter",
      `${docs}/instance-exec/`,
      "`incus shell web1` is a login shell of root's. `incus console web1` is the console with its login prompt; Ctrl-a q leaves it.",
    ),
    run: drawn(
      "incus-everyday/run",
      `${docs}/instance-exec/`,
      "Without `</dev/null` it reads what a script has left to read.",
    ),
    copy: drawn("incus-everyday/copy", `${docs}/howto/instances_access_files/`, "Into a stopped container too."),
    limit: drawn("incus-everyday/limit", `${docs}/reference/instance_options/`, "At once for a container."),
    disk: drawn(
      ["incus-everyday/volume", "incus-everyday/disk"],
      `${docs}/reference/devices_disk/`,
      "`size=10GiB` limits the volume where the pool's driver can; `dir` ignores it where its file system has no project quotas. A directory of the host instead: `disk source=/srv/data path=/srv/data`.",
    ),
    network: drawn(
      ["incus-everyday/backend", "incus-everyday/network"],
      `${docs}/reference/devices_proxy/`,
      "A second interface on the network of the first is refused. To publish a port: `incus config device add web1 http proxy listen=tcp:0.0.0.0:8080 connect=tcp:127.0.0.1:80`. For a virtual machine the proxy needs `nat=true`, and before 7.0.1 and 7.2 (June 2026) also a static address of the machine and an address of the host in `listen`. `incus network forward` publishes an address of its own.",
    ),
    snapshot: drawn(
      ["incus-everyday/snapshot", "incus-everyday/restore"],
      `${docs}/howto/instances_backup/`,
      "Of the files; here one is lost before the way back. `--stateful` adds a machine's memory, where `migration.stateful` is set.",
    ),
    clone: drawn(
      "incus-everyday/clone",
      `${docs}/howto/move_instances/`,
      "Without `--instance-only` its snapshots come along. Devices are copied, too: a proxy needs another port before the clone starts (`incus config device set web2 http listen=tcp:0.0.0.0:8081`), and a volume is then shared.",
    ),
    move: drawn(
      "incus/incus-everyday#move-to-another-server",
      `${docs}/howto/move_instances/`,
      "`host2` is a remote: `incus remote add host2`. A machine with `migration.stateful=true` moves while it runs. In a cluster: `incus move web1 --target host2`.",
    ),
    delete: drawn(
      "incus-everyday/delete",
      `${docs}/howto/instances_manage/`,
      "Of a stopped instance, here the clone under its new name; `--force` stops it first. Its snapshots go too, custom volumes stay.",
    ),
    logs: drawn(
      "incus-everyday/logs",
      `${docs}/howto/instances_troubleshoot/`,
      "The guest's own journal. `incus info web1 --show-log` is what LXC or QEMU says; `incus console web1 --show-log` what the guest printed on its console.",
    ),
  },
};
