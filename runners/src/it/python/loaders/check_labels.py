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
    """openai/prm800k: the steps that a labeler chose make the solution; the last one may be rated -1."""
    rows = export.rows()
    rated = 0
    for row in rows:
        same("keys", sorted(row), sorted([
            "labeler", "timestamp", "generation", "is_quality_control_question", "is_initial_screening_question",
            "question", "label"]))
        question, label = row["question"], row["label"]
        assert {"problem", "ground_truth_answer", "pre_generated_steps"} <= set(question), f"a question has {sorted(question)}"
        assert label["finish_reason"] in ("found_error", "solution", "bad_problem", "give_up"), label["finish_reason"]
        texts = []
        for step in label["steps"]:
            same("keys of a step", sorted(step), ["chosen_completion", "completions", "human_completion"])
            assert step["completions"], "a step has no completions"
            for completion in step["completions"]:
                assert completion["rating"] in (-1, 0, 1, None), f"a rating is {completion['rating']}"
                same("type of a text", type(completion["text"]), str)
                rated += 1
            chosen = step["chosen_completion"]
            texts.append(step["completions"][0 if chosen is None else chosen])
        assert [one["text"] for one in texts] == question["pre_generated_steps"][:len(texts)], "the steps are not the question's"
        ratings = [one["rating"] for one in texts]
        assert -1 not in ratings[:-1], "steps follow a wrong one"
        same("finish_reason", label["finish_reason"], "found_error" if ratings[-1] == -1 else "solution")
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
