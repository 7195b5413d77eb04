import type { CommandErrorCode } from "../../errors/codes.ts";
import { RunbookError } from "../../errors/runbook-error.ts";

interface Cause {
  code: CommandErrorCode;
  message: string;
  hint: string;
}

const busy: Cause = {
  code: "journal-busy",
  message: "is held by another process",
  hint: "Wait for the other command to end, then try again.",
};

const unwritable: Cause = {
  code: "journal-unwritable",
  message: "can't be written",
  hint: "Make room on its file system, or make it writable; a run that this ended can then be resumed.",
};

const broken: Cause = {
  code: "journal-broken",
  message: "is damaged",
  hint: "Move the file away to begin a new one; the runs that it knew can't be resumed or undone then.",
};

/** A record in the journal's file that was damaged. */
export function brokenRecord(cause: unknown): RunbookError {
  return new RunbookError("journal-broken", `A record of the journal ${broken.message}: ${(cause as Error).message}.`, {
    hint: broken.hint,
    cause,
  });
}

/** SQLite's primary result codes, and the system's error names, for faults of the machine. */
const causes: Record<string, Cause> = {
  5: busy, // SQLITE_BUSY
  6: busy, // SQLITE_LOCKED
  8: unwritable, // SQLITE_READONLY
  10: unwritable, // SQLITE_IOERR
  13: unwritable, // SQLITE_FULL
  14: unwritable, // SQLITE_CANTOPEN
  11: broken, // SQLITE_CORRUPT
  26: broken, // SQLITE_NOTADB
  EACCES: unwritable,
  EDQUOT: unwritable,
  EISDIR: broken,
  ENOSPC: unwritable,
  EPERM: unwritable,
  EROFS: unwritable,
};

/** An error of SQLite or the system in people's words; any other error stays as it is. */
export function journalError(error: unknown, file: string): unknown {
  const { code, errcode, errstr, message } = error as Error & { code?: string; errcode?: number; errstr?: string };
  // The low byte is the primary code, the rest says more.
  const cause = causes[errcode === undefined ? (code ?? "") : errcode & 0xff];
  if (!cause) return error;
  return new RunbookError(cause.code, `The journal ${file} ${cause.message}: ${errstr ?? message}.`, {
    hint: cause.hint,
    cause: error,
  });
}
