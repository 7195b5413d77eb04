import { expect, test } from "vitest";
import { manifestOf } from "../../scripts/package/manifest.ts";

const own = { name: "notes", version: "1.2.3", license: "MIT", dependencies: { vfile: "6.0.3", yaml: "2.9.1" } };

test("the package depends on nothing, and names the repository that a statement of provenance is compared with", () => {
  const manifest = manifestOf(own, "https://github.com/owner/notes");
  expect(manifest).toMatchObject({
    repository: { type: "git", url: "git+https://github.com/owner/notes.git" },
    publishConfig: { provenance: true },
  });
  expect(manifest).not.toHaveProperty("dependencies");
  expect(manifestOf(own)).not.toHaveProperty("repository");
});
