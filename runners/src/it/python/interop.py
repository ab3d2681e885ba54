"""Checks what Sluice writes with the programs that others use: python interop.py FOLDER

FOLDER holds workspace/ (a finished run of run.yaml), exports/FORMAT/, models/NAME/ with
expected.json, parity/ (written by ParityExport), and run.ipynb. Writes foreign/ for ParityImport.
Prints a line for each check; exits with 1 if one fails. SLUICE_OVERLAYS names the folder of the
overlay prm. What the trainers' own loaders make of the exports is checked by the programs in loaders/.
"""

import os
import subprocess
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent / "loaders"))

# Its import sets what the libraries read from the environment.
import exports
import check_notebook
import foreign
import parity
import trainers


def notebook(path):
    different = check_notebook.main(str(path))
    assert different == 0, f"{different} cells give other outputs"
    return "every cell ran and gave the outputs in the file"


def main(root):
    held = []

    def check(name, work):
        held.append(exports.check(name, work))

    for name, train in trainers.ALL.items():
        held.append(trainers.two_steps(name, train, root))
    overlays = dict(word.split("=", 1) for word in os.environ["SLUICE_OVERLAYS"].split())
    held.append(subprocess.run(
        [sys.executable, trainers.__file__, root], env=dict(os.environ, PYTHONPATH=overlays["prm"])).returncode == 0)
    for folder in sorted(path.parent for path in root.glob("models/*/expected.json")):
        check(f"model {folder.name} in transformers", lambda: parity.described(folder))
    for folder in sorted(path.parent for path in root.glob("parity/*/expected.json")):
        check(f"shape {folder.name} in transformers", lambda: parity.trained(folder))
    for name in foreign.SHAPES:
        check(f"transformers writes {name}", lambda: foreign.write(name, root / "foreign" / name, root / "models" / "tuned"))
    check("the notebook executes in nbconvert", lambda: notebook(root / "run.ipynb"))
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
