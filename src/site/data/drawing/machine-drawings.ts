import { above, below, frame, hardware, ruler } from "./boxes.ts";
import type { Drawing } from "./drawing.ts";

const first: [number, number] = [0, 4];
const second: [number, number] = [4, 8];
const third: [number, number] = [8, 12];

/** Emulation. */
export const qemu: Drawing = {
  name: "QEMU",
  kind: "emulator",
  caption:
    "An ordinary process that plays a whole machine, or only a processor for one program. By itself it needs no privilege and no help of the hardware, and is slow.",
  frames: [frame(first, "machine", "QEMU: a machine"), frame(second, "process", "QEMU: a program")],
  boxes: [
    above(first, "applications"),
    above(second, "one program", ["of another", "architecture"]),
    above(third, "programs", ["as ever"]),
    below(first, "kernel", "any kernel", ["any architecture"], "its kernel"),
    below(second, "user", "translated", ["system calls", "passed on"]),
    below(third, "user", "host's system"),
    ruler("the host's kernel", ["Linux, macOS, Windows, BSD"], "devices, kernel, memory"),
    hardware("hardware, of any architecture"),
  ],
};

/** The kernel as hypervisor. */
export const kvm: Drawing = {
  name: "KVM",
  kind: "hypervisor in Linux",
  caption:
    "The Linux kernel itself is the hypervisor: a guest's code runs on the processor in guest mode, and QEMU, a process a machine, gives it devices.",
  frames: [frame(first, "machine", "virtual machine"), frame(second, "machine", "virtual machine")],
  boxes: [
    above(first, "applications"),
    above(second, "applications"),
    above(third, "QEMU, libvirt", ["a process", "a machine"]),
    below(first, "kernel", "Linux", ["virtio drivers"], "its kernel"),
    below(second, "kernel", "Windows", ["virtio drivers"], "its kernel"),
    below(third, "user", "host's system"),
    ruler("the Linux kernel with KVM", ["root mode of VT-x or AMD-V, EL2 on Arm"], "devices, kernel, memory"),
    hardware("hardware with VT-x, AMD-V or the like"),
  ],
};

/** Type 1 with a control domain. */
export const xen: Drawing = {
  name: "Xen",
  kind: "hypervisor, type 1",
  caption:
    "A small hypervisor below all kernels. It has no drivers: dom0, a machine like the others but with the right to manage them, owns the devices.",
  frames: [frame(first, "machine", "dom0"), frame(second, "machine", "domU"), frame(third, "machine", "domU")],
  boxes: [
    above(first, "xl, xenstored", ["QEMU for HVM"]),
    above(second, "applications"),
    above(third, "applications"),
    below(first, "kernel", "Linux", ["backends"], "devices"),
    below(second, "kernel", "Linux", ["PV or PVH"], "its kernel"),
    below(third, "kernel", "Windows", ["HVM"], "its kernel"),
    ruler("Xen", ["schedules processors, maps memory"], "processors, memory"),
    hardware("hardware"),
  ],
};

/** A program of the desktop. */
export const virtualbox: Drawing = {
  name: "VirtualBox",
  kind: "hypervisor, type 2",
  caption:
    "A program on a desktop brings a module into the kernel it finds there; the module takes the processor's root mode while a guest runs.",
  frames: [frame(first, "machine", "virtual machine"), frame(second, "machine", "virtual machine")],
  boxes: [
    above(first, "applications"),
    above(second, "applications"),
    above(third, "VirtualBox", ["VBoxManage"]),
    below(first, "kernel", "Windows", ["Guest Additions"], "its kernel"),
    below(second, "kernel", "Linux", ["Guest Additions"], "its kernel"),
    below(third, "user", "host's desktop"),
    ruler("the host's kernel", ["Windows, Linux, macOS, Solaris"], "devices, memory", [0, 8]),
    ruler("vboxdrv", ["its module"], "VT-x, AMD-V", [8, 12]),
    hardware("hardware with VT-x or AMD-V, or Arm"),
  ],
};

/** Two families. */
export const vmware: Drawing = {
  name: "VMware",
  kind: "type 1, and type 2",
  caption:
    "Two things of one name. ESXi, left, is a hypervisor with drivers of its own on the bare machine; Workstation and Fusion, right, are programs on a desktop.",
  frames: [frame([0, 6], "machine", "virtual machine on ESXi"), frame([6, 9], "machine", "machine")],
  boxes: [
    above([0, 6], "applications"),
    above([6, 9], "programs"),
    above([9, 12], "VMware", ["Workstation"]),
    below([0, 6], "kernel", "Windows or Linux", ["VMware Tools"], "its kernel"),
    below([6, 9], "kernel", "a kernel", ["Tools"]),
    below([9, 12], "user", "desktop"),
    ruler("VMkernel", ["and a monitor a machine"], "devices, memory", [0, 6]),
    ruler("the host's kernel", ["vmmon, or its hypervisor"], "devices, memory", [6, 12]),
    hardware("a certified server", [0, 6]),
    hardware("a PC or a Mac", [6, 12]),
  ],
};

/** Type 1 below Windows. */
export const hyperV: Drawing = {
  name: "Hyper-V",
  kind: "hypervisor, type 1",
  caption:
    "Once it is on, the hypervisor is below the Windows that installed it: that Windows becomes the root partition, keeps the drivers and serves the others over VMBus.",
  frames: [
    frame(first, "machine", "root partition"),
    frame(second, "machine", "partition"),
    frame(third, "machine", "partition"),
  ],
  boxes: [
    above(first, "vmms, vmwp", ["a vmwp a machine"]),
    above(second, "applications"),
    above(third, "applications"),
    below(first, "kernel", "Windows", ["VSP, switch"], "devices"),
    below(second, "kernel", "Windows", ["VMBus drivers"], "its kernel"),
    below(third, "kernel", "Linux", ["VMBus drivers"], "its kernel"),
    ruler("the Windows hypervisor", ["root mode of VT-x or AMD-V"], "processors, memory"),
    hardware("hardware with VT-x or AMD-V"),
  ],
};
