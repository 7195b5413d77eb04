import { drawn, instead, type Toolset } from "../verb.ts";

const manual =
  "https://techdocs.broadcom.com/us/en/vmware-cis/desktop-hypervisors/workstation-pro/17-0/using-vmware-workstation-pro";
const vmrun = `${manual}/using-the-vmrun-command-to-control-virtual-machines/running-vmrun-commands/syntax-of-vmrun-commands.html`;
const vmcli = `${manual}/using-vmcli-to-control-virtual-machines.html`;
const disks = `${manual}/configuring-and-managing-devices/configuring-and-maintaining-virtual-hard-disks-1/using-virtual-disk-manager.html`;

/** The page whose sections have the commands. */
const page = "vmware/vmware-everyday";

/** Workstation and Fusion. */
export const vmware: Toolset = {
  name: "VMware",
  system: "vmware",
  by: "`vmrun` of Workstation (`-T ws`); on Fusion `-T fusion`. A machine is the directory `~/vmware/web1`, powered off where settings change; what reaches into the guest needs VMware Tools in it. `vctl` of both is about containers, and [archived in 2022](https://github.com/vmware-archive/vctl-docs). The commands are those of [the everyday page](/vmware/vmware-everyday/).",
  unsourced:
    "The commands are those that `vmrun` 1.17 prints of itself; Broadcom's manual, to which they link, could not be opened for this.",
  answers: {
    create: instead(
      `${page}#create`,
      vmcli,
      "`vmrun` makes no machines: the window does, or `vmcli`, which comes with Workstation 17 and Fusion 13 and later and adds a disk of its own.",
    ),
    start: drawn(`${page}#start`, vmrun),
    stop: drawn(`${page}#stop`, vmrun, "`hard` instead pulls the plug."),
    list: drawn(`${page}#list`, vmrun, "`vmrun` knows those that run; the others are files."),
    enter: instead(`${page}#enter`, vmrun, "There is no shell to enter but ssh's."),
    run: drawn(`${page}#run-a-command`, vmrun, "Its output is not shown."),
    copy: drawn(`${page}#copy-a-file-in`, vmrun),
    limit: instead(
      `${page}#limit-memory-and-cpu`,
      vmcli,
      "`vmrun` changes no settings: they are lines of the machine's file.",
    ),
    disk: instead(
      `${page}#attach-a-disk`,
      disks,
      "`vmware-vdiskmanager` makes a disk, lines of the machine's file attach it, to the SCSI controller that it has.",
    ),
    network: instead(
      `${page}#network`,
      vmcli,
      "An interface is lines of the machine's file. Ports are published in the settings of the NAT network: the Virtual Network Editor's on Workstation.",
    ),
    snapshot: drawn(`${page}#snapshot`, vmrun, "Of a running machine with its memory."),
    clone: drawn(`${page}#clone`, vmrun, "`linked -snapshot=before` shares the disk of a snapshot."),
    move: instead(
      `${page}#move`,
      undefined,
      "Desktop machines do not move while they run. Off, one is a directory to copy; its first start asks whether it was moved or copied.",
    ),
    delete: drawn(
      `${page}#delete`,
      vmrun,
      "There is no way back: it deletes the machine's directory with its disks. The machine must be off.",
    ),
    logs: instead(`${page}#see-logs`, undefined, "The log is a file in the machine's directory."),
  },
};
