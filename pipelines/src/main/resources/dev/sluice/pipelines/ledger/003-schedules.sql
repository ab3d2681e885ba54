-- Schedules, their fires, the daemons that serve them, and what was told to whom. Unlike the tables before, these repeat nothing
-- that lies elsewhere: a fire is a row here before anything runs.
CREATE TABLE schedules (
  workspace TEXT NOT NULL,
  name TEXT NOT NULL,
  file TEXT NOT NULL,
  times TEXT NOT NULL,
  paused BOOLEAN NOT NULL,
  decided_until TEXT NOT NULL,
  seen TEXT,
  problem TEXT,
  changes BIGINT NOT NULL,
  PRIMARY KEY (workspace, name)
);

CREATE TABLE fires (
  workspace TEXT NOT NULL,
  schedule TEXT NOT NULL,
  due TEXT NOT NULL,
  kind TEXT NOT NULL,
  at_once INTEGER NOT NULL,
  state TEXT NOT NULL,
  attempt INTEGER NOT NULL,
  resumes INTEGER NOT NULL,
  not_before TEXT,
  run_id TEXT,
  daemon TEXT,
  started TEXT,
  ended TEXT,
  stopping TEXT,
  reason TEXT,
  changes BIGINT NOT NULL,
  PRIMARY KEY (workspace, schedule, due)
);

CREATE INDEX fires_by_state ON fires (workspace, state, due);

CREATE TABLE daemons (
  workspace TEXT NOT NULL,
  id TEXT NOT NULL,
  host TEXT NOT NULL,
  pid BIGINT NOT NULL,
  address TEXT NOT NULL,
  heartbeat TEXT NOT NULL,
  PRIMARY KEY (workspace, id)
);

CREATE TABLE alerts (
  workspace TEXT NOT NULL,
  schedule TEXT NOT NULL,
  alert TEXT NOT NULL,
  raised BOOLEAN NOT NULL,
  number BIGINT NOT NULL,
  message TEXT NOT NULL,
  told BOOLEAN NOT NULL,
  tries INTEGER NOT NULL,
  not_before TEXT,
  problem TEXT,
  changes BIGINT NOT NULL,
  PRIMARY KEY (workspace, schedule, alert)
);
