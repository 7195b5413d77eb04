import { existsSync } from "node:fs";
import { type Browser, chromium, type LaunchOptions } from "playwright";

const debian = "/usr/bin/chromium";

/** Starts Debian's Chromium where it is installed, else the Chromium of Playwright. */
export function launchBrowser(options: LaunchOptions = {}): Promise<Browser> {
  return chromium.launch({
    ...options,
    ...(existsSync(debian) && { executablePath: debian }),
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });
}
