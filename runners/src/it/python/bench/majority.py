"""Seconds for the majority of every step in DuckDB, Parquet to Parquet: python majority.py FOLDER

The rules of AggregateStepLabels: ties drop, the first agreeing vote is the target, no gate. "run"
measures once, "compare" counts the rows in which Sluice's labels differ.
"""

import sys

import duckdb
import peer

THREADS = 2


def by_line(expression, lines):
    """A list of an expression for each line (y1, y2, ... are its votes for correct), cut to the solution's own."""
    return "[" + ", ".join(expression.replace("y", f"y{line}") for line in range(1, lines + 1)) + "][1:lines]"


def query(folder, lines, target):
    counts = ", ".join(f"count(*) FILTER (valid AND d[{line}]) AS y{line}" for line in range(1, lines + 1))
    kept = ", list({'i': vote_index, 'id': verification_id, 'd': d, 'o': o} ORDER BY vote_index) FILTER (valid) AS votes"
    select = {
        "list": "list_filter(votes, lambda x: x.d = l.labels AND (x.o IS NULL OR x.o = (l.error IS NULL)))[1].id",
        "join": "m.id"}[target]
    join = """
        LEFT JOIN (SELECT v.solution_id, arg_min(v.verification_id, v.vote_index) AS id FROM v JOIN l USING (solution_id)
                   WHERE v.valid AND v.d = l.labels AND (v.o IS NULL OR v.o = (l.error IS NULL)) GROUP BY 1) m
        USING (solution_id)""" if target == "join" else ""
    return f"""
    WITH s AS (SELECT solution_id, problem_id, steps, len(steps) AS lines FROM read_parquet('{folder}/solutions-*.parquet')),
    v AS (SELECT v.solution_id, vote_index, verification_id, step_verdicts AS d, outcome_verdict AS o,
                 parsed AND len(step_verdicts) = lines AS valid
          FROM read_parquet('{folder}/verifications-*.parquet') v JOIN s USING (solution_id)),
    t AS (SELECT solution_id, count(*) AS asked, count(*) FILTER (valid) AS n, {counts}
                 {kept if target == "list" else ""} FROM v GROUP BY 1),
    y AS (SELECT *, {by_line("2 * y > n", lines)} AS labels, {by_line("2 * y = n", lines)} AS ties,
                 {by_line("y / n", lines)} AS scores, {by_line("greatest(y, n - y) / n", lines)} AS agreed
          FROM t JOIN s USING (solution_id)),
    l AS (SELECT *, list_position(labels, false) AS error,
                 CASE WHEN n = 0 OR n < (asked + 1) // 2 THEN 'few_votes'
                      WHEN coalesce(ties[list_position(labels, false)], false) THEN 'tie' END AS why FROM y),
    c AS (SELECT l.*, why IS NULL AS claims, {select} AS target FROM l {join})
    SELECT solution_id, problem_id, CASE WHEN NOT claims THEN why WHEN target IS NULL THEN 'no_match' ELSE 'labelled' END AS status,
           steps, CASE WHEN claims THEN scores ELSE [] END AS step_scores, CASE WHEN claims THEN labels ELSE [] END AS step_labels,
           CAST(CASE WHEN claims THEN coalesce(error, 0) - 1 ELSE -1 END AS INTEGER) AS first_error,
           CASE WHEN claims THEN error IS NULL END AS outcome, CAST(n AS INTEGER) AS votes,
           CASE WHEN claims THEN agreed ELSE [] END AS agreement, 'step_majority' AS estimator,
           CASE WHEN claims THEN target END AS selected_verification
    FROM c"""


def main(folder):
    duck = duckdb.connect()
    duck.execute(f"SET threads = {THREADS}; SET preserve_insertion_order = false")
    lines = duck.execute(f"SELECT max(len(steps)) FROM read_parquet('{folder}/solutions-*.parquet')").fetchone()[0]

    def work(target):
        text = query(folder, lines, target)
        out = f"COPY ({text}) TO '{folder}/duckdb.parquet' (FORMAT parquet, COMPRESSION zstd)"
        return lambda: duck.execute(out)

    name, run = peer.fastest({target: lambda t=target: work(t) for target in ("list", "join")})
    peer.answer(ready=f"{THREADS} threads, target by {name}")
    while True:
        request = peer.asked()
        if request == "compare":
            ours, theirs = (f"(SELECT * FROM read_parquet('{folder}/{name}'))" for name in ("step_labels-*.parquet", "duckdb.parquet"))
            different = sum(
                duck.execute(f"SELECT count(*) FROM ({a} EXCEPT ALL {b})").fetchone()[0]
                for a, b in ((ours, theirs), (theirs, ours)))
            peer.answer(different=different)
        else:
            peer.measure(run)


if __name__ == "__main__":
    main(sys.argv[1])
