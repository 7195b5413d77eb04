import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright";

const debian = "/usr/bin/chromium";

/** Debian's Chromium where there is one. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    ...(existsSync(debian) && { executablePath: debian }),
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });
}
