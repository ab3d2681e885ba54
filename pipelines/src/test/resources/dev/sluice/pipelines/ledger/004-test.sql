-- Stands for what a later version will add.
CREATE TABLE later (
  text TEXT NOT NULL
);
