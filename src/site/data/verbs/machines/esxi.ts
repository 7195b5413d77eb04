import { does, lacks, type Toolset } from "../verb.ts";

const usage = (command: string) =>
  `https://github.com/vmware/govmomi/blob/main/govc/USAGE.md#${command.replaceAll(".", "")}`;

/** ESXi, through its API. */
export const esxi: Toolset = {
  name: "ESXi",
  system: "vmware",
  by: "`govc`, from anywhere, with `GOVC_URL` naming the host or its vCenter and `GOVC_USERNAME` and `GOVC_PASSWORD` set. What reaches into the guest needs VMware Tools in it. On the host itself `vim-cmd` and `esxcli` do the same by numbers.",
  language: "sh",
  answers: {
    create: does(
      `govc vm.create -on=false -m 2048 -c 2 -g debian12_64Guest \\
  -net "VM Network" -net.adapter vmxnet3 \\
  -disk.controller pvscsi -disk 20GB -iso iso/debian.iso web1`,
      usage("vm.create"),
      "Without `-on=false` it starts. `-net.adapter` is e1000 unless said.",
    ),
    start: does("govc vm.power -on web1", usage("vm.power")),
    stop: does("govc vm.power -s web1", usage("vm.power"), "Shuts the guest down; `-off -force` pulls the plug."),
    list: does("govc find / -type m", usage("find"), "`govc vm.info web1` says more of one."),
    enter: does(
      `govc vm.console web1
ssh "user@$(govc vm.ip web1)"`,
      usage("vm.console"),
      "The first prints an address that VMware's console programs open; a shell is ssh's.",
    ),
    run: does(
      `govc guest.run -vm web1 -l user:password \\
  systemctl is-system-running`,
      usage("guest.run"),
      "The exit code comes back too. `GOVC_GUEST_LOGIN` keeps the password out of the command line.",
    ),
    copy: does(
      `govc guest.upload -vm web1 -l user:password \\
  index.html /home/user/index.html`,
      usage("guest.upload"),
      "`-f` overwrites.",
    ),
    limit: does(
      "govc vm.change -vm web1 -m 2048 -c 2",
      usage("vm.change"),
      "With the machine off, unless hot add is enabled. `-mem.limit` and, in MHz, `-cpu.limit` cap what it may use of that.",
    ),
    disk: does("govc vm.disk.create -vm web1 -name web1/data -size 10G", usage("vm.disk.create")),
    network: does(
      'govc vm.network.add -vm web1 -net "VM Network" -net.adapter vmxnet3',
      usage("vm.network.add"),
      "ESXi has no NAT: a guest has an address of the network that its port group is on, and nothing needs to be published.",
    ),
    snapshot: does(
      `govc snapshot.create -vm web1 before
govc snapshot.revert -vm web1 before`,
      usage("snapshot.create"),
      "With its memory; `-m=false` without, `-q` asks the guest to flush its file systems.",
    ),
    clone: does("govc vm.clone -vm web1 -on=false web2", usage("vm.clone"), "Needs vCenter."),
    move: does(
      "govc vm.migrate -host host2 web1",
      usage("vm.migrate"),
      "Needs vCenter, and vMotion where it runs meanwhile.",
    ),
    delete: does(
      "govc vm.destroy web1",
      usage("vm.destroy"),
      "Powers it off and deletes its disks too; `govc device.remove -vm web1 -keep disk-*` first keeps them.",
    ),
    logs: lacks(
      "No verb of `govc` shows a guest's log, but it is a file beside its disks. `govc logs -n 100` shows the host's.",
      usage("datastore.tail"),
      "govc datastore.tail -n 100 -f web1/vmware.log",
    ),
  },
};
