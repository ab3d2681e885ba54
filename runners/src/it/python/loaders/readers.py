"""Reads exports with datasets, pyarrow, DuckDB and polars, and compares types and rows."""

import math
import re

import exports
from exports import same

TEXT, TEXTS, TRUTHS, MESSAGES = "text", "list<text>", "list<boolean>", "list<struct<role: text, content: text>>"

# The types of columns that trainers name; they stand here too, so that an export cannot change both.
EXACT = {
    "trl/sft": {"prompt": TEXT, "completion": TEXT},
    "trl/sft-chat": {"prompt": MESSAGES, "completion": MESSAGES},
    "trl/preference": {"prompt": TEXT, "chosen": TEXT, "rejected": TEXT},
    "trl/preference-chat": {"prompt": MESSAGES, "chosen": MESSAGES, "rejected": MESSAGES},
    "trl/preference-implicit": {"chosen": TEXT, "rejected": TEXT},
    "trl/unpaired": {"prompt": TEXT, "completion": TEXT, "label": "boolean"},
    "trl/prompt-only": {"prompt": TEXT},
    "trl/prompt-only-chat": {"prompt": MESSAGES},
    "trl/stepwise": {"prompt": TEXT, "completions": TEXTS, "labels": TRUTHS},
    "processbench/labels": {
        "id": TEXT, "generator": TEXT, "problem": TEXT, "steps": TEXTS, "final_answer_correct": "boolean", "label": "int32"},
}

# What each reader calls the types of the manifest.
ARROW = {"text": "string", "boolean": "bool"}
DUCK = {"text": "VARCHAR", "int32": "INTEGER", "float": "FLOAT", "double": "DOUBLE", "boolean": "BOOLEAN"}
POLARS = {"text": "String", "int32": "Int32", "float": "Float32", "double": "Float64", "boolean": "Boolean"}
FEATURE = {"text": "string", "int32": "int32", "float": "float32", "double": "float64", "boolean": "bool"}


def parsed(text):
    """A type of the manifest as a name, ["list", type], ["map", type], or ["struct", {name: type}]."""
    tokens = re.findall(r"[A-Za-z_0-9]+|[<>:,]", text)

    def take():
        kind = tokens.pop(0)
        if kind not in ("list", "map", "struct"):
            return kind
        assert tokens.pop(0) == "<", text
        if kind == "struct":
            inner = {}
            while not inner or tokens.pop(0) == ",":
                name = tokens.pop(0)
                assert tokens.pop(0) == ":", text
                inner[name] = take()
            return [kind, inner]
        if kind == "map":
            assert take() == "text" and tokens.pop(0) == ",", text
        inner = take()
        assert tokens.pop(0) == ">", text
        return [kind, inner]

    found = take()
    assert not tokens, text
    return found


def arrow(kind):
    if isinstance(kind, str):
        return ARROW.get(kind, kind)
    name, inner = kind
    if name == "struct":
        return "struct<" + ", ".join(f"{key}: {arrow(each)}" for key, each in inner.items()) + ">"
    return f"list<element: {arrow(inner)}>" if name == "list" else f"map<string, {arrow(inner)}>"


def duck(kind):
    if isinstance(kind, str):
        return DUCK[kind]
    name, inner = kind
    if name == "struct":
        return "STRUCT(" + ", ".join(f'"{key}" {duck(each)}' for key, each in inner.items()) + ")"
    return f"{duck(inner)}[]" if name == "list" else f"MAP(VARCHAR, {duck(inner)})"


def polars_type(kind):
    if isinstance(kind, str):
        return POLARS[kind]
    name, inner = kind
    if name == "struct":
        return "Struct({" + ", ".join(f"'{key}': {polars_type(each)}" for key, each in inner.items()) + "})"
    return f"List({polars_type(inner)})" if name == "list" else f"Map(String, {polars_type(inner)})"


def feature(kind):
    import datasets
    if isinstance(kind, str):
        return datasets.Value(FEATURE[kind])
    name, inner = kind
    if name == "struct":
        return {key: feature(each) for key, each in inner.items()}
    return datasets.List({"key": datasets.Value("string"), "value": feature(inner)} if name == "map" else feature(inner))


def check(export):
    rows = export.rows()
    columns = {name: parsed(text) for name, text in export.manifest["columns"].items()}
    for name, text in EXACT.get(export.format, {}).items():
        same(f"type of {name}", export.manifest["columns"].get(name), text)
    read = ["Parquet"] * bool(export.files(".parquet")) + ["JSONL"] * bool(export.files(".jsonl"))
    same("columns", list(rows[0]), list(columns))
    if export.files(".parquet"):
        from_parquet(export, columns)
    if export.files(".jsonl"):
        from_json(export, columns)
    return f"{len(rows)} rows of {', '.join(columns)} from {' and '.join(read)}"


def from_parquet(export, columns):
    import datasets
    import duckdb
    import polars
    import pyarrow.parquet
    rows, files = export.rows(), export.paths(".parquet")
    # pyarrow also says what the parts of a list and of a map are called.
    plain = lambda kind: re.sub(r" not null| \('\w+'\)|large_", "", str(kind))
    for path in files:
        schema = pyarrow.parquet.read_schema(path)
        same("pyarrow's types", {f.name: plain(f.type) for f in schema}, {n: arrow(k) for n, k in columns.items()})
    same("rows of pyarrow", pyarrow.parquet.read_table(files).to_pylist(maps_as_pydicts="strict"), rows)
    found = duckdb.sql(f"SELECT * FROM read_parquet({files})")
    bare = lambda kind: str(kind).replace('"', "")
    same("DuckDB's types", dict(zip(found.columns, map(bare, found.types))), {n: bare(duck(k)) for n, k in columns.items()})
    same("rows of DuckDB", [dict(zip(found.columns, row)) for row in found.fetchall()], rows)
    frame = polars.read_parquet(files)
    same("polars' types", {n: str(k) for n, k in frame.schema.items()}, {n: polars_type(k) for n, k in columns.items()})
    same("rows of polars", frame.to_dicts(), rows)
    dataset = datasets.load_dataset("parquet", data_files=files, split="train")
    # Equal types of datasets are equal objects of its own.
    assert dict(dataset.features) == {n: feature(k) for n, k in columns.items()}, f"datasets' types are {dataset.features}"
    same("rows of datasets", dataset.to_list(), rows)


def from_json(export, columns):
    import datasets
    import duckdb
    import polars
    import pyarrow
    import pyarrow.json
    rows, files = export.rows(), export.paths(".jsonl")
    asked = ", ".join(f"'{name}': '{duck(kind)}'" for name, kind in columns.items())
    found = duckdb.sql(f"SELECT * FROM read_json({files}, format='newline_delimited', columns={{{asked}}})")
    same("rows of DuckDB from JSONL", [dict(zip(found.columns, row)) for row in found.fetchall()], rows)
    frame = polars.concat([polars.read_ndjson(path, infer_schema_length=None) for path in files])
    same("rows of polars from JSONL", frame.to_dicts(), rows)
    large = pyarrow.json.ReadOptions(block_size=1 << 28)
    read = [row for path in files for row in pyarrow.json.read_json(path, read_options=large).to_pylist()]
    # Both take texts for times if all of a column look so.
    if not any(text_like_time(row) for row in rows):
        same("rows of pyarrow from JSONL", read, rows)
        same("rows of datasets from JSONL", datasets.load_dataset("json", data_files=files, split="train").to_list(), rows)


def text_like_time(value):
    """Whether a text in a value looks like a time."""
    if isinstance(value, dict):
        return any(map(text_like_time, value.values()))
    if isinstance(value, list):
        return any(map(text_like_time, value))
    return isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d([T ][\d:.]+Z?)?", value) is not None


def card(export):
    """The folder loads by the YAML of its card, and by the manifest's line if that needs datasets alone."""
    import contextlib

    from datasets import load_dataset
    parts = {part["name"]: part["rows"] for part in export.manifest["parts"]}
    found = load_dataset(str(export.folder))
    same("rows of the parts", {name: len(rows) for name, rows in found.items()}, parts)
    line = export.manifest["loader"]
    for text in (line, export.manifest.get("launch") or ""):
        complete(export, text)
    if not line.startswith("load_dataset("):
        return f"{len(parts)} parts; the line of another library is not run: {line}"
    with contextlib.chdir(export.folder):
        loaded = eval(line, {"load_dataset": load_dataset})
    same("rows of the line's parts", {name: len(rows) for name, rows in loaded.items()}, {name: parts[name] for name in loaded})
    return f"{len(parts)} parts, {', '.join(loaded)} by the line"


def complete(export, line):
    """A line that names a file of a part names all of that part."""
    for part in export.manifest["parts"]:
        for ending in (".parquet", ".jsonl", ".csv"):
            files = [f["path"] for f in export.files(ending) if f["path"].startswith(f"data/{export.kind}-{part['name']}")]
            named = [path for path in files if path in line]
            assert not named or named == files, f"the line names {len(named)} of {len(files)} files of {part['name']}: {line}"


def croissant(export):
    """mlcroissant validates croissant.json, and reads the rows by it."""
    import mlcroissant
    dataset = mlcroissant.Dataset(jsonld=export.folder / "croissant.json")
    problems = dataset.metadata.ctx.issues
    assert not problems.errors, "; ".join(problems.errors)
    read = [plain(record) for records in dataset.metadata.record_sets for record in dataset.records(records.uuid)]
    warned = f"; {len(problems.warnings)} warnings" if problems.warnings else ""
    if export.files(".csv"):
        same("number of records", len(read), sum(file["rows"] for file in export.files(".csv")))
        return f"{len(read)} records{warned}"
    rows = export.rows()
    same("number of records", len(read), len(rows))
    # mlcroissant does not nest fields twice.
    deep = [name for name, kind in export.manifest["columns"].items() if kind.count("struct<") > 1]
    for number, (found, row) in enumerate(zip(read, rows)):
        for name, value in row.items():
            if name not in deep:
                assert close(found[name], value), f"{name} of record {number} is {exports.shown(found[name])}, but it should be {exports.shown(value)}"
    return f"{len(read)} records" + (f", {', '.join(deep)} not read" if deep else "") + warned


def close(one, other):
    """Equality but for the last digits of numbers, which pandas reads from JSON with less precision."""
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(close, one, other))
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-12)
    return one == other


def plain(value):
    """A value of mlcroissant, which names fields by their whole path and gives texts as bytes."""
    if isinstance(value, dict):
        return {name.rsplit("/", 1)[-1]: plain(each) for name, each in value.items()}
    if isinstance(value, bytes):
        return value.decode("utf-8")
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    if hasattr(value, "tolist"):
        return plain(value.tolist())
    # What is not there is no number to it.
    return None if value != value else value
