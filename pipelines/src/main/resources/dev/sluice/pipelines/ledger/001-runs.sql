-- Runs and their stages, as the folders of the runs tell them.
CREATE TABLE runs (
  workspace TEXT NOT NULL,
  run_id TEXT NOT NULL,
  pipeline TEXT NOT NULL,
  file TEXT NOT NULL,
  state TEXT NOT NULL,
  reference_free BOOLEAN NOT NULL,
  started TEXT NOT NULL,
  seconds DOUBLE PRECISION NOT NULL,
  host TEXT NOT NULL,
  pid BIGINT NOT NULL,
  heartbeat TEXT NOT NULL,
  files_changed BIGINT NOT NULL,
  PRIMARY KEY (workspace, run_id)
);

CREATE TABLE stages (
  workspace TEXT NOT NULL,
  run_id TEXT NOT NULL,
  ordinal INTEGER NOT NULL,
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  state TEXT NOT NULL,
  fingerprint TEXT,
  attempt TEXT,
  rows_in BIGINT NOT NULL,
  rows_expected BIGINT NOT NULL,
  rows_out BIGINT NOT NULL,
  rows_dead BIGINT NOT NULL,
  rows_unparsed BIGINT NOT NULL,
  shards INTEGER NOT NULL,
  shards_reused INTEGER NOT NULL,
  calls BIGINT NOT NULL,
  calls_from_cache BIGINT NOT NULL,
  prompt_tokens BIGINT NOT NULL,
  completion_tokens BIGINT NOT NULL,
  cost_usd DOUBLE PRECISION NOT NULL,
  seconds DOUBLE PRECISION NOT NULL,
  error TEXT,
  PRIMARY KEY (workspace, run_id, ordinal),
  FOREIGN KEY (workspace, run_id) REFERENCES runs (workspace, run_id) ON DELETE CASCADE
);

CREATE INDEX stages_by_attempt ON stages (workspace, type, fingerprint, attempt);
