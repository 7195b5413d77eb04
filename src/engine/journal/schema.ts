/** The version of the tables below; a journal of a later one is refused. */
export const schemaVersion = 5;

/** What steps have left in the background: `place` is a target, or a service's step. */
const leftWork = `
CREATE TABLE left_work (
  "order" INTEGER PRIMARY KEY AUTOINCREMENT,
  run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  place TEXT NOT NULL,
  key TEXT NOT NULL,
  command TEXT NOT NULL,
  service INTEGER NOT NULL
) STRICT;
CREATE INDEX left_work_of_run ON left_work (run);
`;

/**
 * The journal's tables. `INTEGER PRIMARY KEY AUTOINCREMENT` columns never repeat a number, so they
 * tell the order of things even where the clock was set back.
 */
export const schema = `
CREATE TABLE runs (
  "order" INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  runbook TEXT NOT NULL,
  host TEXT NOT NULL,
  pid INTEGER NOT NULL,
  started TEXT NOT NULL,
  "values" TEXT NOT NULL,
  secrets TEXT NOT NULL,
  options TEXT NOT NULL,
  runbooks TEXT,
  resumes TEXT,
  undoes TEXT,
  finished TEXT,
  outcome TEXT,
  exit_code INTEGER,
  swept INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX unfinished_runs ON runs (host) WHERE finished IS NULL AND swept = 0;

CREATE TABLE steps (
  run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  key TEXT NOT NULL,
  hash TEXT NOT NULL,
  target TEXT NOT NULL,
  begun INTEGER,
  started TEXT,
  attempt INTEGER,
  finished TEXT,
  "end" TEXT,
  recipe TEXT,
  undone INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (run, key)
) STRICT;
CREATE INDEX begun_steps ON steps (begun);

CREATE TABLE outputs (
  run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  pieces TEXT NOT NULL,
  PRIMARY KEY (run, key)
) STRICT;

CREATE TABLE states (
  hash TEXT PRIMARY KEY,
  text TEXT NOT NULL
) STRICT;

CREATE TABLE kept_states (
  "order" INTEGER PRIMARY KEY AUTOINCREMENT,
  run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  target TEXT NOT NULL,
  state TEXT NOT NULL REFERENCES states (hash),
  UNIQUE (run, key)
) STRICT;
CREATE INDEX states_in_use ON kept_states (state);

CREATE TABLE sets (
  "order" INTEGER PRIMARY KEY AUTOINCREMENT,
  run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  UNIQUE (run, key, name)
) STRICT;

CREATE TABLE shells (
  "order" INTEGER PRIMARY KEY AUTOINCREMENT,
  run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  target TEXT NOT NULL,
  command TEXT NOT NULL,
  pid INTEGER NOT NULL
) STRICT;
CREATE INDEX shells_of_run ON shells (run);

CREATE TABLE saved_files (
  run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  path TEXT NOT NULL,
  existed INTEGER NOT NULL,
  content BLOB NOT NULL,
  mode INTEGER NOT NULL,
  uid INTEGER NOT NULL,
  gid INTEGER NOT NULL,
  link TEXT,
  made TEXT,
  PRIMARY KEY (run, key)
) STRICT;
${leftWork}`;

/** What makes a journal of version N one of version N + 1, the first for version 1. */
export const schemaChanges = [
  "ALTER TABLE saved_files ADD COLUMN made TEXT",
  // Versions 1 and 2 took a step as begun once its guard was asked: it counts where its own commands left a trace.
  `UPDATE steps SET begun = NULL
   WHERE ran = 0
     AND (finished IS NOT NULL
       OR NOT EXISTS (SELECT 1 FROM saved_files WHERE saved_files.run = steps.run AND saved_files.key = steps.key)
       AND NOT EXISTS (SELECT 1 FROM outputs WHERE outputs.run = steps.run AND outputs.key = steps.key
                       AND outputs.pieces LIKE '%"phase":"run"%'));
   ALTER TABLE steps DROP COLUMN ran;
   ALTER TABLE shells DROP COLUMN nonce`,
  "ALTER TABLE runs ADD COLUMN runbooks TEXT; ALTER TABLE steps ADD COLUMN recipe TEXT",
  leftWork,
];
