import { drawn, instead, type Toolset } from "../verb.ts";

const man = (command: string) =>
  `https://github.com/VirtualBox/virtualbox/blob/main/doc/manual/en_US/man_VBoxManage-${command}.xml`;

/** The page whose sections have the commands. */
const page = "virtualbox/virtualbox-everyday";

/** VirtualBox without its window. */
export const virtualbox: Toolset = {
  name: "VirtualBox",
  system: "virtualbox",
  by: "`VBoxManage`, the same on every host system. `debian.iso` is an installer in the current folder. What reaches into the guest needs the Guest Additions in it, and a user's password in a file. The commands are those of [the everyday page](/virtualbox/virtualbox-everyday/).",
  answers: {
    create: drawn(`${page}#create`, man("createvm")),
    start: drawn(`${page}#start`, man("startvm")),
    stop: drawn(
      `${page}#stop`,
      man("controlvm"),
      "The guest must react to its power button; `poweroff` instead pulls the plug.",
    ),
    list: drawn(`${page}#list`, man("list"), "`VBoxManage list runningvms` those that run."),
    enter: instead(
      `${page}#enter`,
      man("controlvm"),
      "There is no shell to enter but ssh's, through a forwarded port.",
    ),
    run: drawn(`${page}#run-a-command`, man("guestcontrol")),
    copy: drawn(`${page}#copy-a-file-in`, man("guestcontrol")),
    limit: drawn(
      `${page}#limit-memory-and-cpu`,
      man("modifyvm"),
      "With the machine off. `--cpu-execution-cap 50` gives each processor half its time; running, `controlvm web1 guestmemoryballoon` takes memory back.",
    ),
    disk: drawn(
      `${page}#attach-a-disk`,
      man("createmedium"),
      "On SATA while it runs only where the port is marked `--hotpluggable on`.",
    ),
    network: drawn(`${page}#network`, man("controlvm"), "The port at once, the second interface with the machine off."),
    snapshot: drawn(
      `${page}#snapshot`,
      man("snapshot"),
      "Of a running machine with its memory; `--live` does not pause it.",
    ),
    clone: drawn(
      `${page}#clone`,
      man("clonevm"),
      "The current state, with new MAC addresses; `--options link --snapshot before` shares the disk of a snapshot.",
    ),
    move: drawn(
      `${page}#move`,
      man("export"),
      "With the machine off. Running, `controlvm web1 teleport` moves it to a host where the same machine waits and sees the same disks.",
    ),
    delete: drawn(
      `${page}#delete`,
      man("unregistervm"),
      "There is no way back: it deletes the disks, snapshots and logs, with `--delete`. Without, VirtualBox only forgets the machine, and its files stay. The machine must be off.",
    ),
    logs: drawn(
      `${page}#see-logs`,
      man("showvminfo"),
      "What VirtualBox says of it: `VBox.log` of the current or latest start. `--log 1` is `VBox.log.1`, of the start before; on Windows hosts it is `VBoxHardening.log`, and the older starts count from 2. The files are in `Logs` in the machine's folder.",
    ),
  },
};
