"""Checks tables exported as they are."""

import csv

import exports
import readers
from exports import same


def parquet(export):
    return readers.check(export)


def comma_separated(export):
    """CSV of RFC 4180, whose lists and records are JSON; five readers see the same texts."""
    import datasets
    import duckdb
    import polars
    import pyarrow.csv
    total, columns = 0, list(export.manifest["columns"])
    # Longer than any field, where a reader has a limit.
    csv.field_size_limit(1 << 30)
    for file, path in zip(export.files(".csv"), export.paths(".csv")):
        content = open(path, "rb").read()
        same(f"length of {file['path']}", len(content), file["bytes"])
        with open(path, encoding="utf-8", newline="") as lines:
            header, *rows = csv.reader(lines, strict=True)
        same("header", header, columns)
        same(f"number of rows of {file['path']}", len(rows), file["rows"])
        assert all(len(row) == len(columns) for row in rows), "a row has another number of fields"
        found = duckdb.sql(
            f"SELECT * FROM read_csv('{path}', all_varchar=true, header=true, delim=',', quote='\"', escape='\"', "
            f"max_line_size={1 << 28}, nullstr='\\N', strict_mode=true, parallel=false)").fetchall()
        same("rows of DuckDB", [[value or "" for value in row] for row in found], rows)
        frame = polars.read_csv(path, infer_schema=False, empty_string_is_null=False)
        same("rows of polars", [list(row) for row in frame.rows()], rows)
        options = dict(
            read_options=pyarrow.csv.ReadOptions(block_size=1 << 28),
            parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True),
            convert_options=pyarrow.csv.ConvertOptions(column_types={name: "string" for name in columns}))
        same("rows of pyarrow", [list(row.values()) for row in pyarrow.csv.read_csv(path, **options).to_pylist()], rows)
        dataset = datasets.load_dataset(
            "csv", data_files=path, split="train", keep_default_na=False,
            features=datasets.Features({name: datasets.Value("string") for name in columns}))
        same("rows of datasets", [list(row.values()) for row in dataset], rows)
        total += len(rows)
    assert total, "there are no rows"
    return f"{total} rows of {', '.join(columns)} with csv, DuckDB, polars, pyarrow and datasets"


CHECKS = {"table/parquet": parquet, "table/jsonl": parquet, "table/csv": comma_separated}

OVERLAYS = {}

if __name__ == "__main__":
    raise SystemExit(exports.main(CHECKS))
