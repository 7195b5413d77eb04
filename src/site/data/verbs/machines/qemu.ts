import { drawn, instead, type Toolset } from "../verb.ts";

const docs = "https://www.qemu.org/docs/master";
const monitor = `${docs}/system/monitor.html`;

/** One process a machine, and nobody who remembers it. */
export const qemu: Toolset = {
  name: "QEMU",
  system: "qemu",
  by: "`qemu-system-x86_64` and `qemu-img`, in a directory of the machine's own. There is no daemon: the command line is the machine. The commands are those of [the everyday page](/qemu/qemu-everyday/), whose script `say` sends a line to the machine's monitor (`echo LINE | socat - UNIX-CONNECT:web1.monitor`), and `type` one to its serial console.",
  answers: {
    create: instead(
      "qemu-everyday/create",
      `${docs}/tools/qemu-img.html`,
      "Nothing keeps a machine's definition. What is created is its disk; the rest is the command line that starts it, best kept in a script.",
    ),
    start: drawn(
      ["qemu-everyday/definition", "qemu-everyday/start"],
      `${docs}/system/invocation.html`,
      "The page's kernel stands outside the disk; a disk with a system needs no `-kernel`, `-initrd` and `-append`, and an installer `-cdrom debian.iso -vnc 127.0.0.1:1`. `-accel kvm` where the host has KVM. `-cpu max` is all that the host or the emulation can do; without `-cpu` the guest gets `qemu64`, on which systems built for [x86-64-v2](https://www.qemu.org/docs/master/system/qemu-cpu-models.html#abi-compatibility-levels-for-cpu-models) do not start.",
    ),
    stop: drawn(
      "qemu-everyday/stop",
      monitor,
      "The guest must react to its power button; `quit` instead pulls the plug.",
    ),
    list: instead(
      "qemu-everyday/list",
      `${docs}/system/invocation.html`,
      "Nothing knows the machines but the list of processes, and that only those which run. The monitor says how one is.",
    ),
    enter: instead(
      "qemu-everyday/logs",
      `${docs}/system/invocation.html`,
      "The serial console, where the guest has a login on it: by hand `socat STDIO,raw,echo=0,escape=0x1d UNIX-CONNECT:web1.serial`; Ctrl-] leaves. The commands show what it printed so far. A shell is ssh's.",
    ),
    run: instead(
      "qemu-everyday/run",
      `${docs}/interop/qemu-ga.html`,
      "QEMU has no way into the guest of its own: here the line is typed on the serial console. Else it is ssh, or `guest-exec` of its guest agent, over a channel made for that.",
    ),
    copy: instead(
      "qemu-everyday/copy",
      `${docs}/system/invocation.html`,
      "For the same reason it is ssh's, or as here a port's that the guest opens. A directory that both share is virtiofs's or 9p's.",
    ),
    limit: drawn(
      "qemu-everyday/limit",
      `${docs}/system/invocation.html`,
      "Until it ends. At most it has what `-m` and `-smp` say. The time of the processors is limited by a control group around the process: `systemd-run --scope --property CPUQuota=200%`; by a user's own systemd only [where it is given the controller](https://github.com/systemd/systemd/pull/23887), else without effect and without a word.",
    ),
    disk: drawn(
      "qemu-everyday/disk",
      monitor,
      "While it runs, until it ends; for good, one more `-drive` at the start. The path must be absolute, since `-daemonize` leaves the directory.",
    ),
    network: drawn(
      "qemu-everyday/network",
      monitor,
      "On user networking. At the start: one more `-nic`, and `hostfwd=tcp:127.0.0.1:8080-:80` on the first. 127.0.0.1 is the host alone; without it, `tcp::8080-:80`, everybody.",
    ),
    snapshot: drawn(
      "qemu-everyday/snapshot",
      `${docs}/system/images.html`,
      "Memory and all disks, which must be qcow2, a UEFI variable store included; the machine stands still meanwhile. `loadvm` needs the same devices, also those attached since the start; if it fails, the machine stays paused until `cont`. With the machine off: `qemu-img snapshot -c before web1.qcow2`, back by `-a`, for each disk.",
    ),
    clone: instead(
      "qemu-everyday/clone",
      `${docs}/tools/qemu-img.html`,
      "A copy of the disk, made while the machine is off, is the clone. `qemu-img create -b web1.qcow2 -F qcow2 -f qcow2 web2.qcow2` shares what is unchanged; `web1` must then never start again. The second machine needs a script of its own: other sockets, pid file and host ports, and on a shared network another MAC address.",
    ),
    move: drawn(
      "qemu-everyday/move",
      `${docs}/devel/migration/main.html`,
      "Proved with one host, through a file. To `host2` it is `migrate -d tcp:host2:4444`, and there the same script waits first, with `-incoming tcp:0:4444` and every disk attached since. Both hosts see the disk under the same absolute path, and have like processors, or name a CPU model that both have. `info migrate` says when it is `completed`, or that it failed; then `quit` here, never `cont`. The stream is neither encrypted nor asks who connects.",
    ),
    delete: instead(
      "qemu-everyday/delete",
      `${docs}/system/images.html`,
      "To delete a machine is to delete its files, here those of the clone; there is no way back. A clone made by `qemu-img create -b web1.qcow2` is lost with `web1.qcow2`. Other disks, such as `web1-data.qcow2`, stay.",
    ),
    logs: drawn(
      "qemu-everyday/logs",
      `${docs}/system/invocation.html`,
      "What the guest printed, in the `logfile` of its serial line. QEMU itself logs nothing unless told at the start: `-D web1.log -d guest_errors`.",
    ),
  },
};
