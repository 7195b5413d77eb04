import { does, type Toolset } from "../verb.ts";

const learn = "https://learn.microsoft.com/en-us";
const direct =
  "https://github.com/MicrosoftDocs/windowsserverdocs/blob/main/WindowsServerDocs/virtualization/hyper-v/manage/Manage-Windows-virtual-machines-with-PowerShell-Direct.md";
const cmdlet = (name: string) => `${learn}/powershell/module/hyper-v/${name.toLowerCase()}`;

/** Hyper-V by its PowerShell module. */
export const hyperV: Toolset = {
  name: "Hyper-V",
  system: "hyper-v",
  by: "PowerShell as administrator, on the host. `C:\\VMs` holds the disks, `C:\\ISO\\debian.iso` is an installer.",
  language: "powershell",
  answers: {
    create: does(
      `New-VM -Name web1 -Generation 2 -MemoryStartupBytes 2GB \`
  -NewVHDPath C:\\VMs\\web1.vhdx -NewVHDSizeBytes 20GB \`
  -SwitchName "Default Switch"
Set-VMProcessor -VMName web1 -Count 2
Set-VMFirmware -VMName web1 \`
  -SecureBootTemplate MicrosoftUEFICertificateAuthority
Add-VMDvdDrive -VMName web1 -Path C:\\ISO\\debian.iso
Set-VMFirmware -VMName web1 \`
  -FirstBootDevice (Get-VMDvdDrive -VMName web1)`,
      cmdlet("New-VM"),
      "The template is for Linux; Windows boots with the default one. Windows Server has no Default Switch: `New-VMSwitch` makes one.",
    ),
    start: does("Start-VM -Name web1", cmdlet("Start-VM")),
    stop: does(
      "Stop-VM -Name web1",
      cmdlet("Stop-VM"),
      "Shuts the guest down through its integration services; `-TurnOff` pulls the plug.",
    ),
    list: does("Get-VM", cmdlet("Get-VM")),
    enter: does(
      `Enter-PSSession -VMName web1 -Credential (Get-Credential)
vmconnect.exe localhost web1`,
      direct,
      "The first is a shell in a Windows guest, without a network; the second the screen of any guest.",
    ),
    run: does(
      `Invoke-Command -VMName web1 -Credential (Get-Credential) \`
  -ScriptBlock { Get-Service }`,
      direct,
      "In a Windows guest; in a Linux one ssh does.",
    ),
    copy: does(
      `Enable-VMIntegrationService -VMName web1 -Name "Guest Service Interface"
Copy-VMFile -Name web1 -FileSource Host -SourcePath C:\\index.html \`
  -DestinationPath C:\\inetpub\\wwwroot\\index.html -CreateFullPath`,
      cmdlet("Copy-VMFile"),
      "That service is off unless enabled. A Linux guest needs a daemon for it, from its distribution.",
    ),
    limit: does(
      `Stop-VM -Name web1
Set-VMMemory -VMName web1 -DynamicMemoryEnabled $false \`
  -StartupBytes 2GB
Set-VMProcessor -VMName web1 -Count 2`,
      cmdlet("Set-VMMemory"),
      "`-DynamicMemoryEnabled $true` with `-MinimumBytes` and `-MaximumBytes` lets the host decide; `-Maximum 50` gives each processor half its time.",
    ),
    disk: does(
      `New-VHD -Path C:\\VMs\\data.vhdx -SizeBytes 10GB -Dynamic
Add-VMHardDiskDrive -VMName web1 -Path C:\\VMs\\data.vhdx`,
      cmdlet("Add-VMHardDiskDrive"),
      "On the SCSI controller, where a second generation machine has it, while it runs.",
    ),
    network: does(
      `Add-VMNetworkAdapter -VMName web1 -SwitchName nat
Add-NetNatStaticMapping -NatName nat -Protocol TCP \`
  -ExternalIPAddress 0.0.0.0 -ExternalPort 8080 \`
  -InternalIPAddress 192.168.200.10 -InternalPort 80`,
      `${learn}/powershell/module/netnat/add-netnatstaticmapping`,
      "On an internal switch `nat` with a `New-NetNat` of the same name, of which a host may have [one](https://learn.microsoft.com/en-us/windows-server/virtualization/hyper-v/setup-nat-network). The Default Switch publishes nothing; on an external switch a guest has an address of the LAN's.",
    ),
    snapshot: does(
      `Checkpoint-VM -Name web1 -SnapshotName before
Restore-VMSnapshot -VMName web1 -Name before -Confirm:$false`,
      cmdlet("Checkpoint-VM"),
      "Production checkpoints, the default, hold no memory: the machine is off after going back.",
    ),
    clone: does(
      `Export-VM -Name web1 -Path C:\\Export
$file = Get-ChildItem "C:\\Export\\web1\\Virtual Machines\\*.vmcx"
$clone = Import-VM -Path $file.FullName -Copy -GenerateNewId \`
  -VirtualMachinePath C:\\VMs\\web2 -VhdDestinationPath C:\\VMs\\web2
Rename-VM -VM $clone -NewName web2`,
      cmdlet("Import-VM"),
      "There is no verb for it but these two.",
    ),
    move: does(
      `Move-VM -Name web1 -DestinationHost host2 -IncludeStorage \`
  -DestinationStoragePath C:\\VMs\\web1`,
      cmdlet("Move-VM"),
      "While it runs, where `Enable-VMMigration` was said on both hosts of a domain.",
    ),
    delete: does(
      `Stop-VM -Name web1 -TurnOff -Force
Remove-VM -Name web1 -Force
Remove-Item C:\\VMs\\web1.vhdx`,
      cmdlet("Remove-VM"),
      "There is no way back. `Remove-VM` leaves the disks, and `Remove-Item` deletes the one; a machine with checkpoints has `.avhdx` files beside it, which `Remove-VM` merges first: wait until they are gone.",
    ),
    logs: does(
      `Get-WinEvent -LogName Microsoft-Windows-Hyper-V-Worker-Admin \`
  -MaxEvents 100 | Where-Object Message -Match web1`,
      `${learn}/powershell/module/microsoft.powershell.diagnostics/get-winevent`,
      "What Hyper-V says of it; `Microsoft-Windows-Hyper-V-VMMS-Admin` is the management service's log.",
    ),
  },
};
