import { cell, type SystemFacts, support } from "./comparison.ts";

const manual = "https://github.com/VirtualBox/virtualbox/blob/main/doc/manual/en_US";
const hyper = "https://learn.microsoft.com/en-us/windows-server/virtualization/hyper-v";
const vmwareNesting =
  "https://communities.vmware.com/t5/Nested-Virtualization-Documents/Running-Nested-VMs/tac-p/2781525";

/** Oracle's. */
export const virtualbox: SystemFacts = {
  kind: cell("hypervisor, type 2", "https://www.virtualbox.org/wiki/Virtualization"),
  ownKernel: cell("yes", "https://www.virtualbox.org/wiki/Virtualization"),
  boundary: cell(
    "processor, and a driver in the host's kernel",
    "https://github.com/VirtualBox/virtualbox/blob/16fefa9ea5f3a9c7d4b11e487517f98752a86495/src/VBox/HostDrivers/Support/linux/SUPDrv-linux.c",
  ),
  guests: cell("any system of the host's architecture", `${manual}/man_VBoxManage-createvm.xml`),
  windows: support("supported", "https://www.virtualbox.org/wiki/Guest_OSes"),
  hosts: cell("Windows, Linux, macOS, Solaris", "https://www.virtualbox.org/wiki/Downloads"),
  architectures: cell(
    "amd64, arm64",
    "https://github.com/VirtualBox/virtualbox/issues/671",
    "Arm hosts run Arm guests only",
  ),
  hardware: cell("yes", "https://www.virtualbox.org/wiki/Changelog-6.1", "since 6.1"),
  nested: support("supported, with caveats", `${manual}/man_VBoxManage-modifyvm.xml`, "x86 only"),
  migration: support(
    "supported, with caveats",
    `${manual}/man_VBoxManage-modifyvm.xml`,
    "teleporting, on shared storage",
  ),
  snapshots: support("supported", `${manual}/man_VBoxManage-snapshot.xml`),
  gpu: support("not offered", "https://www.virtualbox.org/wiki/Changelog-6.1", "removed in 6.1"),
  rootless: support(
    "supported, with caveats",
    "https://www.virtualbox.org/wiki/Downloads",
    "the driver is installed by root",
  ),
  api: cell("SDK, VBoxManage", "https://www.virtualbox.org/wiki/Downloads"),
  licence: cell("GPL 3", "https://www.virtualbox.org/wiki/Licensing_FAQ", "Extension Pack: PUEL"),
};

/** Broadcom's, three products. */
export const vmware: SystemFacts = {
  kind: cell("hypervisor: ESXi type 1; Workstation, Fusion type 2", vmwareNesting),
  ownKernel: cell("yes", vmwareNesting),
  boundary: cell("processor, monitor, and the vmx process", "https://nvd.nist.gov/vuln/detail/CVE-2025-22224"),
  guests: cell(
    "any x86 system; Arm on Apple silicon",
    "https://blogs.vmware.com/teamfusion/2021/04/fusion-on-apple-silicon-progress-update.html",
  ),
  windows: support(
    "supported",
    "https://blogs.vmware.com/teamfusion/2021/04/fusion-on-apple-silicon-progress-update.html",
  ),
  hosts: cell(
    "none (ESXi); Windows, Linux (Workstation); macOS (Fusion)",
    "https://knowledge.broadcom.com/external/article?legacyId=80807",
  ),
  architectures: cell(
    "amd64; arm64 by Fusion",
    "https://blogs.vmware.com/teamfusion/2021/04/fusion-on-apple-silicon-progress-update.html",
  ),
  hardware: cell(
    "yes",
    "https://knowledge.broadcom.com/external/article?legacyId=1003945",
    "for 64-bit guests on Intel (article of 2009)",
  ),
  nested: support(
    "supported, with caveats",
    vmwareNesting,
    "ESXi as a guest not in production; nothing on a Windows host with Hyper-V on",
  ),
  migration: support(
    "supported, with caveats",
    "https://developer.broadcom.com/xapis/virtual-infrastructure-json-api/8.0.3/data-structures/MigrateVMRequestType",
    "vMotion, between ESXi hosts",
  ),
  snapshots: support("supported", "https://github.com/vmware/govmomi/blob/main/govc/USAGE.md"),
  gpu: support(
    "supported, with caveats",
    "https://developer.broadcom.com/xapis/virtual-infrastructure-json-api/latest/data-structures/VirtualPCIPassthrough",
    "whole PCI devices, on ESXi",
  ),
  rootless: support(
    "supported, with caveats",
    "https://docs.vmware.com/en/VMware-vSphere/6.0/com.vmware.vsphere.hostclient.doc/GUID-23A42C8E-1D4D-4AF6-8E0A-60C56557AD82.html",
    "ESXi: accounts with a role; Workstation, Fusion: once an administrator has installed them",
  ),
  api: cell("SOAP and REST (ESXi, vCenter)", "https://github.com/vmware/govmomi"),
  licence: cell(
    "proprietary",
    "https://blogs.vmware.com/cloud-foundation/2024/11/11/vmware-fusion-and-workstation-are-now-free-for-all-users/",
    "Workstation and Fusion without charge",
  ),
};

/** Microsoft's. */
export const hyperV: SystemFacts = {
  kind: cell("hypervisor, type 1", `${hyper}/architecture`),
  ownKernel: cell("yes", `${hyper}/architecture`),
  boundary: cell("hypervisor", `${hyper}/architecture`, "the root partition is trusted with everything"),
  guests: cell(
    "Windows, Linux, FreeBSD",
    `${hyper}/supported-linux-and-freebsd-virtual-machines-for-hyper-v-on-windows`,
  ),
  windows: support("supported", `${hyper}/plan/should-i-create-a-generation-1-or-2-virtual-machine-in-hyper-v`),
  hosts: cell("Windows", `${hyper}/overview`, "Server; Pro and Enterprise of 10 and 11"),
  architectures: cell(
    "amd64, arm64",
    "https://docs.kernel.org/virt/hyperv/overview.html",
    "as a role of Windows Server on amd64 only",
  ),
  hardware: cell("yes", `${hyper}/host-hardware-requirements`),
  nested: support("supported, with caveats", `${hyper}/nested-virtualization`, "Hyper-V in Hyper-V only"),
  migration: support("supported", `${hyper}/manage/live-migration-overview`, "between Windows Servers"),
  snapshots: support(
    "supported",
    `${hyper}/manage/choose-between-standard-or-production-checkpoints-in-hyper-v`,
    "named checkpoints",
  ),
  gpu: support("supported, with caveats", `${hyper}/gpu-partitioning`, "whole or in partitions, on Windows Server"),
  rootless: support(
    "supported, with caveats",
    "https://learn.microsoft.com/en-us/windows-server/identity/ad-ds/manage/understand-security-groups",
    "members of Hyper-V Administrators, who control every machine",
  ),
  api: cell(
    "WMI, PowerShell",
    "https://learn.microsoft.com/en-us/windows/win32/hyperv_v2/windows-virtualization-portal",
  ),
  licence: cell(
    "proprietary",
    "https://learn.microsoft.com/en-us/windows-server/get-started/editions-comparison",
    "part of Windows",
  ),
};
