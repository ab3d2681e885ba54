"""Writes values.parquet, nested.parquet and old.parquet with pyarrow: python make.py

Values at both ends of each type, so that a wrong width or sign shows."""

import datetime as dt
import decimal
import pathlib
import uuid

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

HERE = pathlib.Path(__file__).parent
D = decimal.Decimal
UTC = dt.timezone.utc


def table(columns):
    return pa.table({name: pa.array(values, type) for name, (type, values) in columns.items()})


values = table(
    {
        "i8": (pa.int8(), [-128, 127, None]),
        "i16": (pa.int16(), [-32768, 32767, None]),
        "i32": (pa.int32(), [-(2**31), 2**31 - 1, None]),
        "i64": (pa.int64(), [-(2**63), 2**63 - 1, None]),
        "u8": (pa.uint8(), [200, 255, None]),
        "u16": (pa.uint16(), [40000, 65535, None]),
        "u32": (pa.uint32(), [3000000000, 2**32 - 1, None]),
        "u64": (pa.uint64(), [2**63, 2**64 - 1, None]),
        "f16": (pa.float16(), np.array([0.1, -65504.0, 6e-8], np.float16)),
        "f32": (pa.float32(), [0.1, 25000000.0, None]),
        "f64": (pa.float64(), [0.0001, 25000000.0, None]),
        "d9": (pa.decimal128(9, 2), [D("1234567.89"), D("-0.01"), None]),
        "d18": (pa.decimal128(18, 4), [D("12345678901234.5678"), D("-1.5000"), None]),
        "d38": (pa.decimal128(38, 10), [D("1234567890123456789012345678.0123456789"), D("-1"), None]),
        "d76": (pa.decimal256(76, 0), [D("9" * 76), D("-" + "9" * 76), None]),
        "date": (pa.date32(), [dt.date(2024, 2, 29), dt.date(1969, 12, 31), None]),
        "s": (pa.timestamp("s"), [dt.datetime(2024, 2, 29), dt.datetime(1969, 12, 31, 23, 59, 59), None]),
        "us": (pa.timestamp("us"), [dt.datetime(2024, 2, 29, 12, 0, 0, 1), dt.datetime(1900, 1, 1), None]),
        "ns_utc": (pa.timestamp("ns", "UTC"), [dt.datetime(2024, 2, 29, 12, 30, tzinfo=UTC), None, None]),
        "time": (pa.time64("us"), [dt.time(10, 0), dt.time(23, 59, 59, 999999), None]),
        "text": (pa.string(), ["é", "", None]),
        "large": (pa.large_string(), ["large é", "", None]),
        "bytes": (pa.binary(), [b"\x00\xff", b"", None]),
        "flag": (pa.bool_(), [True, False, None]),
        "nothing": (pa.null(), [None, None, None]),
    }
)
values = values.append_column("word", pa.array(["a", "b", "a"]).dictionary_encode())
values = values.append_column(
    "number", pa.array([3000000000, 3000000001, 3000000000], pa.uint32()).dictionary_encode()
)
pq.write_table(values, HERE / "values.parquet", compression="zstd")

nested = table(
    {
        "words": (pa.list_(pa.string()), [["a", None], [], None]),
        "large": (pa.large_list(pa.large_string()), [["x"], [], None]),
        "fixed": (pa.list_(pa.uint32(), 2), [[4294967295, 1], [2, 3], [4, 5]]),
        "lists": (pa.list_(pa.list_(pa.uint64())), [[[18446744073709551615], []], [None], []]),
        "struct": (pa.struct([("u", pa.uint32()), ("s", pa.string())]), [{"u": 4294967295, "s": "é"}, None, {"u": None, "s": None}]),
        "structs": (pa.list_(pa.struct([("text", pa.string()), ("ok", pa.bool_())])), [[{"text": "a", "ok": True}], [], None]),
        "map": (pa.map_(pa.string(), pa.float16()), [[("k", np.float16(0.5))], [], None]),
    }
)
pq.write_table(nested, HERE / "nested.parquet", compression="zstd")

# As writers of ten years ago: INT96 times, elements named item, version 1.0 (unsigned in wider
# columns), plain pages of the first kind.
old = table(
    {
        "time": (pa.timestamp("ns"), [dt.datetime(2024, 2, 29, 12, 30, 0, 1), dt.datetime(1969, 12, 31)]),
        "u32": (pa.uint32(), [3000000000, 4294967295]),
        "words": (pa.list_(pa.string()), [["a", "b"], []]),
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
