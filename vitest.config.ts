import { defineConfig } from "vitest/config";

const minute = 60_000;

/** Tests that run pages on this machine. */
const runs = ["test/engine/{run,shell,targets}/**/*.test.ts", "test/cli/**/*.test.ts"];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: ["test/{e2e,browser,launcher}/**", ...runs, "test/**/fixtures/**"],
          // Modules are loaded once a worker, a third of the work. A test that changes the environment puts it back.
          isolate: false,
          testTimeout: minute / 2,
          hookTimeout: minute / 2,
        },
      },
      {
        // One run holds a host, so these wait for each other.
        test: {
          name: "runs",
          include: runs,
          fileParallelism: false,
          testTimeout: minute,
          hookTimeout: minute,
        },
      },
      {
        test: {
          name: "launcher",
          include: ["test/launcher/**/*.test.ts"],
          testTimeout: 3 * minute,
          hookTimeout: 3 * minute,
        },
      },
      {
        // One built site, one Chromium a file.
        test: {
          name: "browser",
          include: ["test/browser/**/*.test.ts"],
          globalSetup: ["test/browser/support/build-site.ts"],
          // A page follows a click later on a busy machine.
          expect: { poll: { timeout: minute / 4 } },
          testTimeout: minute,
          hookTimeout: 2 * minute,
        },
      },
      {
        // Real containers on this machine: one file at a time (scripts/test.ts passes --no-file-parallelism).
        test: {
          name: "e2e",
          include: ["test/e2e/**/*.test.ts"],
          // Tests that run beside each other have a clean host each.
          maxConcurrency: 3,
          testTimeout: 10 * minute,
          hookTimeout: 10 * minute,
        },
      },
    ],
  },
});
