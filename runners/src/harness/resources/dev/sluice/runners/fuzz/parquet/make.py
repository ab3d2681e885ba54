"""Writes rows.parquet, pages.parquet and old.parquet with pyarrow: python make.py

Rows with a column 'question', so that the stages read them, in every type and encoding."""

import datetime as dt
import decimal
import pathlib
import uuid

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

HERE = pathlib.Path(__file__).parent
D = decimal.Decimal

responses = pa.list_(pa.struct([("text", pa.string()), ("ok", pa.bool_())]))
rows = pa.table(
    {
        "question": pa.array(["3+4?", "How many?", "3+4?", None], pa.string()),
        "answer": pa.array([D("7.10"), D("-1.00"), D("7.10"), None], pa.decimal128(9, 2)),
        "level": pa.array([2, -1, None, 3], pa.int32()),
        "id": pa.array([uuid.UUID(int=7).bytes, uuid.UUID(int=1 << 127).bytes, None, uuid.UUID(int=9).bytes], pa.uuid()),
        "responses": pa.array([[{"text": "A: 7", "ok": True}, {"text": None, "ok": False}], [], None, [None]], responses),
        "ok": pa.array([True, False, None, True], pa.bool_()),
        "price": pa.array([D("12345678901234.5678"), D("-0.0001"), None, D("0")], pa.decimal128(18, 4)),
        "wide": pa.array([D("1234567890123456789012345678.01"), None, D("-1"), D("0")], pa.decimal128(38, 2)),
        "half": pa.array(np.array([np.inf, np.nan, -np.inf, 6e-8], np.float16)),
        "real": pa.array([np.inf, np.nan, 0.1, -0.0], pa.float32()),
        "double": pa.array([1e308, -np.inf, np.nan, 5e-324], pa.float64()),
        "u32": pa.array([0, 2**32 - 1, None, 1], pa.uint32()),
        "u64": pa.array([0, 2**64 - 1, None, 1], pa.uint64()),
        "date": pa.array([dt.date(2024, 2, 29), None, dt.date(1, 1, 1), dt.date(9999, 12, 31)], pa.date32()),
        "time": pa.array([dt.time(10, 0), None, dt.time(23, 59, 59, 999999), dt.time(0)], pa.time64("us")),
        "stamp": pa.array([0, None, 2**62, -(2**62)], pa.timestamp("ns")),
        "tags": pa.array([[("a", 1)], [], None, [("b", None), ("b", 2)]], pa.map_(pa.string(), pa.int32())),
        "lists": pa.array([[[1, None], []], [None], [], None], pa.list_(pa.list_(pa.int64()))),
        "deep": pa.array([{"a": {"b": {"c": "x"}}}, {"a": None}, None, {"a": {"b": None}}], pa.struct([("a", pa.struct([("b", pa.struct([("c", pa.string())]))]))])),
    }
).replace_schema_metadata({"about": "rows"})
pq.write_table(rows, HERE / "rows.parquet", compression="none", store_decimal_as_integer=True)

n = 40
pages = pa.table(
    {
        "question": [f"{i}+{i % 7}?" for i in range(n)],
        "answer": pa.array([i % 7 for i in range(n)], pa.int64()),
        "level": pa.array([i % 3 for i in range(n)], pa.int32()),
        "ok": [i % 2 == 0 for i in range(n)],
        "half": pa.array(np.arange(n, dtype=np.float16)),
        "word": pa.array([f"word {i % 4}" for i in range(n)]).dictionary_encode(),
    }
)
pq.write_table(
    pages,
    HERE / "pages.parquet",
    row_group_size=16,
    data_page_size=64,
    write_batch_size=8,
    use_dictionary=["word"],
    column_encoding={
        "question": "DELTA_BYTE_ARRAY",
        "answer": "DELTA_BINARY_PACKED",
        "level": "BYTE_STREAM_SPLIT",
        "ok": "RLE",
        "half": "BYTE_STREAM_SPLIT",
    },
    data_page_version="2.0",
    compression="gzip",
)

old = pa.table(
    {
        "question": pa.array(["a", "b"]),
        "answer": pa.array([dt.datetime(2024, 2, 29, 12, 30, 0, 1), dt.datetime(1969, 12, 31)], pa.timestamp("ns")),
        "responses": pa.array([["x", "y"], []], pa.list_(pa.string())),
        "ok": pa.array([[True, False], None], pa.list_(pa.bool_())),
    }
)
pq.write_table(
    old,
    HERE / "old.parquet",
    version="1.0",
    use_deprecated_int96_timestamps=True,
    use_compliant_nested_type=False,
    use_dictionary=False,
    compression="snappy",
)
