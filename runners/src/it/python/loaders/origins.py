"""Traces exported rows back to the tables of their run."""

from pathlib import Path

from exports import IDS, same


class Origins:
    """The problems and the solutions of a workspace, by their ids."""

    def __init__(self, workspace):
        self.problems = self.read(workspace, "problems", "problem_id")
        self.solutions = self.read(workspace, "solutions", "solution_id")

    @staticmethod
    def read(workspace, table, key):
        import pyarrow.parquet
        files = Path(workspace).glob(f"artifacts/**/*-{table}.parquet")
        return {row[key]: row for file in files for row in pyarrow.parquet.read_table(file).to_pylist()}

    def check(self, export):
        """Every id names a row of the run, whose texts are in the exported row."""
        traced = 0
        for row in export.rows():
            ids = ids_of(row)
            if "custom_id" in row:
                ids["problem_id"] = row["custom_id"]
            held = texts({name: value for name, value in row.items() if name not in IDS})
            if "run" in ids:
                same("run", ids["run"], export.manifest["run"])
            if "problem_id" in ids:
                question = self.problems[ids["problem_id"]]["messages"][-1]["content"]
                assert contains(held, question), f"the row of problem {ids['problem_id']} lacks its question"
            for name in ("solution_id", "chosen_id", "rejected_id"):
                if name in ids:
                    solution = self.solutions[ids[name]]
                    same("problem of a solution", solution["problem_id"], ids["problem_id"])
                    if export.format == "open-instruct/rubric":
                        # The solution that the criteria were made for is not in the row.
                        continue
                    whole = contains(held, solution["text"])
                    assert whole or all(contains(held, step) for step in solution["steps"]), f"the row of {name} {ids[name]} lacks its text"
            traced += bool(ids)
        if not traced:
            return "rows carry no ids"
        same("number of rows with ids", traced, len(export.rows()))
        return f"{traced} rows by {', '.join(ids)}"


def ids_of(row):
    """The ids, which some trainers want in an object."""
    found = {}
    for place in (row.get("extra_info"), row.get("metadata"), row):
        if isinstance(place, dict):
            found |= {name: place[name] for name in IDS if name in place}
    return found


def texts(value):
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [text for each in value for text in texts(each)]
    return [value] if isinstance(value, str) else []


def contains(held, text):
    return any(text in each for each in held)
