import { renameSync, rmSync, writeFileSync } from "node:fs";

/** Puts a file in the place of the one that is there, as a whole or not at all. */
export function replaceFile(file: string, text: string): void {
  const part = `${file}.${process.pid}`;
  try {
    writeFileSync(part, text);
    renameSync(part, file);
  } finally {
    rmSync(part, { force: true });
  }
}
