-- What a run found as it was before is not brought in again.
CREATE TABLE settled (
  concept INTEGER PRIMARY KEY REFERENCES concept,
  stamp   BLOB NOT NULL,
  serial  INTEGER NOT NULL
);
