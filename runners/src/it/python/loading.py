"""Loads exports with datasets, pyarrow and DuckDB, and compares their types and rows."""

import json

import datasets
import duckdb
import pyarrow.parquet

TEXT, TEXTS, TRUTHS, MESSAGES = "text", "texts", "truths", "messages"

# What each format of TRL has, in order.
COLUMNS = {
    "trl/sft": {"prompt": TEXT, "completion": TEXT},
    "trl/sft-chat": {"prompt": MESSAGES, "completion": MESSAGES},
    "trl/preference": {"prompt": TEXT, "chosen": TEXT, "rejected": TEXT},
    "trl/preference-chat": {"prompt": MESSAGES, "chosen": MESSAGES, "rejected": MESSAGES},
    "trl/prompt-only": {"prompt": TEXT},
    "trl/prompt-only-chat": {"prompt": MESSAGES},
    "trl/stepwise": {"prompt": TEXT, "completions": TEXTS, "labels": TRUTHS},
}

ARROW = {
    TEXT: "string", TEXTS: "list<element: string>", TRUTHS: "list<element: bool>",
    MESSAGES: "list<element: struct<role: string, content: string>>"}
DUCK = {
    TEXT: "VARCHAR", TEXTS: "VARCHAR[]", TRUTHS: "BOOLEAN[]",
    MESSAGES: 'STRUCT("role" VARCHAR, "content" VARCHAR)[]'}
FEATURES = {
    TEXT: datasets.Value("string"), TEXTS: datasets.List(datasets.Value("string")),
    TRUTHS: datasets.List(datasets.Value("bool")),
    MESSAGES: datasets.List({"role": datasets.Value("string"), "content": datasets.Value("string")})}


def files(folder, ending):
    found = sorted(str(path) for path in folder.rglob(f"*.{ending}"))
    assert found, f"no {ending} under {folder}"
    return found


def parquet(folder):
    return datasets.load_dataset("parquet", data_files=files(folder, "parquet"), split="train")


def same(what, found, expected):
    assert found == expected, f"{what}: {found}, but it should be {expected}"


def check(folder):
    columns = COLUMNS["/".join(folder.parts[-2:])]
    table = pyarrow.parquet.read_table(files(folder, "parquet"))
    plain = lambda kind: str(kind).replace(" not null", "").replace("large_", "")
    same("pyarrow's types", {f.name: plain(f.type) for f in table.schema}, {n: ARROW[k] for n, k in columns.items()})
    described = duckdb.sql(f"DESCRIBE SELECT * FROM read_parquet({files(folder, 'parquet')})").fetchall()
    unquoted = lambda kind: kind.replace('"', "")
    same("DuckDB's types", {row[0]: unquoted(row[1]) for row in described}, {n: unquoted(DUCK[k]) for n, k in columns.items()})
    rows = parquet(folder)
    same("features of datasets", dict(rows.features), {n: FEATURES[k] for n, k in columns.items()})
    assert len(rows) > 0, "no rows"
    same("rows of pyarrow", table.to_pylist(), rows.to_list())
    lines = [json.loads(line) for file in files(folder, "jsonl") for line in open(file, encoding="utf-8")]
    same("rows of JSONL", lines, rows.to_list())
    for row in lines:
        same("labels for each step", len(row.get("labels", [])), len(row.get("completions", [])))
    return f"{len(rows)} rows of {', '.join(columns)}"
