-- The termbase: concept entries as in ISO 30042, who changed them, and what a person decided.
-- Lists that are always read and written with their owner (contexts, definitions, reasons ...) are JSON in one column;
-- what is looked up (forms, status, runs, documents) is a column with an index.

CREATE TABLE run (
  number    INTEGER PRIMARY KEY,
  signature TEXT NOT NULL,
  started   TEXT NOT NULL,
  name      TEXT NOT NULL,
  versions  TEXT NOT NULL              -- JSON object
);

-- Documents are recognised by their content: the same name with another digest is another row.
CREATE TABLE document (
  number     INTEGER PRIMARY KEY,
  name       TEXT NOT NULL,
  digest     TEXT NOT NULL,            -- SHA-256 of the bytes
  format     TEXT NOT NULL,
  characters INTEGER NOT NULL,
  date       TEXT NOT NULL,            -- the document's own
  first_run  INTEGER NOT NULL REFERENCES run,
  last_run   INTEGER NOT NULL REFERENCES run,
  UNIQUE (digest, name)
);

CREATE TABLE concept (
  number             INTEGER PRIMARY KEY,          -- 1 is shown as c0001
  status             TEXT NOT NULL CHECK (status IN ('suggested', 'approved', 'rejected')),
  subject_field      TEXT NOT NULL,
  category           TEXT NOT NULL,
  note               TEXT NOT NULL,
  score              REAL NOT NULL,
  frequency          INTEGER NOT NULL,
  document_frequency INTEGER NOT NULL,
  reasons            TEXT NOT NULL,
  spread             TEXT NOT NULL,
  extra              TEXT NOT NULL,
  first_run          INTEGER REFERENCES run,       -- NULL: not mined but entered or imported
  last_run           INTEGER REFERENCES run,
  retired            INTEGER NOT NULL DEFAULT 0,   -- 1: joined to another entry or its creation undone; kept for undo
  joined_to          INTEGER REFERENCES concept    -- where a joined entry lives on
);
CREATE INDEX concept_order ON concept (retired, score DESC, number);
CREATE INDEX concept_first_run ON concept (first_run, retired, score DESC, number);
CREATE INDEX concept_rejected ON concept (status) WHERE status = 'rejected';

CREATE TABLE lang_sec (
  concept     INTEGER NOT NULL REFERENCES concept,
  position    INTEGER NOT NULL,
  lang        TEXT NOT NULL,
  note        TEXT NOT NULL,
  definitions TEXT NOT NULL,
  PRIMARY KEY (concept, position)
);

CREATE TABLE term_sec (
  concept               INTEGER NOT NULL,
  section               INTEGER NOT NULL,          -- position of its lang_sec
  position              INTEGER NOT NULL,          -- 0 is the main term
  term                  TEXT NOT NULL,
  key                   TEXT NOT NULL,             -- simplified, width-folded, without quotation marks and spaces
  term_type             TEXT NOT NULL,
  administrative_status TEXT NOT NULL,
  process_status        TEXT NOT NULL,
  part_of_speech        TEXT NOT NULL,
  reading               TEXT NOT NULL,
  contexts              TEXT NOT NULL,
  sources               TEXT NOT NULL,
  origin                TEXT NOT NULL,
  reliability           INTEGER NOT NULL,
  frequency             INTEGER NOT NULL,
  geographical_usage    TEXT NOT NULL,
  note                  TEXT NOT NULL,
  PRIMARY KEY (concept, section, position),
  FOREIGN KEY (concept, section) REFERENCES lang_sec (concept, position) ON DELETE CASCADE
);
CREATE INDEX term_sec_key ON term_sec (key);

CREATE TABLE link (
  concept  INTEGER NOT NULL REFERENCES concept,
  position INTEGER NOT NULL,
  kind     TEXT NOT NULL,
  target   INTEGER NOT NULL REFERENCES concept,
  term     TEXT NOT NULL,
  rule     TEXT NOT NULL,
  PRIMARY KEY (concept, position)
);
CREATE INDEX link_target ON link (target);

-- Every change of an entry, oldest first; `changes` is a JSON list of [path, before] (a machine's) or
-- [path, before, after, decided before] (a person's), enough to go back to any earlier state.
CREATE TABLE history (
  serial  INTEGER PRIMARY KEY,
  batch   INTEGER,                     -- the serial of the first of several changes made by one act, else NULL
  concept INTEGER NOT NULL REFERENCES concept,
  kind    TEXT NOT NULL,               -- origination, modification (a person's), refresh (a machine's)
  made    TEXT NOT NULL,               -- ISO date and time
  who     TEXT NOT NULL,
  what    TEXT NOT NULL,
  origin  TEXT NOT NULL,               -- the file or run it came from
  undoes  INTEGER REFERENCES history,
  changes TEXT NOT NULL
);
CREATE INDEX history_concept ON history (concept, serial);
CREATE INDEX history_batch ON history (batch);

-- The fields that a person set: no run ever changes them. A path ["removed", lang, key] keeps a term from coming back,
-- ["renamed", lang, key] says that this entry is meant where it comes, ["*"] that all the entry states is a person's.
CREATE TABLE decided (
  concept INTEGER NOT NULL REFERENCES concept,
  path    TEXT NOT NULL,               -- JSON list
  PRIMARY KEY (concept, path)
) WITHOUT ROWID;
CREATE INDEX decided_path ON decided (path);

-- What the last run found for an entry (a hash of it), where bringing the same in again would change nothing as long as the
-- entry's latest change is the one of that serial.
CREATE TABLE settled (
  concept INTEGER PRIMARY KEY REFERENCES concept,
  stamp   BLOB NOT NULL,
  serial  INTEGER NOT NULL
);

-- Search text: Chinese with a space after every character, so that words of one or two characters are found too.
CREATE VIRTUAL TABLE search USING fts5 (chinese, english, reading, other, tokenize = "unicode61 remove_diacritics 2");
