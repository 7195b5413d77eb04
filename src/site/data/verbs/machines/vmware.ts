import { lacks as lacking, does as said, type Toolset } from "../verb.ts";

const does = (run: string, note?: string) => said(run, undefined, note);
const lacks = (missing: string, run: string) => lacking(missing, undefined, run);

/** Workstation and Fusion. */
export const vmware: Toolset = {
  name: "VMware",
  system: "vmware",
  by: "`vmrun` of Workstation (`-T ws`); on Fusion `-T fusion`. A machine is the directory `~/vmware/web1`, powered off where settings change; what reaches into the guest needs VMware Tools in it. `vctl` of both is about containers, and [archived in 2022](https://github.com/vmware-archive/vctl-docs).",
  unsourced: "Broadcom's manual could not be read for this; the commands are those that `vmrun` 1.17 prints of itself.",
  language: "sh",
  answers: {
    create: lacks(
      "`vmrun` makes no machines: the window does, or `vmcli`, which comes with Workstation 17 and Fusion 13 and later and adds a disk of 20 GB.",
      `mkdir --parents ~/vmware/web1
vmcli VM Create -n web1 -d ~/vmware/web1 -g debian12-64`,
    ),
    start: does("vmrun -T ws start ~/vmware/web1/web1.vmx nogui"),
    stop: does("vmrun -T ws stop ~/vmware/web1/web1.vmx soft", "`hard` instead pulls the plug."),
    list: does(
      `vmrun -T ws list
ls ~/vmware/*/*.vmx`,
      "`vmrun` knows those that run; the others are files.",
    ),
    enter: lacks(
      "There is no shell to enter but ssh's.",
      'ssh "user@$(vmrun -T ws getGuestIPAddress ~/vmware/web1/web1.vmx -wait)"',
    ),
    run: does(
      `vmrun -T ws -gu user -gp password runProgramInGuest \\
  ~/vmware/web1/web1.vmx /bin/systemctl restart nginx`,
      "Its output is not shown.",
    ),
    copy: does(
      `vmrun -T ws -gu user -gp password CopyFileFromHostToGuest \\
  ~/vmware/web1/web1.vmx index.html /home/user/index.html`,
    ),
    limit: lacks(
      "`vmrun` changes no settings: they are lines of the machine's file.",
      `sed --in-place '/^memsize\\|^numvcpus/d' ~/vmware/web1/web1.vmx
cat <<EOF >>~/vmware/web1/web1.vmx
memsize = "2048"
numvcpus = "2"
EOF`,
    ),
    disk: lacks(
      "`vmware-vdiskmanager` makes a disk, lines of the machine's file attach it, to the SCSI controller that it has.",
      `vmware-vdiskmanager -c -s 10GB -a lsilogic -t 0 ~/vmware/web1/data.vmdk
cat <<EOF >>~/vmware/web1/web1.vmx
scsi0:1.present = "TRUE"
scsi0:1.fileName = "data.vmdk"
EOF`,
    ),
    network: lacks(
      "An interface is lines of the machine's file. Ports are published in the settings of the NAT network: the Virtual Network Editor's on Workstation.",
      `cat <<EOF >>~/vmware/web1/web1.vmx
ethernet1.present = "TRUE"
ethernet1.virtualDev = "vmxnet3"
ethernet1.connectionType = "nat"
EOF`,
    ),
    snapshot: does(
      `vmrun -T ws snapshot ~/vmware/web1/web1.vmx before
vmrun -T ws revertToSnapshot ~/vmware/web1/web1.vmx before`,
      "Of a running machine with its memory.",
    ),
    clone: does(
      `vmrun -T ws clone ~/vmware/web1/web1.vmx \\
  ~/vmware/web2/web2.vmx full -cloneName=web2`,
      "`linked -snapshot=before` shares the disk of a snapshot.",
    ),
    move: lacks(
      "Desktop machines do not move while they run. Off, one is a directory to copy; its first start asks whether it was moved or copied.",
      "rsync --archive ~/vmware/web1/ host2:vmware/web1/",
    ),
    delete: does(
      "vmrun -T ws deleteVM ~/vmware/web1/web1.vmx",
      "There is no way back: it deletes the machine's directory with its disks. The machine must be off.",
    ),
    logs: lacks("The log is a file in the machine's directory.", "less ~/vmware/web1/vmware.log"),
  },
};
