import { defineConfig } from "vitest/config";

const minute = 60_000;

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: ["test/{e2e,browser,launcher}/**", "test/**/fixtures/**"],
          testTimeout: minute / 2,
          hookTimeout: minute / 2,
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
          globalSetup: ["test/browser/build-site.ts"],
          testTimeout: minute,
          hookTimeout: 2 * minute,
        },
      },
      {
        // Real containers on this machine: one test at a time (scripts/test.ts passes --no-file-parallelism).
        test: {
          name: "e2e",
          include: ["test/e2e/**/*.test.ts"],
          testTimeout: 10 * minute,
          hookTimeout: 10 * minute,
        },
      },
    ],
  },
});
