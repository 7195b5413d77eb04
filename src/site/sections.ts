import { globSync } from "node:fs";

/** Folders of content/ whose title is not just their name with a capital. */
const titles: Record<string, string> = {
  authors: "For authors",
  fix: "Fix an error",
  "hyper-v": "Hyper-V",
  kvm: "KVM",
  lxc: "LXC",
  lxd: "LXD",
  qemu: "QEMU",
  topics: "Across systems",
  virtualbox: "VirtualBox",
  vmware: "VMware",
};

/** The systems, in the order in which they are shown. */
export const systems: [string, ...string[]] = [
  "docker",
  "lxc",
  "lxd",
  "incus",
  "qemu",
  "kvm",
  "xen",
  "virtualbox",
  "vmware",
  "hyper-v",
];

/** The title of a folder of content/, for the list of contents. */
export function titleOfFolder(folder: string): string {
  return titles[folder] ?? folder.charAt(0).toUpperCase() + folder.slice(1).replaceAll("-", " ");
}

interface Group {
  label: string;
  collapsed?: boolean;
  items: (string | { autogenerate: { directory: string } } | Group | { label: string; link: string })[];
}

/** The list of contents, of the pages that there are in a folder. */
export function sidebarOf(content: string): Group["items"] {
  const pages = globSync("**/*.{md,mdx}", { cwd: content })
    .map((page) => page.replace(/(\/index)?\.mdx?$/, ""))
    .sort();
  const inside = (folder: string) => pages.filter((page) => page.startsWith(`${folder}/`));
  const known = new Set([...systems, "topics", "fix", "howto", "authors", "reference"]);
  const others = [...new Set(pages.map((page) => page.split("/")[0] ?? ""))].filter(
    (folder) => !known.has(folder) && inside(folder).length > 0,
  );
  const folder = (name: string): Group[] =>
    // The prefix is needed, or the group is silently empty.
    inside(name).length > 0
      ? [{ label: titleOfFolder(name), items: [{ autogenerate: { directory: `content/${name}` } }] }]
      : [];
  return [
    { label: "Choose", link: "/choose/" },
    { label: "Compare", link: "/compare/" },
    { label: "How-to", link: "/how-to/" },
    { label: "Everyday commands", link: "/verbs/" },
    { label: "Proof", link: "/proof/" },
    { label: "Systems", items: systems.filter((name) => pages.includes(name)) },
    {
      label: "Procedures",
      items: systems.flatMap((name) => {
        const items = inside(name);
        return items.length > 0 ? [{ label: titleOfFolder(name), items }] : [];
      }),
    },
    ...folder("howto"),
    ...folder("topics"),
    ...folder("fix").map((group) => ({ ...group, collapsed: true })),
    ...others.flatMap(folder),
    ...(pages.includes("glossary") ? ["glossary"] : []),
    ...folder("authors"),
    ...folder("reference"),
  ];
}
