import { does, lacks, type Toolset } from "../verb.ts";

const man = (command: string) =>
  `https://github.com/VirtualBox/virtualbox/blob/main/doc/manual/en_US/man_VBoxManage-${command}.xml`;

/** VirtualBox without its window. */
export const virtualbox: Toolset = {
  name: "VirtualBox",
  system: "virtualbox",
  by: "`VBoxManage`, the same on every host system. `debian.iso` is an installer in the current folder. What reaches into the guest needs the Guest Additions in it, and a user's password in a file.",
  language: "sh",
  answers: {
    create: does(
      `VBoxManage createvm --name web1 --register \\
  --platform-architecture x86 --ostype Debian12_64
VBoxManage modifyvm web1 --memory 2048 --cpus 2 --nic1 nat
VBoxManage createmedium disk --filename web1.vdi --size 20480
VBoxManage storagectl web1 --name sata --add sata
VBoxManage storageattach web1 --storagectl sata --port 0 --device 0 \\
  --type hdd --medium web1.vdi
VBoxManage storageattach web1 --storagectl sata --port 1 --device 0 \\
  --type dvddrive --medium debian.iso`,
      man("createvm"),
    ),
    start: does("VBoxManage startvm web1 --type headless", man("startvm")),
    stop: does(
      "VBoxManage controlvm web1 acpipowerbutton",
      man("controlvm"),
      "The guest must react to its power button; `poweroff` instead pulls the plug.",
    ),
    list: does("VBoxManage list vms", man("list"), "`VBoxManage list runningvms` those that run."),
    enter: lacks(
      "There is no shell to enter but ssh's, through a forwarded port.",
      man("controlvm"),
      `VBoxManage controlvm web1 natpf1 "ssh,tcp,127.0.0.1,2222,,22"
ssh -p 2222 user@127.0.0.1`,
    ),
    run: does(
      `VBoxManage guestcontrol web1 run \\
  --username=user --passwordfile="$HOME/password" \\
  --exe=/bin/systemctl --wait-stdout -- is-system-running`,
      man("guestcontrol"),
    ),
    copy: does(
      `VBoxManage guestcontrol web1 copyto \\
  --username=user --passwordfile="$HOME/password" \\
  --target-directory=/home/user index.html`,
      man("guestcontrol"),
    ),
    limit: does(
      "VBoxManage modifyvm web1 --memory 2048 --cpus 2",
      man("modifyvm"),
      "With the machine off. `--cpu-execution-cap 50` gives each processor half its time; running, `controlvm web1 guestmemoryballoon` takes memory back.",
    ),
    disk: does(
      `VBoxManage createmedium disk --filename data.vdi --size 10240
VBoxManage storageattach web1 --storagectl sata --port 2 --device 0 \\
  --type hdd --medium data.vdi`,
      man("createmedium"),
      "On SATA while it runs only where the port is marked `--hotpluggable on`.",
    ),
    network: does(
      `VBoxManage controlvm web1 natpf1 "http,tcp,127.0.0.1,8080,,80"
VBoxManage modifyvm web1 --nic2 bridged --bridge-adapter2 eth0`,
      man("controlvm"),
      "The port at once, the second interface with the machine off.",
    ),
    snapshot: does(
      `VBoxManage snapshot web1 take before
VBoxManage controlvm web1 poweroff
VBoxManage snapshot web1 restore before`,
      man("snapshot"),
      "Of a running machine with its memory; `--live` does not pause it.",
    ),
    clone: does(
      "VBoxManage clonevm web1 --name web2 --register",
      man("clonevm"),
      "The current state, with new MAC addresses; `--options link --snapshot before` shares the disk of a snapshot.",
    ),
    move: does(
      `VBoxManage export web1 --output web1.ova
scp web1.ova host2:
ssh host2 VBoxManage import web1.ova`,
      man("export"),
      "With the machine off. Running, `controlvm web1 teleport` moves it to a host where the same machine waits and sees the same disks.",
    ),
    delete: does(
      "VBoxManage unregistervm web1 --delete",
      man("unregistervm"),
      "There is no way back: it deletes the disks, snapshots and logs, with `--delete`. Without, VirtualBox only forgets the machine, and its files stay. The machine must be off.",
    ),
    logs: does(
      "VBoxManage showvminfo web1 --log 0",
      man("showvminfo"),
      "What VirtualBox says of it: `VBox.log` of the current or latest start. `--log 1` is `VBox.log.1`, of the start before; on Windows hosts it is `VBoxHardening.log`, and the older starts count from 2. The files are in `Logs` in the machine's folder.",
    ),
  },
};
