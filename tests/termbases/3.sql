BEGIN TRANSACTION;
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
INSERT INTO "concept" VALUES(1,'approved','industry','','已核',0.0,1,1,'','[{"document":"通知.docx","frequency":1,"first":{"document":"通知.docx","line":3,"offset":20,"place":"page 1"},"last":{"document":"通知.docx","line":3,"offset":20,"place":"page 1"}}]','',1,1,0,NULL);
CREATE TABLE decided (
  concept INTEGER NOT NULL REFERENCES concept,
  path    TEXT NOT NULL,               -- JSON list
  PRIMARY KEY (concept, path)
) WITHOUT ROWID;
INSERT INTO "decided" VALUES(1,'["note"]');
INSERT INTO "decided" VALUES(1,'["status"]');
INSERT INTO "decided" VALUES(1,'["term", "en", "gazelle company", "process_status"]');
INSERT INTO "decided" VALUES(1,'["term", "zh-CN", "瞪羚企业", "process_status"]');
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
INSERT INTO "history" VALUES(1,NULL,1,'origination','2026-03-01T09:00:00','termbuilder','mined: glossary','aaaa',NULL,'[]');
INSERT INTO "history" VALUES(2,NULL,1,'modification','2026-11-25T18:31:55+00:00','Wang','status: suggested → approved; process status of 瞪羚企业: unprocessed → finalized; process status of gazelle company: unprocessed → finalized; note: (empty) → 已核','',NULL,'[[["status"],"suggested","approved",false],[["term","zh-CN","瞪羚企业","process_status"],"unprocessed","finalized",false],[["term","en","gazelle company","process_status"],"unprocessed","finalized",false],[["note"],null,"已核",false]]');
CREATE TABLE lang_sec (
  concept     INTEGER NOT NULL REFERENCES concept,
  position    INTEGER NOT NULL,
  lang        TEXT NOT NULL,
  note        TEXT NOT NULL,
  definitions TEXT NOT NULL,
  PRIMARY KEY (concept, position)
);
INSERT INTO "lang_sec" VALUES(1,0,'zh-CN','','');
INSERT INTO "lang_sec" VALUES(1,1,'en','','');
CREATE TABLE link (
  concept  INTEGER NOT NULL REFERENCES concept,
  position INTEGER NOT NULL,
  kind     TEXT NOT NULL,
  target   INTEGER NOT NULL REFERENCES concept,
  term     TEXT NOT NULL,
  rule     TEXT NOT NULL,
  PRIMARY KEY (concept, position)
);
CREATE TABLE run (
  number    INTEGER PRIMARY KEY,
  signature TEXT NOT NULL,
  started   TEXT NOT NULL,
  name      TEXT NOT NULL,
  versions  TEXT NOT NULL              -- JSON object
);
INSERT INTO "run" VALUES(1,'aaaa','2026-03-01T09:00:00','glossary','{}');
CREATE TABLE settled (
  concept INTEGER PRIMARY KEY REFERENCES concept,
  stamp   BLOB NOT NULL,
  serial  INTEGER NOT NULL
);
INSERT INTO "settled" VALUES(1,X'4DE7B7858ABBA2233DA2ADD4DA0846DE',1);
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
INSERT INTO "term_sec" VALUES(1,0,0,'瞪羚企业','瞪羚企业','fullForm','admittedTerm','finalized','','{"text":"dènglíng qǐyè","syllables":["dèng","líng","qǐ","yè"]}','[{"text":"培育瞪羚企业。","source":{"document":"通知.docx","line":3,"offset":20,"place":"page 1"},"term_spans":[[2,6]]}]','','',0,0,'','');
INSERT INTO "term_sec" VALUES(1,1,0,'gazelle company','gazelle company','fullForm','admittedTerm','finalized','','','','','glossary',7,0,'','');
CREATE INDEX concept_order ON concept (retired, score DESC, number);
CREATE INDEX concept_first_run ON concept (first_run, retired, score DESC, number);
CREATE INDEX concept_rejected ON concept (status) WHERE status = 'rejected';
CREATE INDEX term_sec_key ON term_sec (key);
CREATE INDEX link_target ON link (target);
CREATE INDEX history_concept ON history (concept, serial);
CREATE INDEX history_batch ON history (batch);
CREATE INDEX decided_path ON decided (path);
CREATE VIRTUAL TABLE search USING fts5 (chinese, english, reading, other, tokenize = "unicode61 remove_diacritics 2");
INSERT INTO "search" VALUES('瞪 羚 企 业','gazelle company','dènglíng qǐyè','已 核');
COMMIT;
PRAGMA application_id = 1413639268;
PRAGMA user_version = 3;
