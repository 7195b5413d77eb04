import { does, lacks, type Toolset } from "../verb.ts";

const docs = "https://www.qemu.org/docs/master";
const monitor = `${docs}/system/monitor.html`;

/** One process a machine, and nobody who remembers it. */
export const qemu: Toolset = {
  name: "QEMU",
  system: "qemu",
  by: "`qemu-system-x86_64` and `qemu-img`, in a directory of the machine's own. There is no daemon: the command line is the machine, its monitor a socket that `socat` reaches. [A machine through its life](/qemu/qemu-everyday/) runs most of these, with what they print.",
  language: "sh",
  answers: {
    create: lacks(
      "Nothing keeps a machine's definition. What is created is its disk; the rest is the command line that starts it, best kept in a script `web1.sh`.",
      `${docs}/tools/qemu-img.html`,
      "qemu-img create -f qcow2 web1.qcow2 20G",
    ),
    start: does(
      `qemu-system-x86_64 -name web1 -machine q35,accel=kvm:tcg \\
  -cpu max -m 2G -smp 2 -drive file=$PWD/web1.qcow2,format=qcow2,if=virtio \\
  -device pcie-root-port,id=port1 \\
  -nic user,model=virtio-net-pci,hostfwd=tcp:127.0.0.1:2222-:22 \\
  -display none -monitor unix:web1.monitor,server=on,wait=off \\
  -serial unix:web1.serial,server=on,wait=off -pidfile web1.pid -daemonize`,
      `${docs}/system/invocation.html`,
      "For the first start add `-cdrom debian.iso -vnc 127.0.0.1:1`, since the installer wants a screen. `-cpu max` is all that the host or the emulation can do; without `-cpu` the guest gets `qemu64`, on which systems built for [x86-64-v2](https://www.qemu.org/docs/master/system/qemu-cpu-models.html#abi-compatibility-levels-for-cpu-models) do not start. The root port is a free slot for what is attached later. The disk's path must be absolute: `-daemonize` leaves the directory, and a migration opens the file again.",
    ),
    stop: does(
      "echo system_powerdown | socat - UNIX-CONNECT:web1.monitor",
      monitor,
      "The guest must react to its power button; `quit` instead pulls the plug.",
    ),
    list: lacks(
      "Nothing knows the machines but the list of processes, and that only those which run.",
      `${docs}/system/invocation.html`,
      "pgrep --list-full qemu-system",
    ),
    enter: does(
      "socat STDIO,raw,echo=0,escape=0x1d UNIX-CONNECT:web1.serial",
      `${docs}/system/invocation.html`,
      "The serial console, where the guest has a login on it; Ctrl-] leaves. A shell is ssh's: `ssh -p 2222 user@127.0.0.1`.",
    ),
    run: lacks(
      "QEMU has no way into the guest of its own: ssh, through the forwarded port, or `guest-exec` of its guest agent, over a channel made for that.",
      `${docs}/interop/qemu-ga.html`,
      "ssh -p 2222 user@127.0.0.1 systemctl is-system-running",
    ),
    copy: lacks(
      "For the same reason it is ssh's. A directory that both share is virtiofs's or 9p's.",
      `${docs}/system/invocation.html`,
      "scp -P 2222 index.html user@127.0.0.1:",
    ),
    limit: lacks(
      "Memory and processors are given at the start, by `-m` and `-smp`. The time of the processors is limited by a control group around the process; by a user's own systemd only [where it is given the controller](https://github.com/systemd/systemd/pull/23887), else without effect and without a word.",
      `${docs}/system/invocation.html`,
      `systemd-run --user --scope \\
  --property CPUQuota=200% --property MemoryMax=2500M sh web1.sh`,
    ),
    disk: does(
      `qemu-img create -f qcow2 data.qcow2 10G
socat - UNIX-CONNECT:web1.monitor <<EOF
drive_add 0 if=none,id=data,file=$PWD/data.qcow2,format=qcow2
device_add virtio-blk-pci,drive=data,bus=port1
EOF`,
      monitor,
      "While it runs, until it ends; for good, one more `-drive` at the start. The path must be absolute, since `-daemonize` leaves the directory.",
    ),
    network: does(
      "echo 'hostfwd_add tcp:127.0.0.1:8080-:80' | socat - UNIX-CONNECT:web1.monitor",
      monitor,
      "On user networking. At the start: one more `-nic`, and `hostfwd=tcp:127.0.0.1:8080-:80` on the first. 127.0.0.1 is the host alone; without it, `tcp::8080-:80`, everybody.",
    ),
    snapshot: does(
      `echo 'savevm before' | socat -t 600 - UNIX-CONNECT:web1.monitor
echo 'loadvm before' | socat -t 600 - UNIX-CONNECT:web1.monitor`,
      `${docs}/system/images.html`,
      "Memory and all disks, which must be qcow2, a UEFI variable store included; the machine stands still meanwhile. Without `-t` socat leaves after half a second, and the next command can get lost. `loadvm` needs the same devices, also those attached since the start; if it fails, the machine stays paused until `cont`. With the machine off: `qemu-img snapshot -c before web1.qcow2`, back by `-a`, for each disk.",
    ),
    clone: lacks(
      "A copy of the disk, made while the machine is off, is the clone. `qemu-img create -b web1.qcow2 -F qcow2 -f qcow2 web2.qcow2` shares what is unchanged; `web1` must then never start again. The second machine needs a script of its own: other sockets, pid file and host ports, and on a shared network another MAC address.",
      `${docs}/tools/qemu-img.html`,
      "qemu-img convert -O qcow2 web1.qcow2 web2.qcow2",
    ),
    move: does(
      "echo 'migrate -d tcp:host2:4444' | socat - UNIX-CONNECT:web1.monitor",
      monitor,
      "On `host2` the same command line waits first, with `-incoming tcp:0:4444` at its end, and with every disk attached since. Both hosts see the disk under the same absolute path, and have like processors, or name a CPU model that both have. `info migrate` says when it is `completed`, or that it failed; then `quit` here, never `cont`. The stream is neither encrypted nor asks who connects.",
    ),
    delete: does(
      `echo quit | socat - UNIX-CONNECT:web1.monitor
rm web1.qcow2 web1.monitor web1.serial`,
      `${docs}/system/images.html`,
      "There is no way back. `quit` pulls the plug. A clone made by `qemu-img create -b web1.qcow2` is lost with it. Other disks, such as `data.qcow2`, stay.",
    ),
    logs: lacks(
      "QEMU logs nothing unless told at the start, by options in `web1.sh`: `-D` and `-d` for itself; for the guest's serial line a `logfile`, in place of its `-serial`.",
      `${docs}/system/invocation.html`,
      `-D web1.log -d guest_errors \\
  -chardev socket,id=serial,path=web1.serial,server=on,wait=off,logfile=web1.serial.log,logappend=on \\
  -serial chardev:serial`,
    ),
  },
};
