import { RunbookError } from "../../errors/runbook-error.ts";
import type { Outcome } from "../events.ts";
import { brokenRecord } from "./errors.ts";
import type { OutputPiece, RunRecord, SavedFile, SetRecord, ShellRecord, StepRecord, WorkRecord } from "./record.ts";
import {
  isEnd,
  isFields,
  isOutcome,
  isOutlines,
  isPieces,
  isRecipe,
  isTextMap,
  isTexts,
  type Shape,
} from "./shapes.ts";
import type { Row, Store } from "./store.ts";

/** All runs, the latest first. */
export function readRuns(store: Store): RunRecord[] {
  return store.all(`SELECT * FROM runs ORDER BY "order" DESC`).map((row) => toRun(store, row));
}

/** Runs on a host that neither ended nor were swept, the latest first. */
export function readUnfinished(store: Store, host: string): RunRecord[] {
  return store
    .all(`SELECT * FROM runs WHERE host = ? AND finished IS NULL AND swept = 0 ORDER BY "order" DESC`, host)
    .map((row) => toRun(store, row));
}

/** The one run whose id is this or begins so. */
export function readRun(store: Store, idOrPrefix: string): RunRecord {
  const rows = store.all(
    `SELECT * FROM runs WHERE id = ?1 OR substr(id, 1, length(?1)) = ?1 ORDER BY id = ?1 DESC, "order" DESC`,
    idOrPrefix,
  );
  const [first, second] = rows;
  if (!first || idOrPrefix === "") {
    throw new RunbookError("unknown-run", `The journal has no run "${idOrPrefix}".`);
  }
  if (second && first.id !== idOrPrefix) {
    throw new RunbookError("ambiguous-run", `"${idOrPrefix}" begins the ids of ${rows.length} runs.`, {
      hint: `Write more of it: ${rows
        .slice(0, 5)
        .map((row) => row.id)
        .join(", ")}.`,
    });
  }
  return toRun(store, first);
}

/** The steps of a run in the plan's order. */
export function readSteps(store: Store, run: string): StepRecord[] {
  return store
    .all(`SELECT * FROM steps LEFT JOIN outputs USING (run, key) WHERE run = ? ORDER BY position`, run)
    .map(toStep);
}

/** The steps of a run whose own commands ran and were not undone, without the steps that only read. */
export function readWork(store: Store, run: string): WorkRecord[] {
  const rows = store.all(
    `SELECT key, hash, target, begun, recipe, path FROM steps LEFT JOIN saved_files USING (run, key)
     WHERE run = ? AND begun IS NOT NULL AND undone = 0
       AND NOT EXISTS (SELECT 1 FROM sets WHERE sets.run = steps.run AND sets.key = steps.key)
     ORDER BY position`,
    run,
  );
  return rows.map(toWork).filter(({ recipe }) => !recipe?.sets);
}

function toWork(row: Row): WorkRecord {
  return {
    key: String(row.key),
    hash: String(row.hash),
    target: String(row.target),
    begun: Number(row.begun),
    ...(row.recipe === null ? {} : { recipe: parse(row.recipe, isRecipe) }),
    ...(row.path === null ? {} : { path: String(row.path) }),
  };
}

/** The latest state of a target's shell at a step: after this step, or after an earlier step of the same line of runs. */
export function readStateAt(store: Store, line: readonly string[], key: string, target: string): string | undefined {
  const runs = line.map(() => "?").join(", ");
  const row = store.get(
    `SELECT text FROM kept_states JOIN states ON states.hash = state JOIN steps USING (run, key)
     WHERE run IN (${runs}) AND kept_states.target = ?
       AND begun <= (SELECT max(begun) FROM steps WHERE run IN (${runs}) AND key = ?)
     ORDER BY begun DESC LIMIT 1`,
    ...[...line, target, ...line, key],
  );
  return row === undefined ? undefined : String(row.text);
}

/** The output of a step, as far as the journal keeps it. */
export function readOutput(store: Store, run: string, key: string): OutputPiece[] {
  return pieces(store.get(`SELECT pieces FROM outputs WHERE run = ? AND key = ?`, run, key)?.pieces);
}

/** The variables that a run's steps handed on, in the order in which they did. */
export function readSets(store: Store, run: string): SetRecord[] {
  return store
    .all(`SELECT key, name, value FROM sets WHERE run = ? ORDER BY "order"`, run)
    .map((row) => ({ ...row }) as unknown as SetRecord);
}

/** The shells that a run entered, in order. */
export function readShells(store: Store, run: string): ShellRecord[] {
  return store
    .all(`SELECT target, command, pid FROM shells WHERE run = ? ORDER BY "order"`, run)
    .map((row) => ({ ...row }) as unknown as ShellRecord);
}

/** What was at a step's path before it wrote there. */
export function readSavedFile(store: Store, run: string, key: string): SavedFile | undefined {
  const row = store.get(`SELECT * FROM saved_files WHERE run = ? AND key = ?`, run, key);
  if (!row) return undefined;
  return {
    path: String(row.path),
    existed: row.existed === 1,
    content: Buffer.from(row.content as Uint8Array),
    mode: Number(row.mode),
    uid: Number(row.uid),
    gid: Number(row.gid),
    ...(row.link === null ? {} : { link: String(row.link) }),
    ...(row.made === null ? {} : { made: String(row.made) }),
  };
}

function toRun(store: Store, row: Row): RunRecord {
  const id = String(row.id);
  return {
    order: Number(row.order),
    id,
    kind: row.kind as RunRecord["kind"],
    runbook: String(row.runbook),
    host: String(row.host),
    pid: Number(row.pid),
    started: String(row.started),
    values: parse(row.values, isTextMap),
    secrets: parse(row.secrets, isTexts),
    options: parse(row.options, isFields),
    runbooks: row.runbooks === null ? [] : parse(row.runbooks, isOutlines),
    steps: store
      .all(`SELECT key, hash, target FROM steps WHERE run = ? ORDER BY position`, id)
      .map((step) => ({ ...step }) as RunRecord["steps"][number]),
    swept: row.swept === 1,
    ...(row.resumes === null ? {} : { resumes: String(row.resumes) }),
    ...(row.undoes === null ? {} : { undoes: parse(row.undoes, isTexts) }),
    ...(row.finished === null
      ? {}
      : { finished: String(row.finished), outcome: outcomeOf(row), exitCode: Number(row.exit_code) }),
  };
}

function toStep(row: Row): StepRecord {
  return {
    key: String(row.key),
    hash: String(row.hash),
    target: String(row.target),
    undone: row.undone === 1,
    kept: row.undone === 2,
    output: pieces(row.pieces),
    ...(row.started === null ? {} : { started: String(row.started), attempt: Number(row.attempt) }),
    ...(row.begun === null ? {} : { begun: Number(row.begun) }),
    ...(row.finished === null ? {} : { finished: String(row.finished), end: parse(row.end, isEnd) }),
  };
}

function pieces(text: Row[string] | undefined): OutputPiece[] {
  return text === null || text === undefined ? [] : parse(text, isPieces);
}

function outcomeOf({ outcome }: Row): Outcome {
  if (isOutcome(outcome)) return outcome;
  throw brokenRecord(new Error(`no run ends as "${outcome}"`));
}

/** Parses a record's JSON. Throws `journal-broken` where the text is damaged, or says something else. */
function parse<T>(text: Row[string] | undefined, is: Shape<T>): T {
  let value: unknown;
  try {
    value = JSON.parse(String(text));
  } catch (error) {
    throw brokenRecord(error);
  }
  if (is(value)) return value;
  throw brokenRecord(new Error("it holds something else than was written there"));
}
