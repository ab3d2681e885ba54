-- Every committed attempt at an artifact, as its manifest tells it.
CREATE TABLE artifacts (
  workspace TEXT NOT NULL,
  type TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  attempt TEXT NOT NULL,
  stage TEXT NOT NULL,
  digest TEXT NOT NULL,
  row_count BIGINT NOT NULL,
  table_bytes BIGINT NOT NULL,
  reference_free BOOLEAN NOT NULL,
  started TEXT NOT NULL,
  finished TEXT NOT NULL,
  seconds DOUBLE PRECISION NOT NULL,
  PRIMARY KEY (workspace, type, fingerprint, attempt)
);
