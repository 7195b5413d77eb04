import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

/** Those of `names` that are not installed; an empty list on a system other than Debian. */
function missingPackages(names: string[]): string[] {
  return names.filter((name) => {
    const query = spawnSync("dpkg-query", ["--show", "--showformat=${db:Status-Status}", name], { encoding: "utf8" });
    return query.stdout?.trim() !== "installed";
  });
}

/** Installs those of `names` that are missing. Without root, prints the command for that and exits with 3, as the launcher does. */
export function supplyPackages(names: string[]): void {
  const missing = existsSync("/etc/debian_version") ? missingPackages(names) : [];
  if (missing.length === 0) return;
  const line = `apt-get install --yes --no-install-recommends ${missing.join(" ")}`;
  if (process.getuid?.() !== 0) {
    console.error(`missing on this machine: ${missing.join(" ")}; as root:\n    apt-get update && ${line}`);
    process.exit(3);
  }
  console.error(line);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const stdio: ["ignore", "ignore", "inherit"] = ["ignore", "ignore", "inherit"];
  spawnSync("apt-get", ["-qq", "update"], { env, stdio });
  const [command = "", ...rest] = line.split(" ");
  const done = spawnSync(command, ["-qq", "-o", "DPkg::Lock::Timeout=300", ...rest], { env, stdio });
  if (done.status !== 0) {
    console.error(`could not install ${missing.join(" ")}`);
    process.exit(3);
  }
}

/** The names in a list file: one on each line; `#` starts a comment. */
export function readPackageList(file: string): string[] {
  return readFileSync(file, "utf8")
    .split("\n")
    .map((line) => line.replace(/#.*/, "").trim())
    .filter(Boolean);
}
