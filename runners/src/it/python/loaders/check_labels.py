"""Checks exports in the shape of published sets, by what the readers of those sets do with a row."""

import exports
from exports import same

STEP = "ки"


def loaded(export):
    import datasets
    rows = export.rows()
    for kind, ending in (("parquet", ".parquet"), ("json", ".jsonl")):
        if export.files(ending):
            dataset = datasets.load_dataset(kind, data_files=export.paths(ending), split="train")
            same(f"rows of load_dataset({kind!r})", dataset.to_list(), rows)
    return rows


def unique(rows, column):
    same(f"number of different values of {column}", len({row[column] for row in rows}), len(rows))


def processbench(export):
    """QwenLM/ProcessBench: the label is the first wrong step; -1 if there is none. F1 needs rows of both kinds."""
    rows = loaded(export)
    unique(rows, "id")
    for row in rows:
        same("columns", list(row)[:6], ["id", "generator", "problem", "steps", "final_answer_correct", "label"])
        same("types", [type(row[name]) for name in list(row)[:6]], [str, str, str, list, bool, int])
        assert row["steps"] and all(isinstance(step, str) and step.strip() for step in row["steps"]), "a step is empty"
        assert -1 <= row["label"] < len(row["steps"]), f"the label {row['label']} is none of {len(row['steps'])} steps"
    wrong = sum(row["label"] >= 0 for row in rows)
    return f"{len(rows)} rows in a rebuilt reader of ProcessBench, {wrong} with a wrong step"


def prm800k(export):
    """TRL's reader of the set (examples/datasets/prm800k.py): one example of each row, with all its steps.

    Completions that were not chosen would become examples of their own, and end where they stand.
    """
    rows = export.rows()
    rated = 0
    for row in rows:
        question, label = row["question"], row["label"]
        assert isinstance(row["labeler"], str) and not row["is_quality_control_question"], "a row is no rating"
        assert question["problem"].strip(), "a problem is empty"
        steps, labels = [], []
        for step in label["steps"]:
            same("number of completions of a step", len(step["completions"]), 1)
            completion, = step["completions"]
            assert completion["rating"] in (-1, 0, 1), f"a rating is {completion['rating']}"
            same("chosen completion", step["chosen_completion"], 0)
            same("completion by a person", step["human_completion"], None)
            steps.append(completion["text"])
            labels.append(completion["rating"] == 1)
        assert steps and all(step.strip() for step in steps), "a step is empty"
        same("steps of the question", question["pre_generated_steps"], steps)
        found = any(step["completions"][0]["rating"] == -1 for step in label["steps"])
        same("finish_reason", label["finish_reason"], "found_error" if found else "solution")
        rated += len(labels)
    return f"{len(rows)} rows, {rated} rated steps in a rebuilt reader of PRM800K"


def math_shepherd(export):
    """peiyi9979/Math-Shepherd: input and label are one text, but for a sign in the place of each step's token."""
    rows = loaded(export)
    steps = 0
    for row in rows:
        same("columns", list(row)[:3], ["input", "label", "task"])
        parts = row["input"].split(STEP)
        assert len(parts) > 1 and parts[-1] == "", f"the input does not end in {STEP}"
        at, signs = 0, []
        for part in parts[:-1]:
            assert row["label"].startswith(part, at), "the label's text is not the input's"
            at += len(part)
            signs.append(row["label"][at:at + 1])
            at += 1
        same("end of the label", row["label"][at:], "")
        assert set(signs) <= {"+", "-"}, f"the signs are {signs}"
        steps += len(signs)
    return f"{len(rows)} rows, {steps} steps in a rebuilt reader of Math-Shepherd"


def rewardbench(export):
    """allenai/reward-bench: one chosen and one rejected answer to a prompt; subset decides the section."""
    rows = loaded(export)
    unique(rows, "id")
    names = ["prompt", "chosen", "chosen_model", "rejected", "rejected_model", "subset", "id"]
    for row in rows:
        same("columns", sorted(list(row)[:7]), sorted(names))
        same("types", {type(row[name]) for name in names if name != "id"}, {str})
        assert row["prompt"].strip() and row["chosen"].strip() and row["rejected"].strip(), "a text is empty"
        assert row["chosen"] != row["rejected"], "a pair's sides are equal"
    return f"{len(rows)} rows in a rebuilt reader of RewardBench"


def rewardbench2(export):
    """RewardBench 2: the chosen answers must all score above the rejected ones; the counts must be the lists'."""
    rows = loaded(export)
    unique(rows, "id")
    for row in rows:
        for side, number in (("chosen", "num_correct"), ("rejected", "num_incorrect")):
            assert row[side] and all(isinstance(text, str) and text.strip() for text in row[side]), f"{side} is empty"
            same(number, row[number], len(row[side]))
        same("total_completions", row["total_completions"], row["num_correct"] + row["num_incorrect"])
        assert not set(row["chosen"]) & set(row["rejected"]), "a text is both chosen and rejected"
        assert row["subset"] != "Ties", "the subset Ties is scored by other rules"
    return f"{len(rows)} rows in a rebuilt reader of RewardBench 2"


CHECKS = {
    "processbench/labels": processbench, "prm800k/labels": prm800k, "math-shepherd/labels": math_shepherd,
    "rewardbench/pairs": rewardbench, "rewardbench2/pairs": rewardbench2}

OVERLAYS = {}

if __name__ == "__main__":
    raise SystemExit(exports.main(CHECKS))
