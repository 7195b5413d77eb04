import { drawn, instead, type Toolset } from "../verb.ts";

const usage = (command: string) =>
  `https://github.com/vmware/govmomi/blob/main/govc/USAGE.md#${command.replaceAll(".", "")}`;

/** The page whose sections have the commands. */
const page = "vmware/esxi-everyday";

/** ESXi, through its API. */
export const esxi: Toolset = {
  name: "ESXi",
  system: "vmware",
  by: "`govc`, from anywhere, with `GOVC_URL` naming the host or its vCenter and `GOVC_USERNAME` and `GOVC_PASSWORD` set. What reaches into the guest needs VMware Tools in it. On the host itself `vim-cmd` and `esxcli` do the same by numbers. The commands are those of [the everyday page](/vmware/esxi-everyday/).",
  answers: {
    create: drawn(
      `${page}#create`,
      usage("vm.create"),
      "Without `-on=false` it starts. `-net.adapter` is e1000 unless said.",
    ),
    start: drawn(`${page}#start`, usage("vm.power")),
    stop: drawn(`${page}#stop`, usage("vm.power"), "Shuts the guest down; `-off -force` pulls the plug."),
    list: drawn(`${page}#list`, usage("find"), "`govc vm.info web1` says more of one."),
    enter: drawn(
      `${page}#enter`,
      usage("vm.console"),
      "The first prints an address that VMware's console programs open; a shell is ssh's.",
    ),
    run: drawn(
      `${page}#run-a-command`,
      usage("guest.run"),
      "The exit code comes back too. `GOVC_GUEST_LOGIN` keeps the password out of the command line.",
    ),
    copy: drawn(`${page}#copy-a-file-in`, usage("guest.upload"), "`-f` overwrites."),
    limit: drawn(
      `${page}#limit-memory-and-cpu`,
      usage("vm.change"),
      "With the machine off, unless hot add is enabled. `-mem.limit` and, in MHz, `-cpu.limit` cap what it may use of that.",
    ),
    disk: drawn(`${page}#attach-a-disk`, usage("vm.disk.create")),
    network: drawn(
      `${page}#network`,
      usage("vm.network.add"),
      "ESXi has no NAT: a guest has an address of the network that its port group is on, and nothing needs to be published.",
    ),
    snapshot: drawn(
      `${page}#snapshot`,
      usage("snapshot.create"),
      "With its memory; `-m=false` without, `-q` asks the guest to flush its file systems.",
    ),
    clone: drawn(`${page}#clone`, usage("vm.clone"), "Needs vCenter."),
    move: drawn(`${page}#move`, usage("vm.migrate"), "Needs vCenter, and vMotion where it runs meanwhile."),
    delete: drawn(
      `${page}#delete`,
      usage("vm.destroy"),
      "Powers it off and deletes its disks too; `govc device.remove -vm web1 -keep disk-*` first keeps them.",
    ),
    logs: instead(
      `${page}#see-logs`,
      usage("datastore.tail"),
      "No verb of `govc` shows a guest's log, but it is a file beside its disks. `govc logs -n 100` shows the host's.",
    ),
  },
};
