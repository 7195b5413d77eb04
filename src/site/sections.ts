/** Folders of content/ whose title is not just their name with a capital. */
const titles: Record<string, string> = {
  kvm: "KVM",
  lxc: "LXC",
  lxd: "LXD",
  qemu: "QEMU",
  virtualbox: "VirtualBox",
  vmware: "VMware",
};

/** The title of a folder of content/, for the list of contents. */
export function titleOfFolder(folder: string): string {
  return titles[folder] ?? folder.charAt(0).toUpperCase() + folder.slice(1).replaceAll("-", " ");
}
