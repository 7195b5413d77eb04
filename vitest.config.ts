import { defineConfig } from "vitest/config";

const minute = 60_000;

/**
 * How long a test may take: it ends one that hangs, and judges no machine. A part of the tests runs beside others, on a machine that
 * may be busy with more.
 */
const limits = { testTimeout: 5 * minute, hookTimeout: 5 * minute, expect: { poll: { timeout: minute / 2 } } };

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
          ...limits,
        },
      },
      {
        // One run holds a host, so these wait for each other.
        test: {
          name: "runs",
          include: runs,
          fileParallelism: false,
          ...limits,
        },
      },
      {
        test: {
          name: "launcher",
          include: ["test/launcher/**/*.test.ts"],
          ...limits,
        },
      },
      {
        // One built site, one Chromium a file.
        test: {
          name: "browser",
          include: ["test/browser/**/*.test.ts"],
          globalSetup: ["test/browser/support/build-site.ts"],
          ...limits,
        },
      },
      {
        // Real containers on this machine: one file at a time (scripts/test.ts passes --no-file-parallelism).
        test: {
          name: "e2e",
          include: ["test/e2e/**/*.test.ts"],
          // Tests that run beside each other have a clean host each.
          maxConcurrency: 3,
          ...limits,
          testTimeout: 10 * minute,
          hookTimeout: 10 * minute,
        },
      },
    ],
  },
});
