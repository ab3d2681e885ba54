"""Reads exported folders and runs the checks of a module on them.

A module of checks has CHECKS, from a format's name to a function that takes an Export and returns
what there is to say; it raises if the trainer's loader does not take every row as it was written.
"""

import atexit
import contextlib
import hashlib
import io
import json
import os
import shutil
import sys
import tempfile
import traceback
from pathlib import Path

for variable, value in {
        "CUDA_VISIBLE_DEVICES": "", "HF_HUB_OFFLINE": "1", "HF_HUB_DISABLE_PROGRESS_BARS": "1",
        "HF_DATASETS_DISABLE_PROGRESS_BARS": "1", "TOKENIZERS_PARALLELISM": "false", "OMP_NUM_THREADS": "1",
        "TRANSFORMERS_VERBOSITY": "error", "TRL_EXPERIMENTAL_SILENCE": "1", "DISABLE_VERSION_CHECK": "1"}.items():
    os.environ.setdefault(variable, value)
if "HF_DATASETS_CACHE" not in os.environ:
    # A cache of another run's files would be checked instead of the files.
    os.environ["HF_DATASETS_CACHE"] = tempfile.mkdtemp(prefix="sluice-datasets-")
    atexit.register(shutil.rmtree, os.environ["HF_DATASETS_CACHE"], ignore_errors=True)

# What traces a row back to the run; pairs name both solutions.
IDS = ("problem_id", "solution_id", "chosen_id", "rejected_id", "run")


def same(what, found, expected):
    if not identical(found, expected):
        raise AssertionError(f"{what} is {shown(found)}, but it should be {shown(expected)}")


def shown(value, most=200):
    text = repr(value)
    return text if len(text) <= most else f"{text[:most]}… ({len(text)} characters)"


def identical(one, other):
    """Equality that tells true from 1 and 1 from 1.0, and keeps the order of keys."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return list(one) == list(other) and all(identical(one[key], other[key]) for key in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(identical, one, other))
    return one == other


def apart(prompt, answer):
    """Loaders that join two texts put nothing between them."""
    assert prompt[-1:].isspace() or answer[:1].isspace(), f"{shown(prompt[-20:])} runs into {shown(answer[:20])}"


def refuse(constant):
    raise AssertionError(f"JSON has no {constant}")


def once(pairs):
    keys = [key for key, _ in pairs]
    assert len(set(keys)) == len(keys), f"a key stands twice: {keys}"
    return dict(pairs)


def json_rows(path):
    """The rows of a JSONL file, whose lines end in a line feed and hold one object each."""
    content = Path(path).read_bytes()
    assert content.endswith(b"\n"), f"{path} does not end in a line end"
    return [json.loads(line.decode("utf-8"), parse_constant=refuse, object_pairs_hook=once)
            for line in content[:-1].split(b"\n")]


def parquet_rows(path):
    import pyarrow.parquet
    return pyarrow.parquet.read_table(path).to_pylist(maps_as_pydicts="strict")


class Export:
    """A folder that ./sluice export wrote. The files that the manifest counts rows of are its data."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.manifest = json.loads((self.folder / "manifest.json").read_text(encoding="utf-8"))
        self.format = self.manifest["format"]
        self.kind = self.format.split("/")[-1]
        data = [file for file in self.manifest["files"] if file["rows"] is not None]
        graded = " with answers" if self.manifest.get("reference_answers") else ""
        self.label = f"{self.format}{graded}" + (f" of {len(data)} files" if len(data) > 2 else "")
        self._rows = None

    def files(self, ending):
        return [file for file in self.manifest["files"] if file["rows"] is not None and file["path"].endswith(ending)]

    def paths(self, ending):
        return [str(self.folder / file["path"]) for file in self.files(ending)]

    def rows(self):
        """All rows; in the order of the files. Checks that the files are what the manifest says, and equal."""
        if self._rows is None:
            for file in self.manifest["files"]:
                content = (self.folder / file["path"]).read_bytes()
                same(f"length of {file['path']}", len(content), file["bytes"])
                same(f"SHA-256 of {file['path']}", hashlib.sha256(content).hexdigest(), file["sha256"])
            for name in self.manifest.get("side_files", []):
                assert (self.folder / name).is_file(), f"the side file {name} is not there"
            found = {}
            for ending, read in ((".parquet", parquet_rows), (".jsonl", json_rows)):
                if self.files(ending):
                    found[ending] = []
                    for file in self.files(ending):
                        rows = read(self.folder / file["path"])
                        same(f"number of rows of {file['path']}", len(rows), file["rows"])
                        found[ending] += rows
            assert found, f"{self.folder} has no Parquet and no JSONL"
            listed = list(found.values())
            for number, row in enumerate(listed[0]):
                for other in listed[1:]:
                    same(f"row {number} of JSONL", other[number], row)
            same("number of rows of JSONL", len(listed[-1]), len(listed[0]))
            assert listed[0], "there are no rows"
            self._rows = listed[0]
        return self._rows

    def ids(self, row):
        return {name: row[name] for name in IDS if name in row}


def check(name, work):
    """Runs a check and prints its line; whether it holds."""
    said = io.StringIO()
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            detail = work()
        print(f"ok    {name}: {detail}", flush=True)
        return True
    except Exception as e:
        print(f"FAIL  {name}: {type(e).__name__}: {str(e).strip()[:500]}", flush=True)
        print(said.getvalue()[-2000:], traceback.format_exc(), sep="\n", file=sys.stderr)
        return False


def main(checks):
    """Checks the folders of the command line; the exit status."""
    held = []
    for folder in sys.argv[1:]:
        export = Export(folder)
        held.append(check(export.label, lambda: checks[export.format](export)))
    return 0 if all(held) else 1
