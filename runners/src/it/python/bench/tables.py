"""Rows a second of pyarrow on a file of a table: python tables.py FILE read|write ROWS"""

import sys

import peer
import pyarrow
import pyarrow.parquet


def main(file, what, rows):
    pyarrow.set_cpu_count(1)
    pyarrow.set_io_thread_count(1)
    table = pyarrow.parquet.read_table(file)
    assert table.num_rows == rows
    if what == "read":
        work = lambda: pyarrow.parquet.read_table(file, use_threads=False)
    else:
        work = lambda: pyarrow.parquet.write_table(table, file + ".pyarrow", compression="zstd")
    work()
    peer.serve("one thread", work, lambda seconds: rows / seconds)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
