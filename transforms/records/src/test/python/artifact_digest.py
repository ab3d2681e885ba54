"""Works out the digest of an artifact from its files alone, by docs/spec/artifacts.md.

    python artifact_digest.py <folder of an attempt> | <file.parquet>

Needs pyarrow. Shares no code with the Java reader: where the two agree, the page says enough.
"""
import hashlib
import json
import math
import pathlib
import struct
import sys

import pyarrow.parquet as pq

ORIGINS = {"source", "model", "provenance", "error_message", "attempts"}


def parts(*values):
    digest = hashlib.sha256()
    for value in values:
        text = str(value).encode()
        digest.update(struct.pack(">i", len(text)) + text)
    return digest.hexdigest()


def integer(value):
    return struct.pack(">q", value)


def encode(value, kind):
    name = str(kind)
    if name.startswith("list"):
        return integer(len(value)) + b"".join(encode(v, kind.value_type) for v in value)
    if name.startswith("map"):
        entries = sorted(value, key=lambda e: e[0].encode("utf-16-be"))
        return integer(len(entries)) + b"".join(
            encode(k, kind.key_type) + encode(v, kind.item_type) for k, v in entries)
    if name.startswith("struct"):
        return b"".join(present(value[f.name], f.type) for f in kind)
    if name == "string":
        return integer(len(value.encode())) + value.encode()
    if name == "bool":
        return b"\1" if value else b"\0"
    if name == "int32":
        return integer(value)
    if name == "float":
        bits = 0x7FC00000 if math.isnan(value) else struct.unpack(">i", struct.pack(">f", value))[0]
        return integer(bits)
    if name == "double":
        return integer(0x7FF8000000000000) if math.isnan(value) else struct.pack(">d", value)
    raise ValueError(name)


def present(value, kind):
    return b"\0" if value is None else b"\1" + encode(value, kind)


def rows(path):
    """Sum of the hashes, and number of rows."""
    file = pq.ParquetFile(path)
    table = file.metadata.metadata[b"sluice.table"].decode()
    assert file.metadata.metadata[b"sluice.format_version"] == b"1"
    columns = [f for f in file.schema_arrow if f.name not in ORIGINS]
    total = count = 0
    for row in file.read().to_pylist():
        if table == "metrics" and row["name"].startswith(("time/", "rate/")):
            continue
        name = table.encode()
        data = integer(len(name)) + name
        data += b"".join(present(row[f.name], f.type) for f in columns)
        total += int.from_bytes(hashlib.sha256(data).digest(), "big")
        count += 1
    return table, total % 2**256, count


def text(total, count):
    return f"{total % 2**256:064x}{count:016x}"


def main(place):
    place = pathlib.Path(place)
    if place.is_file():
        _, total, count = rows(place)
        print(text(total, count))
        return
    workspace = next(p for p in place.resolve().parents if (p / "sluice-workspace.json").exists())
    manifest = json.loads((place / "manifest.json").read_text())
    tables = {}
    for shard in manifest["shards"]:
        content = (workspace / shard["path"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == shard["sha256"], shard["path"]
        table, total, count = rows(workspace / shard["path"])
        assert text(total, count) == shard["digest"], shard["path"]
        before = tables.get(table, (0, 0))
        tables[table] = (before[0] + total, before[1] + count)
    all_parts = ["artifact"]
    for table, (total, count) in sorted(tables.items()):
        if count:
            all_parts += [table, text(total, count)]
    if "model" in manifest:
        all_parts += ["model", manifest["model"]["digest"]]
    print(parts(*all_parts))


if __name__ == "__main__":
    main(sys.argv[1])
