"""Runs a notebook and compares what its cells give with the outputs in the file.

    python check_notebook.py run.ipynb

Needs nbconvert, ipykernel and pyarrow.
"""

import sys

import nbformat
from nbconvert.preprocessors import ExecutePreprocessor


def outputs(cell):
    return [{"type": o["output_type"], **o.get("data", {}), "text": o.get("text")} for o in cell.get("outputs", [])]


def main(path):
    stored = nbformat.read(path, as_version=4)
    nbformat.validate(stored)
    again = nbformat.read(path, as_version=4)
    ExecutePreprocessor(timeout=600).preprocess(again)
    different = 0
    for before, after in zip(stored.cells, again.cells):
        if outputs(before) != outputs(after):
            different += 1
            print(f"{path}: the cell {before['id']} gives another output.")
            for left, right in zip(outputs(before), outputs(after)):
                for kind in left:
                    if left[kind] != right.get(kind):
                        a, b = str(left[kind]).split("\n"), str(right.get(kind)).split("\n")
                        print(kind, next(((x, y) for x, y in zip(a, b) if x != y), (len(a), len(b))))
    code = sum(cell.cell_type == "code" for cell in stored.cells)
    print(f"{path}: {code} cells ran, {different} differ.")
    return different


if __name__ == "__main__":
    sys.exit(1 if main(sys.argv[1]) else 0)
