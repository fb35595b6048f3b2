-- What people rejected, and what is new with a run, is found without reading the whole table.
CREATE INDEX concept_rejected ON concept (status) WHERE status = 'rejected';
DROP INDEX concept_first_run;
CREATE INDEX concept_first_run ON concept (first_run, retired, score DESC, number);
