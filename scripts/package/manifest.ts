/** The parts of the checkout's own package.json that the package needs. */
interface Own {
  name: string;
  version: string;
  license: string;
  dependencies: Record<string, string>;
}

/**
 * The package.json of the package: a program without dependencies, and modules with types. The registry takes a statement of
 * provenance only where the manifest names the repository of the workflow that made the statement.
 */
export function manifestOf({ name, version, license, dependencies }: Own, repository?: string): object {
  return {
    name,
    version,
    description: "Documentation whose procedures run: check, run, undo and prove the commands of your pages",
    license,
    ...(repository && { repository: { type: "git", url: `git+${repository}.git` } }),
    type: "module",
    keywords: ["documentation", "markdown", "runbook", "shell", "remark-plugin", "language-server"],
    engines: { node: ">=24" },
    bin: { runbook: "src/cli/start.cjs" },
    exports: {
      "./language": { types: "./types/language/index.d.ts", default: "./dist/language.js" },
      "./remark-runbook": {
        types: "./types/language/read/remark-runbook.d.ts",
        default: "./dist/remark-runbook.js",
      },
      "./package.json": "./package.json",
    },
    files: ["dist", "src", "types", "CHANGELOG.md"],
    // The types of the plugin refer to `vfile`, which everybody who uses the plugin has already, by unified.
    peerDependencies: { vfile: `>=${dependencies["vfile"]?.split(".")[0]}` },
    peerDependenciesMeta: { vfile: { optional: true } },
    publishConfig: { access: "public", provenance: true },
  };
}
