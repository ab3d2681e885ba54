CREATE TABLE later (
  text TEXT NOT NULL
);
CREATE TABLE runs (
  text TEXT NOT NULL
);
