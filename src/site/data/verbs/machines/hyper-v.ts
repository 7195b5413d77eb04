import { drawn, type Toolset } from "../verb.ts";

const learn = "https://learn.microsoft.com/en-us";
const direct =
  "https://github.com/MicrosoftDocs/windowsserverdocs/blob/main/WindowsServerDocs/virtualization/hyper-v/manage/Manage-Windows-virtual-machines-with-PowerShell-Direct.md";
const cmdlet = (name: string) => `${learn}/powershell/module/hyper-v/${name.toLowerCase()}`;

/** The page whose sections have the commands. */
const page = "hyper-v/hyper-v-everyday";

/** Hyper-V by its PowerShell module. */
export const hyperV: Toolset = {
  name: "Hyper-V",
  system: "hyper-v",
  by: "PowerShell as administrator, on the host. `C:\\VMs` holds the disks, `C:\\ISO\\debian.iso` is an installer. The commands are those of [the everyday page](/hyper-v/hyper-v-everyday/).",
  answers: {
    create: drawn(
      `${page}#create`,
      cmdlet("New-VM"),
      "The template is for Linux; Windows boots with the default one. Windows Server has no Default Switch: `New-VMSwitch` makes one.",
    ),
    start: drawn(`${page}#start`, cmdlet("Start-VM")),
    stop: drawn(
      `${page}#stop`,
      cmdlet("Stop-VM"),
      "Shuts the guest down through its integration services; `-TurnOff` pulls the plug.",
    ),
    list: drawn(`${page}#list`, cmdlet("Get-VM")),
    enter: drawn(
      `${page}#enter`,
      direct,
      "The first is a shell in a Windows guest, without a network; the second the screen of any guest.",
    ),
    run: drawn(`${page}#run-a-command`, direct, "In a Windows guest; in a Linux one ssh does."),
    copy: drawn(
      `${page}#copy-a-file-in`,
      cmdlet("Copy-VMFile"),
      "That service is off unless enabled. A Linux guest needs a daemon for it, from its distribution.",
    ),
    limit: drawn(
      `${page}#limit-memory-and-cpu`,
      cmdlet("Set-VMMemory"),
      "`-DynamicMemoryEnabled $true` with `-MinimumBytes` and `-MaximumBytes` lets the host decide; `-Maximum 50` gives each processor half its time.",
    ),
    disk: drawn(
      `${page}#attach-a-disk`,
      cmdlet("Add-VMHardDiskDrive"),
      "On the SCSI controller, where a second generation machine has it, while it runs.",
    ),
    network: drawn(
      `${page}#network`,
      `${learn}/powershell/module/netnat/add-netnatstaticmapping`,
      "On an internal switch `nat` with a `New-NetNat` of the same name, of which a host may have [one](https://learn.microsoft.com/en-us/windows-server/virtualization/hyper-v/setup-nat-network). The Default Switch publishes nothing; on an external switch a guest has an address of the LAN's.",
    ),
    snapshot: drawn(
      `${page}#snapshot`,
      cmdlet("Checkpoint-VM"),
      "Production checkpoints, the default, hold no memory: the machine is off after going back.",
    ),
    clone: drawn(`${page}#clone`, cmdlet("Import-VM"), "There is no verb for it but these two."),
    move: drawn(
      `${page}#move`,
      cmdlet("Move-VM"),
      "While it runs, where `Enable-VMMigration` was said on both hosts of a domain.",
    ),
    delete: drawn(
      `${page}#delete`,
      cmdlet("Remove-VM"),
      "There is no way back. `Remove-VM` leaves the disks, and `Remove-Item` deletes the one; a machine with checkpoints has `.avhdx` files beside it, which Hyper-V merges after `Remove-VM`: wait until they are gone before you delete.",
    ),
    logs: drawn(
      `${page}#see-logs`,
      `${learn}/powershell/module/microsoft.powershell.diagnostics/get-winevent`,
      "What Hyper-V says of it; `Microsoft-Windows-Hyper-V-VMMS-Admin` is the management service's log.",
    ),
  },
};
