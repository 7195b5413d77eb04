import { hash } from "node:crypto";
import type { Outcome, Phase } from "../events.ts";
import { type Correction, corrections } from "./corrections.ts";
import { LeftWork } from "./left-work.ts";
import { OutputKeeper } from "./output/output-keeper.ts";
import { type Pruning, pruneRuns } from "./prune.ts";
import * as read from "./read.ts";
import type {
  KeptState,
  NewRun,
  RunRecord,
  SavedFile,
  SetRecord,
  ShellRecord,
  StepEnd,
  StepRecipe,
  StepRecord,
  WorkRecord,
} from "./record.ts";
import { makeRunId } from "./run-id.ts";
import { Store } from "./store.ts";

/**
 * What runs did on this machine's hosts, written before and after it happens: whenever the runner
 * is killed, the journal holds exactly the steps begun and finished. All text comes masked.
 */
export class Journal {
  readonly #store: Store;
  readonly #output: OutputKeeper;
  readonly left: LeftWork;

  private constructor(store: Store) {
    this.#store = store;
    this.#output = new OutputKeeper(store);
    this.left = new LeftWork(store);
  }

  /** Opens the journal of a state directory; refuses a directory where others could write. */
  static open(stateDir: string): Journal {
    return new Journal(new Store(stateDir));
  }

  /** An id that no run of this journal has. */
  newRunId(): string {
    for (;;) {
      const id = makeRunId(new Date());
      if (!this.#store.get(`SELECT 1 FROM runs WHERE id = ?`, id)) return id;
    }
  }

  /** Makes several changes as one transaction: after a kill all of them are there, or none. */
  together<T>(changes: () => T): T {
    return this.#store.together(changes);
  }

  /** Writes down a run and its plan; the first step's begin brings it to the disk. */
  createRun(run: NewRun): void {
    this.#store.afterwards(() => {
      this.#store.run(
        `INSERT INTO runs (id, kind, runbook, host, pid, started, "values", secrets, options, runbooks, resumes, undoes)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        ...[run.id, run.kind, run.runbook, run.host, run.pid, run.started],
        ...[run.values, run.secrets, run.options, run.runbooks].map((value) => JSON.stringify(value)),
        ...[run.resumes ?? null, run.undoes ? JSON.stringify(run.undoes) : null],
      );
      for (const [position, { key, hash, target }] of run.steps.entries()) {
        this.#store.run(
          `INSERT INTO steps (run, position, key, hash, target) VALUES (?, ?, ?, ?, ?)`,
          ...[run.id, position, key, hash, target],
        );
      }
    });
  }

  /** Keeps the values of a run, once some more have been computed. */
  setValues(run: string, values: Record<string, string>): void {
    this.#store.run(`UPDATE runs SET "values" = ? WHERE id = ?`, JSON.stringify(values), run);
  }

  /** Writes down how a run ended; `close` brings it to the disk. */
  finishRun(run: string, outcome: Outcome, exitCode: number): void {
    this.#store.afterwards(() => {
      this.#output.flushAll();
      this.#store.run(
        `UPDATE runs SET finished = ?, outcome = ?, exit_code = ? WHERE id = ?`,
        ...[now(), outcome, exitCode, run],
      );
    });
  }

  /** Records that a step is next, before its first check is asked. */
  startStep(run: string, key: string): void {
    this.#store.afterwards(() =>
      this.#changeStep(`UPDATE steps SET started = ?, attempt = 1 WHERE run = ? AND key = ?`, now(), run, key),
    );
  }

  /** Records that a step's own commands begin, before they do: from now on it can be undone. */
  beginStep(run: string, key: string, attempt: number, recipe?: StepRecipe): void {
    this.#changeStep(
      `UPDATE steps SET begun = (SELECT coalesce(max(begun), 0) + 1 FROM steps), started = coalesce(started, ?),
       attempt = ?, recipe = ?, finished = NULL, "end" = NULL WHERE run = ? AND key = ?`,
      ...[now(), attempt, recipe ? JSON.stringify(recipe) : null, run, key],
    );
  }

  /** Writes down how a step ended, with the last of its output, and the state that it left where that is not kept yet. */
  finishStep(run: string, key: string, end: StepEnd, left?: KeptState): void {
    this.#store.afterwards(() => {
      this.#output.flush(run, key);
      if (left) this.saveState(run, key, left);
      this.#changeStep(
        `UPDATE steps SET finished = ?, "end" = ? WHERE run = ? AND key = ?`,
        ...[now(), JSON.stringify(end), run, key],
      );
    });
    this.#output.forget(run, key);
  }

  /** See corrections.ts. */
  correctStep(run: string, key: string, correction: Correction): void {
    this.#store.afterwards(() => this.#changeStep(corrections[correction], run, key));
  }

  /** Keeps head and tail of a step's output; on the disk half a second later, or when the step has ended. */
  appendOutput(run: string, key: string, phase: Phase, stream: "stdout" | "stderr", text: string): void {
    this.#output.append(run, key, phase, stream, text);
  }

  /** Keeps a shell's state after a step; equal states are stored once. */
  saveState(run: string, key: string, { target, state }: KeptState): void {
    const name = hash("sha256", state);
    this.#store.afterwards(() => {
      this.#store.run(`INSERT OR IGNORE INTO states (hash, text) VALUES (?, ?)`, name, state);
      this.#store.run(
        `INSERT OR REPLACE INTO kept_states (run, key, target, state) VALUES (?, ?, ?, ?)`,
        ...[run, key, target, name],
      );
    });
  }

  /** The state that a step left its target's shell in. */
  stateAfter(run: string, key: string): string | undefined {
    return text(
      this.#store.get(`SELECT text FROM kept_states JOIN states ON hash = state WHERE run = ? AND key = ?`, run, key),
    );
  }

  /** The state of a target's shell after a step: left by the step, or else the latest one before. */
  stateAt(line: readonly string[], key: string, target: string): string | undefined {
    return read.readStateAt(this.#store, line, key, target);
  }

  /** The latest state of a shell in a run. */
  lastState(run: string, target: string): string | undefined {
    return text(
      this.#store.get(
        `SELECT text FROM kept_states JOIN states ON hash = state WHERE run = ? AND target = ?
         ORDER BY kept_states."order" DESC LIMIT 1`,
        ...[run, target],
      ),
    );
  }

  /** Keeps a variable that a step hands on. */
  addSets(run: string, key: string, name: string, value: string): void {
    this.#store.afterwards(() =>
      this.#store.run(`INSERT OR REPLACE INTO sets (run, key, name, value) VALUES (?, ?, ?, ?)`, run, key, name, value),
    );
  }

  /** The variables that a run's steps handed on, in order. */
  sets(run: string): SetRecord[] {
    return read.readSets(this.#store, run);
  }

  /** Writes down a shell that a run enters; a step's begin there brings it to the disk. */
  addShell(run: string, { target, command, pid }: ShellRecord): void {
    this.#store.afterwards(() =>
      this.#store.run(`INSERT INTO shells (run, target, command, pid) VALUES (?, ?, ?, ?)`, run, target, command, pid),
    );
  }

  /** The shells that a run entered, in order. */
  shells(run: string): ShellRecord[] {
    return read.readShells(this.#store, run);
  }

  /** Keeps what is at a path before a step writes there; the first attempt's stays. */
  saveFile(run: string, key: string, file: SavedFile): void {
    this.#store.run(
      `INSERT OR IGNORE INTO saved_files (run, key, path, existed, content, mode, uid, gid, link, made)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ...[run, key, file.path, file.existed ? 1 : 0, file.content, file.mode, file.uid, file.gid],
      ...[file.link ?? null, file.made ?? null],
    );
  }

  /** What was at a step's path before it wrote there. */
  savedFile(run: string, key: string): SavedFile | undefined {
    return read.readSavedFile(this.#store, run, key);
  }

  /** Writes down that a step's work was taken away. */
  markUndone(run: string, key: string): void {
    this.#changeStep(`UPDATE steps SET undone = 1 WHERE run = ? AND key = ?`, run, key);
  }

  /** Records that a step's work stays: later undos leave it out. */
  markKept(run: string, key: string): void {
    this.#changeStep(`UPDATE steps SET undone = 2 WHERE run = ? AND key = ?`, run, key);
  }

  /** The steps of a run whose work is there. A step that only reads is no work. */
  work(run: string): WorkRecord[] {
    return read.readWork(this.#store, run);
  }

  /** All runs, the latest first. */
  runs(): RunRecord[] {
    return read.readRuns(this.#store);
  }

  /** The run whose id is this or begins so; throws `unknown-run` or `ambiguous-run`. */
  run(idOrPrefix: string): RunRecord {
    return read.readRun(this.#store, idOrPrefix);
  }

  /** The steps of a run in the plan's order, with their kept output. */
  steps(run: string): StepRecord[] {
    return read.readSteps(this.#store, run);
  }

  /** Runs on a host that neither ended nor were swept, the latest first. */
  unfinished(host: string): RunRecord[] {
    return read.readUnfinished(this.#store, host);
  }

  /** Writes down that all that a killed run left alive has been ended. */
  markSwept(run: string): void {
    this.#store.run(`UPDATE runs SET swept = 1 WHERE id = ?`, run);
  }

  /** Removes old runs, gives their ids; never an unfinished one or, unless forced, one that an undo needs. */
  prune(pruning: Pruning): string[] {
    return pruneRuns(this.#store, pruning);
  }

  /** Writes buffered output, and closes the file. */
  close(): void {
    try {
      this.#output.flushAll();
    } finally {
      this.#store.close();
    }
  }

  #changeStep(sql: string, ...values: (string | number | null)[]): void {
    if (this.#store.run(sql, ...values) !== 1)
      throw new Error(`The journal has no step ${values.at(-1)} of run ${values.at(-2)}.`);
  }
}

function now(): string {
  return new Date().toISOString();
}

function text(row: { text?: unknown } | undefined): string | undefined {
  return row === undefined ? undefined : String(row.text);
}
