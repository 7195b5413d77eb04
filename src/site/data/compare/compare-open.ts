import { cell, type SystemFacts, support } from "./comparison.ts";

const qemuDocs = "https://www.qemu.org/docs/master";
const kernel = "https://docs.kernel.org";
const xenSupport = "https://github.com/xen-project/xen/blob/RELEASE-4.22.0/SUPPORT.md";

/** Emulation, without an accelerator. */
export const qemu: SystemFacts = {
  kind: cell("emulator", `${qemuDocs}/about/emulation.html`),
  ownKernel: cell("yes", `${qemuDocs}/system/introduction.html`, "in user mode the host's"),
  boundary: cell(
    "none that is promised",
    `${qemuDocs}/system/security.html`,
    "without KVM or the like guests must be trusted",
  ),
  guests: cell("any system; single Linux programs", `${qemuDocs}/about/emulation.html`),
  windows: support("supported", `${qemuDocs}/system/introduction.html`, "slow without an accelerator"),
  hosts: cell("Linux, macOS, Windows, BSD", `${qemuDocs}/about/build-platforms.html`),
  architectures: cell("about twenty, on any", `${qemuDocs}/about/emulation.html`),
  hardware: cell("no", `${qemuDocs}/system/introduction.html`),
  nested: support(
    "supported, with caveats",
    "https://github.com/qemu/qemu/blob/master/target/i386/tcg/system/svm_helper.c",
    "emulated: EL2 of Arm, AMD-V; no VT-x",
  ),
  migration: support("supported", `${qemuDocs}/devel/migration/index.html`),
  snapshots: support("supported", `${qemuDocs}/system/images.html`, "with memory, where all disks are qcow2"),
  gpu: support(
    "supported, with caveats",
    "https://github.com/qemu/qemu/blob/master/hw/vfio/Kconfig",
    "PCI devices by VFIO, which needs Linux and an IOMMU, not KVM",
  ),
  rootless: support("supported", `${qemuDocs}/system/security.html`, "an ordinary process"),
  api: cell("QMP, JSON", `${qemuDocs}/interop/qemu-qmp-ref.html`),
  licence: cell("GPL 2", `${qemuDocs}/about/license.html`),
};

/** Linux as the hypervisor, with QEMU. */
export const kvm: SystemFacts = {
  kind: cell("hypervisor in the kernel", `${kernel}/virt/kvm/api.html`),
  ownKernel: cell("yes", `${kernel}/virt/kvm/api.html`),
  boundary: cell(
    "processor, KVM, and QEMU's process",
    `${qemuDocs}/system/security.html`,
    "on pc, q35, microvm and virt",
  ),
  guests: cell("any system of the host's architecture", `${qemuDocs}/system/introduction.html`),
  windows: support("supported", `${qemuDocs}/system/i386/hyperv.html`, "virtio drivers are installed in it"),
  hosts: cell("Linux", `${kernel}/virt/kvm/api.html`),
  architectures: cell(
    "amd64, arm64, ppc64, s390x, riscv64, loongarch64",
    `${qemuDocs}/system/security.html`,
    "mips64 without QEMU, which removed it in 11.1",
  ),
  hardware: cell("yes", `${kernel}/virt/kvm/api.html`),
  nested: support(
    "supported",
    `${kernel}/virt/kvm/x86/running-nested-guests.html`,
    "x86: on by default since Linux 4.20; arm64: since 6.16, experimental",
  ),
  migration: support("supported", `${qemuDocs}/devel/migration/index.html`),
  snapshots: support(
    "supported",
    `${qemuDocs}/system/images.html`,
    "with memory, where all disks and the UEFI store are qcow2",
  ),
  gpu: support("supported", `${kernel}/driver-api/vfio.html`, "whole devices by VFIO, with an IOMMU"),
  rootless: support(
    "supported",
    "https://github.com/systemd/systemd/blob/main/meson_options.txt",
    "whoever may open /dev/kvm",
  ),
  api: cell("ioctl; libvirt above", `${kernel}/virt/kvm/api.html`),
  licence: cell("GPL 2", "https://github.com/torvalds/linux/blob/master/MAINTAINERS"),
};

/** Type 1 with dom0. */
export const xen: SystemFacts = {
  kind: cell(
    "hypervisor, type 1",
    "https://github.com/xen-project/xen/blob/RELEASE-4.22.0/docs/admin-guide/introduction.rst",
  ),
  ownKernel: cell("yes", xenSupport),
  boundary: cell("hypervisor", xenSupport, "whoever breaks dom0 has the host"),
  guests: cell("PV, PVH, HVM", xenSupport, "Linux, BSD; any system as HVM"),
  windows: support("supported", "https://xenproject.org/windows-pv-drivers/", "as HVM"),
  hosts: cell("below dom0: Linux, NetBSD, FreeBSD", "https://wiki.xenproject.org/wiki/Dom0_Kernels_for_Xen"),
  architectures: cell("amd64, arm64, armv7", xenSupport),
  hardware: cell("not for PV", xenSupport),
  nested: support("experimental", xenSupport),
  migration: support(
    "supported, with caveats",
    "https://xenbits.xen.org/docs/unstable/man/xl.1.html",
    "by xl migrate; not with passed-through devices",
  ),
  snapshots: support(
    "not offered",
    "https://xenbits.xen.org/docs/unstable/man/xl.1.html",
    "by xl; XAPI and the storage have their own",
  ),
  gpu: support("supported, with caveats", xenSupport, "PCI passthrough, not safe for untrusted guests"),
  rootless: support("not offered", "https://xenbits.xen.org/docs/unstable/man/xl.1.html"),
  api: cell("libxl; XAPI, libvirt above", "https://github.com/xapi-project/xen-api"),
  licence: cell("GPL 2", "https://github.com/xen-project/xen/blob/RELEASE-4.22.0/COPYING"),
};
