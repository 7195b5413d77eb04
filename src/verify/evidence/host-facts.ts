import type { EvidenceHost } from "../../evidence/schema.ts";
import type { Runbook } from "../../language/model/runbook.ts";
import { readShell } from "../../language/shell/analyse.ts";
import type { CleanHost } from "../machine/clean-host.ts";

/** Asks a host what it is, and which versions of the tools that a runbook's steps call it has. */
export async function evidenceHost(host: CleanHost, runbook: Runbook): Promise<EvidenceHost> {
  const words = calledWords(runbook);
  const { stdout } = await host.shell(`
. /etc/os-release
if [ "$ID" = debian ]; then echo "os Debian $(cat /etc/debian_version)"; else echo "os $PRETTY_NAME"; fi
echo "kernel $(uname -r)"
if [ -e /sys/fs/cgroup/cgroup.controllers ]; then echo "cgroup 2"; else echo "cgroup 1"; fi
for word in ${words.join(" ")}; do
  path=$(command -v "$word") || continue
  case $path in /*) readlink -f "$path" ;; esac
done | sort -u | while read -r path; do
  dpkg-query --search "$path" 2>/dev/null || dpkg-query --search "\${path#/usr}" 2>/dev/null
done | sed 's/[:,].*//' | sort -u | xargs -r dpkg-query --show --showformat 'tool \${Package} \${Version} \${Essential}\\n'
`);
  const lines = stdout.split("\n").map((line) => line.split(" "));
  const of = (name: string): string =>
    lines
      .find(([key]) => key === name)
      ?.slice(1)
      .join(" ") ?? "";
  const tools = lines.flatMap(([key, name = "", version = "", essential]): [string, string][] =>
    key === "tool" && essential !== "yes" ? [[name, version]] : [],
  );
  return {
    os: of("os"),
    // The suffix behind a kernel's version may name the machine, so it is left out.
    kernel: /^[\d.]+/.exec(of("kernel"))?.[0] ?? "",
    cgroup: of("cgroup") === "2" ? 2 : 1,
    tools: Object.fromEntries(tools),
  };
}

/** The words that stand where a command stands in a runbook's steps. */
function calledWords(runbook: Runbook): string[] {
  const fences = runbook.steps.flatMap(({ on, fence, file, proof }) =>
    file || on !== "host" ? proof : [fence, ...proof],
  );
  const words = fences.flatMap(({ text }) => [...readShell(text).called.keys()]);
  return [...new Set(words)].filter((word) => /^[a-z][a-z0-9_.+-]*$/.test(word)).sort();
}
