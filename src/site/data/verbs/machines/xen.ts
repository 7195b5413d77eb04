import { does, lacks, type Toolset } from "../verb.ts";

const man = "https://xenbits.xen.org/docs/unstable/man";
const xl = `${man}/xl.1.html`;

/** Domains, by Xen's own tool stack. */
export const xen: Toolset = {
  name: "Xen",
  system: "xen",
  by: "`xl`, as root in dom0, with a bridge `xenbr0` and disks in a volume group `vg0`.",
  language: "sh",
  answers: {
    create: lacks(
      "`xl` keeps no stopped domains: the file that describes one is all there is before it starts.",
      `${man}/xl.cfg.5.html`,
      `lvcreate --name web1 --size 20G vg0
cat <<EOF >/etc/xen/web1.cfg
type = "pvh"
name = "web1"
memory = 2048
vcpus = 2
kernel = "/srv/xen/vmlinuz"
ramdisk = "/srv/xen/initrd.img"
cmdline = "root=/dev/xvda console=hvc0"
disk = ["format=raw,vdev=xvda,access=rw,target=/dev/vg0/web1"]
vif = ["bridge=xenbr0"]
EOF`,
    ),
    start: does("xl create /etc/xen/web1.cfg", xl, "`-c` shows its console from the first line on."),
    stop: does(
      "xl shutdown -w web1",
      xl,
      "`-w` waits for its end. An HVM guest without PV drivers needs `-F`. `xl destroy web1` pulls the plug.",
    ),
    list: does("xl list", xl, "Those that run; the others are files in `/etc/xen`."),
    enter: does("xl console web1", xl, "The guest's console with its login prompt; Ctrl-] leaves."),
    run: lacks(
      "Xen has no way into the guest but its console: ssh has.",
      xl,
      "ssh user@web1 systemctl is-system-running",
    ),
    copy: lacks(
      "For the same reason it is ssh's. The disk of a domain that does not run can be mounted in dom0.",
      xl,
      `scp index.html user@web1:
mount /dev/vg0/web1 /mnt`,
    ),
    limit: does(
      `xl mem-set web1 2g
xl vcpu-set web1 2`,
      xl,
      "At once, up to `maxmem` and `maxvcpus` of its file; for good `memory` and `vcpus` there. `xl mem-set` without a unit means KiB.",
    ),
    disk: does(
      `lvcreate --name data --size 10G vg0
xl block-attach web1 format=raw,vdev=xvdb,access=rw,target=/dev/vg0/data`,
      `${man}/xl-disk-configuration.5.html`,
      "Until it ends; for good, one more entry of `disk` in its file.",
    ),
    network: does(
      "xl network-attach web1 bridge=xenbr0",
      `${man}/xl-network-configuration.5.html`,
      "Until it ends; for good, one more entry of `vif`. On a bridge a guest has an address of the LAN's, and nothing needs to be published.",
    ),
    snapshot: lacks(
      "`xl save` keeps the memory; the disks are their storage's to keep, at the same moment. `xl save -p` leaves the domain paused for that.",
      xl,
      `xl save -p web1 /var/lib/xen/save/web1.before
lvcreate --snapshot --name web1-before --size 5G vg0/web1
xl unpause web1
# back
xl destroy web1
lvconvert --merge vg0/web1-before
xl restore /var/lib/xen/save/web1.before`,
    ),
    clone: lacks(
      "There is no verb for it. With the domain off, copy disk and file; without a `mac` in `vif` the clone gets an address of its own.",
      `${man}/xl.cfg.5.html`,
      `lvcreate --name web2 --size 20G vg0
dd if=/dev/vg0/web1 of=/dev/vg0/web2 bs=4M
sed 's/web1/web2/g' /etc/xen/web1.cfg >/etc/xen/web2.cfg`,
    ),
    move: does(
      "xl migrate web1 host2",
      xl,
      "While it runs, over ssh. Both hosts see the disks under the same path. The file in `/etc/xen` stays behind.",
    ),
    delete: does(
      `xl destroy web1
rm /etc/xen/web1.cfg
lvremove vg0/web1`,
      xl,
      "There is no way back. `xl destroy` pulls the plug. `lvremove` asks before it deletes the disk.",
    ),
    logs: does(
      `xl dmesg
less /var/log/xen/xl-web1.log`,
      xl,
      "The hypervisor's messages, and `xl`'s own about this domain.",
    ),
  },
};
