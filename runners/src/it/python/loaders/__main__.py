"""Takes exports through the trainers' own loaders: python loaders [--workspace FOLDER] FOLDER...

Each FOLDER holds an export; rows are traced back to the workspace. Prints a line for each check;
exits with 1 if one fails, or if no check knows a format. SLUICE_OVERLAYS names the folders with
the trainers, as NAME=FOLDER words.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

import check_axolotl
import check_environments
import check_labels
import check_llama_factory
import check_openai
import check_openrlhf
import check_sources
import check_tables
import check_trl
import check_verl
import exports
import origins
import readers

MODULES = [
    check_trl, check_verl, check_openrlhf, check_llama_factory, check_axolotl, check_environments, check_sources,
    check_openai, check_labels, check_tables]


def groups(listed):
    """The formats by the module that checks them and the overlays that it needs; one process each."""
    found = {}
    for export in listed:
        for module in MODULES:
            if export.format in module.CHECKS:
                key = (module, tuple(module.OVERLAYS.get(export.format, ())))
                found.setdefault(key, []).append(export)
    return found


def process(module, needed, several):
    """What subprocess.run is given to check exports with a module."""
    overlays = dict(word.split("=", 1) for word in os.environ.get("SLUICE_OVERLAYS", "").split())
    missing = [name for name in needed if name not in overlays]
    if missing:
        raise SystemExit(f"{module.__name__} needs the overlays {', '.join(missing)}, which SLUICE_OVERLAYS lacks.")
    return {
        "args": [sys.executable, module.__file__] + [str(export.folder) for export in several],
        "env": dict(os.environ, PYTHONPATH=os.pathsep.join(overlays[name] for name in needed))}


def main(folders, workspace):
    listed = [exports.Export(folder) for folder in folders]
    held = []
    checked = {name for module in MODULES for name in module.CHECKS}
    for export in listed:
        if export.format not in checked:
            print(f"FAIL  {export.label}: no loader check for {export.format}", flush=True)
            held.append(False)
    known = origins.Origins(workspace) if workspace else None
    for export in listed:
        if not export.format.startswith("table/"):
            held.append(exports.check(f"{export.label} in datasets, pyarrow, DuckDB, polars", lambda: readers.check(export)))
            if known:
                held.append(exports.check(f"{export.label} traced to the run", lambda: known.check(export)))
        if (export.folder / "README.md").exists():
            held.append(exports.check(f"{export.label} by its card", lambda: readers.card(export)))
        if (export.folder / "croissant.json").exists():
            held.append(exports.check(f"{export.label} in mlcroissant", lambda: readers.croissant(export)))
    for (module, needed), several in groups(listed).items():
        held.append(subprocess.run(**process(module, needed, several)).returncode == 0)
    return 0 if all(held) else 1


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="loaders")
    parser.add_argument("--workspace", type=Path)
    parser.add_argument("folders", nargs="+", type=Path)
    arguments = parser.parse_args()
    sys.exit(main(arguments.folders, arguments.workspace))
