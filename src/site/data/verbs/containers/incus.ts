import { does, type Toolset } from "../verb.ts";

const docs = "https://linuxcontainers.org/incus/docs/main";

/** Containers and machines by the same commands. */
export const incus: Toolset = {
  name: "Incus",
  system: "incus",
  by: "`incus`. The same for a container and, created with `--vm`, a virtual machine whose image has the agent.",
  language: "sh",
  answers: {
    create: does(
      `incus create images:debian/13 web1 \\
  --config limits.memory=2GiB --config limits.cpu=2`,
      `${docs}/howto/instances_create/`,
      "`incus launch` creates and starts.",
    ),
    start: does("incus start web1", `${docs}/howto/instances_manage/`),
    stop: does("incus stop web1", `${docs}/howto/instances_manage/`, "`--force` pulls the plug."),
    list: does("incus list", `${docs}/howto/instances_manage/`),
    enter: does(
      "incus exec web1 -- bash",
      `${docs}/instance-exec/`,
      "`incus console web1` is the console with its login prompt; Ctrl-a q leaves it.",
    ),
    run: does(
      "incus exec web1 -- systemctl is-system-running </dev/null",
      `${docs}/instance-exec/`,
      "Without `</dev/null` it reads what a script has left to read.",
    ),
    copy: does(
      "incus file push index.html web1/root/index.html",
      `${docs}/howto/instances_access_files/`,
      "Into a stopped container too.",
    ),
    limit: does(
      "incus config set web1 limits.memory=2GiB limits.cpu=2",
      `${docs}/reference/instance_options/`,
      "At once for a container.",
    ),
    disk: does(
      `incus storage volume create default data size=10GiB
incus config device add web1 data disk \\
  pool=default source=data path=/srv/data`,
      `${docs}/reference/devices_disk/`,
      "A directory of the host instead: `disk source=/srv/data path=/srv/data`. A pool of the driver `dir` ignores the size where its file system has no project quotas.",
    ),
    network: does(
      `incus network create backend
incus network attach backend web1 eth1
incus config device add web1 http proxy \\
  listen=tcp:0.0.0.0:8080 connect=tcp:127.0.0.1:80`,
      `${docs}/reference/devices_proxy/`,
      "A second interface on the network of the first is refused. For a virtual machine the proxy needs `nat=true`, and before 7.0.1 and 7.2 (June 2026) also a static address of the machine and an address of the host in `listen`. `incus network forward` publishes an address of its own.",
    ),
    snapshot: does(
      `incus snapshot create web1 before
incus snapshot restore web1 before`,
      `${docs}/howto/instances_backup/`,
      "Of the files; `--stateful` adds a machine's memory, where `migration.stateful` is set.",
    ),
    clone: does(
      "incus copy web1 web2",
      `${docs}/howto/move_instances/`,
      "With its snapshots; `--instance-only` without. Devices are copied, too: a proxy needs another port before the clone starts (`incus config device set web2 http listen=tcp:0.0.0.0:8081`), and a volume is then shared.",
    ),
    move: does(
      `incus stop web1
incus move web1 host2:`,
      `${docs}/howto/move_instances/`,
      "`host2` is a remote: `incus remote add host2`. A machine with `migration.stateful=true` moves while it runs. In a cluster: `incus move web1 --target host2`.",
    ),
    delete: does(
      "incus delete --force web1",
      `${docs}/howto/instances_manage/`,
      "`--force` stops it first. Its snapshots go too, custom volumes stay.",
    ),
    logs: does(
      `incus info web1 --show-log
incus console web1 --show-log`,
      `${docs}/howto/instances_troubleshoot/`,
      "The first is what LXC or QEMU says, the second what the guest printed on its console.",
    ),
  },
};
