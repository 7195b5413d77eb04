import { does, type Toolset } from "../verb.ts";

const docs = "https://canonical.com/lxd/docs/latest";

/** Containers and machines by the same commands: as Incus's, with a few other names. */
export const lxd: Toolset = {
  name: "LXD",
  system: "lxd",
  by: "`lxc`, LXD's client. The same for a container and, created with `--vm`, a virtual machine whose image has the agent.",
  language: "sh",
  answers: {
    create: does(
      `lxc init ubuntu:24.04 web1 \\
  --config limits.memory=2GiB --config limits.cpu=2`,
      `${docs}/howto/instances_create/`,
      "`lxc launch` creates and starts.",
    ),
    start: does("lxc start web1", `${docs}/howto/instances_manage/`),
    stop: does("lxc stop web1", `${docs}/howto/instances_manage/`, "`--force` pulls the plug."),
    list: does("lxc list", `${docs}/howto/instances_manage/`),
    enter: does(
      "lxc exec web1 -- bash",
      `${docs}/instance-exec/`,
      "`lxc shell web1` is a login shell of root's. `lxc console web1` is the console with its login prompt; Ctrl-a q leaves it.",
    ),
    run: does(
      "lxc exec web1 -- systemctl is-system-running </dev/null",
      `${docs}/instance-exec/`,
      "Without `</dev/null` it reads what a script has left to read.",
    ),
    copy: does(
      "lxc file push index.html web1/root/index.html",
      `${docs}/howto/instances_access_files/`,
      "Into a stopped container too.",
    ),
    limit: does(
      "lxc config set web1 limits.memory=2GiB limits.cpu=2",
      `${docs}/reference/instance_options/`,
      "At once for a container.",
    ),
    disk: does(
      `lxc storage volume create default data size=10GiB
lxc config device add web1 data disk \\
  pool=default source=data path=/srv/data`,
      `${docs}/howto/storage_volumes/`,
      "A directory of the host instead: `disk source=/srv/data path=/srv/data`. A pool of the driver `dir` ignores the size where its file system has no project quotas.",
    ),
    network: does(
      `lxc network create backend
lxc network attach backend web1 eth1
lxc config device add web1 http proxy \\
  listen=tcp:0.0.0.0:8080 connect=tcp:127.0.0.1:80`,
      `${docs}/reference/devices_proxy/`,
      "A second interface on the network of the first is refused. For a virtual machine the proxy needs `nat=true`, a static address of the machine, and an address of the host in `listen` in place of 0.0.0.0. `lxc network forward` publishes an address of its own.",
    ),
    snapshot: does(
      `lxc snapshot web1 before
lxc restore web1 before`,
      `${docs}/howto/instances_backup/`,
      "Of the files; `--stateful` adds a machine's memory, where `migration.stateful` is set. Incus says `snapshot create` and `snapshot restore`.",
    ),
    clone: does(
      "lxc copy web1 web2",
      `${docs}/howto/instances_migrate/`,
      "With its snapshots; `--instance-only` without. Devices are copied, too: a proxy needs another port before the clone starts (`lxc config device set web2 http listen=tcp:0.0.0.0:8081`), and a volume is then shared.",
    ),
    move: does(
      `lxc stop web1
lxc move web1 host2:`,
      `${docs}/howto/instances_migrate/`,
      "`host2` is a remote: `lxc remote add host2`, with a token of its own. A machine with `migration.stateful=true` moves while it runs. In a cluster: `lxc move web1 --target host2`.",
    ),
    delete: does(
      "lxc delete --force web1",
      `${docs}/howto/instances_manage/`,
      "`--force` stops it first. Its snapshots go too, custom volumes stay.",
    ),
    logs: does(
      `lxc info web1 --show-log
lxc console web1 --show-log`,
      `${docs}/howto/instances_troubleshoot/`,
      "The first is what LXC or QEMU says; the second, for containers only, what the guest printed on its console.",
    ),
  },
};
