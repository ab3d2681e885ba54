"""Checks what Sluice writes with the programs that others use: python interop.py FOLDER

FOLDER holds workspace/ (a finished run of run.yaml), exports/FORMAT/, models/NAME/ with
expected.json, parity/ (written by ParityExport), and run.ipynb. Writes foreign/ for ParityImport.
Prints a line for each check; exits with 1 if one fails.
"""

import contextlib
import io
import json
import os
import sys
import tempfile
import traceback
from pathlib import Path

os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
os.environ.setdefault("HF_DATASETS_DISABLE_PROGRESS_BARS", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
# The models are tiny: threads would only wait for each other.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
os.environ.setdefault("TRL_EXPERIMENTAL_SILENCE", "1")

import check_notebook
import foreign
import loading
import parity
import trainers

failures = []


def check(name, work):
    """Runs a check, which returns what there is to say, and prints its line."""
    said = io.StringIO()
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            detail = work()
        print(f"ok    {name}: {detail}", flush=True)
    except Exception as e:
        failures.append(name)
        print(f"FAIL  {name}: {type(e).__name__}: {str(e).strip()[:500]}", flush=True)
        print(said.getvalue()[-2000:], traceback.format_exc(), sep="\n", file=sys.stderr)


def notebook(path):
    different = check_notebook.main(str(path))
    assert different == 0, f"{different} cells give other outputs"
    return "every cell ran and gave the outputs in the file"


def main(root):
    for form in loading.COLUMNS:
        check(f"{form} loads with datasets, pyarrow and DuckDB", lambda: loading.check(root / "exports" / form))
    for name, train in trainers.ALL.items():
        with tempfile.TemporaryDirectory() as out:
            check(f"two steps of {name}", lambda: train(root, out))
    for folder in sorted(path.parent for path in root.glob("models/*/expected.json")):
        check(f"model {folder.name} in transformers", lambda: parity.described(folder))
    for folder in sorted(path.parent for path in root.glob("parity/*/expected.json")):
        check(f"shape {folder.name} in transformers", lambda: parity.trained(folder))
    for name in foreign.SHAPES:
        check(f"transformers writes {name}", lambda: foreign.write(name, root / "foreign" / name, root / "models" / "tuned"))
    check("the notebook executes in nbconvert", lambda: notebook(root / "run.ipynb"))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
