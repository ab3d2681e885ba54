"""Seconds that DuckDB takes for the columns of trl/unpaired, Parquet to Parquet and JSONL: python exporting.py WORKSPACE EXPORT

Equal texts of a problem become one row, as in EXPORT, whose rows are compared. Two threads.
"""

import resource
import sys
import time
from pathlib import Path

import duckdb


def files(workspace, table):
    return str([str(path) for path in sorted(Path(workspace).glob(f"artifacts/*/*/*/*-{table}.parquet"))])


def main(workspace, export):
    duck = duckdb.connect()
    duck.execute("SET threads = 2")
    rows = f"""
    SELECT any_value(p.messages[-1].content) AS prompt, chr(10) || s.text AS completion, 2 * count(*) FILTER (l.outcome) > count(*) AS label,
           l.problem_id, arg_min(l.solution_id, s.sample_index) AS solution_id, any_value(r.run) AS run
    FROM read_parquet({files(workspace, "step_labels")}) l JOIN read_parquet({files(workspace, "solutions")}) s USING (solution_id)
    JOIN read_parquet({files(workspace, "problems")}) p ON p.problem_id = l.problem_id,
    (SELECT any_value(run) AS run FROM read_parquet('{export}/data/*.parquet')) r
    WHERE l.status = 'labelled' AND l.outcome IS NOT NULL GROUP BY l.problem_id, s.text"""
    begin, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF)
    duck.execute(f"COPY ({rows}) TO '{export}/duckdb.parquet' (FORMAT parquet, COMPRESSION zstd)")
    parquet = time.perf_counter()
    duck.execute(f"COPY (FROM read_parquet('{export}/duckdb.parquet')) TO '{export}/duckdb.jsonl' (FORMAT json)")
    end, after = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF)
    user = after.ru_utime - before.ru_utime
    different = duck.execute(f"""
    SELECT count(*) FROM ((FROM '{export}/duckdb.parquet' EXCEPT ALL FROM read_parquet('{export}/data/*.parquet'))
                          UNION ALL (FROM read_parquet('{export}/data/*.parquet') EXCEPT ALL FROM '{export}/duckdb.parquet'))""").fetchone()[0]
    count = duck.execute(f"SELECT count(*) FROM '{export}/duckdb.parquet'").fetchone()[0]
    print(f"DuckDB: {count:,} rows in {end - begin:.1f} s ({parquet - begin:.1f} s for Parquet), {user:.1f} s of processor time; {different} rows differ")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
