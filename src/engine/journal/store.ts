import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import { RunbookError } from "../../errors/runbook-error.ts";
import { journalError } from "./errors.ts";
import { schema, schemaChanges, schemaVersion } from "./schema.ts";
import { journalFile, openStateDir } from "./state-dir.ts";

/** A row of a query. */
export type Row = Record<string, string | number | null | Uint8Array>;

/** How long to wait for another process that writes. */
const busyMs = 10_000;

/** The journal's file: prepared statements, transactions, and errors in people's words. */
export class Store {
  readonly #file: string;
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  /** Opens the journal of a state directory, and makes both where they are not there. */
  constructor(directory: string) {
    this.#file = join(openStateDir(directory), journalFile);
    this.#database = this.#try(() => {
      // SQLite gives its other files the mode of this one.
      closeSync(openSync(this.#file, "a", 0o600));
      return new DatabaseSync(this.#file, { timeout: busyMs });
    });
    this.#try(() => this.#prepare());
  }

  /** Changes rows; says how many. */
  run(sql: string, ...values: SQLInputValue[]): number {
    return this.#try(() => Number(this.#statement(sql).run(...values).changes));
  }

  /** The first row, if any. */
  get(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.#try(() => this.#statement(sql).get(...values) as Row | undefined);
  }

  /** Every row. */
  all(sql: string, ...values: SQLInputValue[]): Row[] {
    return this.#try(() => this.#statement(sql).all(...values) as Row[]);
  }

  /** Makes several changes one: all of them are there after a kill, or none. */
  together<T>(changes: () => T): T {
    if (this.#database.isTransaction) return changes();
    this.#try(() => this.#database.exec("BEGIN IMMEDIATE"));
    try {
      const result = changes();
      this.#try(() => this.#database.exec("COMMIT"));
      return result;
    } catch (error) {
      // A full disk may have ended the transaction already.
      if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
      throw error;
    }
  }

  /**
   * Changes rows without fsync: a kill of the runner loses nothing; after a power cut the last changes may be missing,
   * never half written. For records of what has happened. The next change with fsync brings these to the disk, too.
   */
  afterwards<T>(changes: () => T): T {
    if (this.#database.isTransaction) return changes();
    this.#database.exec("PRAGMA synchronous = NORMAL");
    try {
      return this.together(changes);
    } finally {
      this.#database.exec("PRAGMA synchronous = FULL");
    }
  }

  /** Gives the space of removed rows back to the file system; while others read, the file keeps it for new rows. */
  shrink(): void {
    try {
      this.#database.exec("VACUUM; PRAGMA wal_checkpoint(TRUNCATE)");
    } catch {}
  }

  close(): void {
    if (this.#database.isOpen) this.#database.close();
  }

  #prepare(): void {
    // FULL, fsync at each commit: what is about to happen is on the disk before it happens.
    this.#database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON");
    if (this.#version() === schemaVersion) return;
    this.together(() => {
      const version = this.#version(); // another process may have been first
      if (version > schemaVersion) throw tooNew(this.#file);
      const changes = version === 0 ? [schema] : schemaChanges.slice(version - 1);
      this.#database.exec([...changes, `PRAGMA user_version = ${schemaVersion}`].join(";"));
    });
  }

  #version(): number {
    return Number(this.#database.prepare("PRAGMA user_version").get()?.user_version);
  }

  #statement(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.#database.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  #try<T>(action: () => T): T {
    try {
      return action();
    } catch (error) {
      throw journalError(error, this.#file);
    }
  }
}

function tooNew(file: string): RunbookError {
  return new RunbookError("journal-newer", `The journal ${file} was written by a newer version of runbook.`, {
    hint: "Use that version, or name another directory: RUNBOOK_STATE_DIR=DIR.",
  });
}
