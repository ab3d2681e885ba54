"""Writes an export of each format by hand, with texts that are hard to carry: python samples.py FOLDER

prove.py breaks them to show that each check fails when it must.
"""

import hashlib
import json
import sys
from pathlib import Path

RUN = "20261201-000000-abc"

QUESTIONS = [
    "What is 37 + 3?", "Wie groß ist ∑ᵢ i für i ≤ 9? 😀", "כמה זה 2 + 2?\n‏شكرا", "She said: \"it's\\n 5\"; what, then?",
    "Line one\n\n  line two\r\n\ttabbed\u2028separated\u0085next", "Long: " + "0123456789 abcdé\n" * 6000, "e\u0301 is not é: how many letters?"]
SYSTEMS = ["", "Answer with a number.", "", "Be \"brief\".\n", "", "", "ΑΒΓ"]
GOOD = [
    ["37+3=40", "#40"], ["1+…+9=45", "∴ 45 ✓"], ["2+2=4", "التالي: 4"], ["it's \"5\"", "\\boxed{5}"],
    ["a\n\nb", "  c "], ["x" * 100_000, "#1"], ["e\u0301", "é", "two"]]
BAD = [
    ["37+3=41", "#41"], ["1+…+9=44", "44 ✗"], ["2+2=5", "5"], ["'6'", "6"], ["a", "d"], ["y" * 3000, "#2"], ["one"]]
TRUTHS = ["40", "45", "4", "5", "", "1", "2"]


def turn(role, content):
    return {"role": role, "content": content}


class Case:
    """A problem with a right and a wrong solution."""

    def __init__(self, number):
        self.number = number
        self.problem, self.solution, self.other = f"p{number}", f"s{number}", f"w{number}"
        self.question, self.system, self.truth = QUESTIONS[number], SYSTEMS[number], TRUTHS[number]
        self.steps, self.bad_steps = GOOD[number], BAD[number]
        self.good, self.bad = "\n".join(self.steps), "\n".join(self.bad_steps)
        self.asked = ([turn("system", self.system)] if self.system else []) + [turn("user", self.question)]
        self.replied, self.erred = [turn("assistant", self.good)], [turn("assistant", self.bad)]
        self.ids = {"problem_id": self.problem, "solution_id": self.solution, "run": RUN}
        self.pair = {"problem_id": self.problem, "chosen_id": self.solution, "rejected_id": self.other, "run": RUN}
        self.only = {"problem_id": self.problem, "run": RUN}

    def side(self, right):
        """Steps, labels, text and ids of one of the solutions."""
        steps = self.steps if right else self.bad_steps
        return steps, [right or at + 1 < len(steps) for at in range(len(steps))]


CASES = [Case(number) for number in range(len(QUESTIONS))]
BOTH = [(case, right) for case in CASES for right in (True, False)]

TEXT, BOOL = "text", "boolean"
TURN = "struct<role: text, content: text>"
TURNS = f"list<{TURN}>"
IDS = {"problem_id": TEXT, "solution_id": TEXT, "run": TEXT}
PAIR = {"problem_id": TEXT, "chosen_id": TEXT, "rejected_id": TEXT, "run": TEXT}
ONLY = {"problem_id": TEXT, "run": TEXT}
PARQUET, JSONL = ["parquet"], ["jsonl"]
SHAREGPT = {"role_tag": "role", "content_tag": "content", "user_tag": "user", "assistant_tag": "assistant", "system_tag": "system"}


def unpaired(case, right, chat):
    text = case.good if right else case.bad
    ids = dict(case.ids, solution_id=case.solution if right else case.other)
    if chat:
        return {"prompt": case.asked, "completion": [turn("assistant", text)], "label": right} | ids
    return {"prompt": case.question, "completion": "\n" + text, "label": right} | ids


def labelled(case, right):
    steps, labels = case.side(right)
    return {"prompt": case.question + "\n", "completions": steps, "labels": labels}


def shepherd(case, right):
    steps, labels = case.side(right)
    texts = [f"Step {at + 1}: {step} " for at, step in enumerate(steps)]
    joined = lambda signs: case.question + " " + "\n".join(text + sign for text, sign in zip(texts, signs))
    return {"input": joined("ки" for _ in steps), "label": joined("+" if l else "-" for l in labels), "task": "GSM8K"}


def processbench(case, right):
    steps, labels = case.side(right)
    return {
        "id": f"{case.problem}-{right}", "generator": "tiny", "problem": case.question, "steps": steps,
        "final_answer_correct": right, "label": labels.index(False) if False in labels else -1}


def prm800k(case, right):
    steps, labels = case.side(right)
    return {
        "labeler": "sluice", "timestamp": "2026-12-01T00:00:00", "generation": 9,
        "is_quality_control_question": False, "is_initial_screening_question": False,
        "question": {
            "problem": case.question, "ground_truth_solution": None, "ground_truth_answer": case.truth,
            "pre_generated_steps": steps, "pre_generated_answer": None, "pre_generated_verifier_score": None},
        "label": {
            "steps": [{
                "completions": [{"text": step, "rating": 1 if label else -1, "flagged": False}],
                "human_completion": None, "chosen_completion": 0} for step, label in zip(steps, labels)],
            "total_time": 0, "finish_reason": "solution" if right else "found_error"}}


def formats():
    """For each format: the endings, the types of the columns, and the rows."""
    both = PARQUET + JSONL
    yield "trl/text", both, {"text": TEXT} | IDS, [{"text": c.question + "\n" + c.good} | c.ids for c in CASES]
    yield "trl/messages", both, {"messages": TURNS} | IDS, [{"messages": c.asked + c.replied} | c.ids for c in CASES]
    yield "trl/sft", both, {"prompt": TEXT, "completion": TEXT} | IDS, [
        {"prompt": c.question, "completion": "\n" + c.good} | c.ids for c in CASES]
    yield "verifier/sft", both, {"prompt": TEXT, "completion": TEXT} | IDS, [
        {"prompt": "Judge: " + c.question, "completion": "\n" + c.good} | c.ids for c in CASES]
    yield "trl/sft-chat", both, {"prompt": TURNS, "completion": TURNS} | IDS, [
        {"prompt": c.asked, "completion": c.replied} | c.ids for c in CASES]
    yield "trl/preference", both, {"prompt": TEXT, "chosen": TEXT, "rejected": TEXT} | PAIR, [
        {"prompt": c.question, "chosen": "\n" + c.good, "rejected": "\n" + c.bad} | c.pair for c in CASES]
    yield "trl/preference-chat", both, {"prompt": TURNS, "chosen": TURNS, "rejected": TURNS} | PAIR, [
        {"prompt": c.asked, "chosen": c.replied, "rejected": c.erred} | c.pair for c in CASES]
    yield "trl/preference-implicit", both, {"chosen": TEXT, "rejected": TEXT} | PAIR, [
        {"chosen": f"{c.question}\n{c.good}", "rejected": f"{c.question}\n{c.bad}"} | c.pair for c in CASES]
    yield "trl/preference-implicit-chat", both, {"chosen": TURNS, "rejected": TURNS} | PAIR, [
        {"chosen": c.asked + c.replied, "rejected": c.asked + c.erred} | c.pair for c in CASES]
    yield "trl/unpaired", both, {"prompt": TEXT, "completion": TEXT, "label": BOOL} | IDS, [unpaired(c, r, False) for c, r in BOTH]
    yield "trl/unpaired-chat", both, {"prompt": TURNS, "completion": TURNS, "label": BOOL} | IDS, [
        unpaired(c, r, True) for c, r in BOTH]
    yield "trl/prompt-only", both, {"prompt": TEXT, "ground_truth": TEXT} | ONLY, [
        {"prompt": c.question, "ground_truth": c.truth} | c.only for c in CASES]
    yield "trl/prompt-only-chat", both, {"prompt": TURNS} | ONLY, [{"prompt": c.asked} | c.only for c in CASES]
    steps = {"prompt": TEXT, "completions": f"list<{TEXT}>", "labels": f"list<{BOOL}>"}
    yield "trl/stepwise", both, steps | IDS, [labelled(c, r) | c.ids for c, r in BOTH]
    extra = f"struct<split: {TEXT}, index: int32, problem_id: {TEXT}, run: {TEXT}>"
    yield "verl/rl", PARQUET, {
        "data_source": TEXT, "prompt": TURNS, "ability": TEXT,
        "reward_model": f"struct<style: {TEXT}, ground_truth: {TEXT}>", "extra_info": extra}, [{
            "data_source": "sluice", "prompt": c.asked, "ability": "math",
            "reward_model": {"style": "rule", "ground_truth": c.truth},
            "extra_info": {"split": "train", "index": c.number} | c.only} for c in CASES]
    yield "verl/sft", PARQUET, {"messages": TURNS} | IDS, [{"messages": c.asked + c.replied} | c.ids for c in CASES]
    yield "verl/rm", PARQUET, {"prompt": TEXT, "chosen": TEXT, "rejected": TEXT} | PAIR, [
        {"prompt": c.question, "chosen": "\n" + c.good, "rejected": "\n" + c.bad} | c.pair for c in CASES]
    yield "openrlhf/rl", JSONL, {"input": TURNS, "label": TEXT, "datasource": TEXT} | ONLY, [
        {"input": c.asked, "label": c.truth, "datasource": "arithmetic"} | c.only for c in CASES]
    yield "openrlhf/rm", JSONL, {"prompt": TURNS, "chosen": TURNS, "rejected": TURNS, "margin": "double"} | PAIR, [
        {"prompt": c.asked, "chosen": c.replied, "rejected": c.erred, "margin": 0.1 * c.number} | c.pair for c in CASES]
    yield "openrlhf/sft", JSONL, {"input": TURNS, "output": TURNS} | IDS, [
        {"input": c.asked, "output": c.replied} | c.ids for c in CASES]
    yield "llama-factory/sft", JSONL, {"messages": TURNS} | IDS, [{"messages": c.asked + c.replied} | c.ids for c in CASES]
    yield "llama-factory/alpaca", JSONL, {"instruction": TEXT, "input": TEXT, "output": TEXT, "system": TEXT} | IDS, [
        {"instruction": c.question, "input": "", "output": c.good, "system": c.system} | c.ids for c in CASES]
    yield "llama-factory/preference", JSONL, {"messages": TURNS, "chosen": TURN, "rejected": TURN} | PAIR, [
        {"messages": c.asked, "chosen": c.replied[0], "rejected": c.erred[0]} | c.pair for c in CASES]
    yield "llama-factory/kto", JSONL, {"messages": TURNS, "kto_tag": BOOL} | IDS, [
        {"messages": c.asked + (c.replied if r else c.erred), "kto_tag": r} | c.ids for c, r in BOTH]
    yield "axolotl/sft", JSONL, {"messages": TURNS} | IDS, [{"messages": c.asked + c.replied} | c.ids for c in CASES]
    yield "axolotl/dpo", JSONL, {"messages": TURNS, "chosen": TURN, "rejected": TURN} | PAIR, [
        {"messages": c.asked, "chosen": c.replied[0], "rejected": c.erred[0]} | c.pair for c in CASES]
    yield "axolotl/reward", JSONL, {"system": TEXT, "input": TEXT, "chosen": TEXT, "rejected": TEXT} | PAIR, [
        {"system": c.system, "input": c.question, "chosen": c.good, "rejected": c.bad} | c.pair for c in CASES]
    yield "axolotl/stepwise", JSONL, steps | IDS, [labelled(c, r) | c.ids for c, r in BOTH]
    yield "skyrl/rl", PARQUET, {
        "data_source": TEXT, "prompt": TURNS, "env_class": TEXT,
        "reward_spec": f"struct<method: {TEXT}, ground_truth: {TEXT}>", "extra_info": extra}, [{
            "data_source": "sluice", "prompt": c.asked, "env_class": "gsm8k",
            "reward_spec": {"method": "rule", "ground_truth": c.truth},
            "extra_info": {"split": "train", "index": c.number} | c.only} for c in CASES]
    yield "nemo-gym/rl", JSONL, {"responses_create_params": f"struct<input: {TURNS}>", "ground_truth": TEXT} | ONLY, [
        {"responses_create_params": {"input": c.asked}, "ground_truth": c.truth} | c.only for c in CASES]
    yield "slime/rl", JSONL, {
        "prompt": TURNS, "label": TEXT, "metadata": f"struct<rm_type: {TEXT}, problem_id: {TEXT}, run: {TEXT}>"}, [
            {"prompt": c.asked, "label": c.truth, "metadata": {"rm_type": "math"} | c.only} for c in CASES]
    yield "open-instruct/rlvr", both, {"messages": TURNS, "ground_truth": TEXT, "dataset": TEXT} | ONLY, [
        {"messages": c.asked, "ground_truth": c.truth, "dataset": "math"} | c.only for c in CASES]
    yield "open-instruct/rubric", both, {"messages": TURNS, "ground_truth": TEXT, "dataset": TEXT} | ONLY, [{
        "messages": c.asked, "ground_truth": json.dumps({
            "query": c.question, "rubrics": [{"description": "Ends in a number.", "weight": 1.0}]}, ensure_ascii=False),
        "dataset": "rubric"} | c.only for c in CASES]
    yield "open-instruct/preference", both, {"chosen": TURNS, "rejected": TURNS} | PAIR, [
        {"chosen": c.asked + c.replied, "rejected": c.asked + c.erred} | c.pair for c in CASES]
    yield "openai/sft", JSONL, {"messages": TURNS}, [{"messages": c.asked + c.replied} for c in CASES]
    yield "openai/preference", JSONL, {
        "input": f"struct<messages: {TURNS}>", "preferred_output": TURNS, "non_preferred_output": TURNS}, [
            {"input": {"messages": c.asked}, "preferred_output": c.replied, "non_preferred_output": c.erred} for c in CASES]
    yield "openai/rft", JSONL, {"messages": TURNS, "reference_answer": TEXT} | ONLY, [
        {"messages": c.asked, "reference_answer": c.truth} | c.only for c in CASES]
    yield "openai/batch", JSONL, {
        "custom_id": TEXT, "method": TEXT, "url": TEXT, "body": f"struct<model: {TEXT}, messages: {TURNS}>"}, [
            {"custom_id": c.problem, "method": "POST", "url": "/v1/chat/completions",
             "body": {"model": "tiny", "messages": c.asked}} for c in CASES]
    yield "processbench/labels", both, {
        "id": TEXT, "generator": TEXT, "problem": TEXT, "steps": f"list<{TEXT}>", "final_answer_correct": BOOL,
        "label": "int32"}, [processbench(c, r) for c, r in BOTH]
    yield "prm800k/labels", JSONL, {
        "labeler": TEXT, "timestamp": TEXT, "generation": "int32", "is_quality_control_question": BOOL,
        "is_initial_screening_question": BOOL,
        "question": f"struct<problem: {TEXT}, ground_truth_solution: {TEXT}, ground_truth_answer: {TEXT}, pre_generated_steps: list<{TEXT}>, pre_generated_answer: {TEXT}, pre_generated_verifier_score: double>",
        "label": f"struct<steps: list<struct<completions: list<struct<text: {TEXT}, rating: int32, flagged: {BOOL}>>, human_completion: {TEXT}, chosen_completion: int32>>, total_time: int32, finish_reason: {TEXT}>"}, [
            prm800k(c, r) for c, r in BOTH]
    yield "math-shepherd/labels", both, {"input": TEXT, "label": TEXT, "task": TEXT}, [shepherd(c, r) for c, r in BOTH]
    yield "rewardbench/pairs", both, {
        name: TEXT for name in ("prompt", "chosen", "rejected", "chosen_model", "rejected_model", "subset", "id")}, [
            {"prompt": c.question, "chosen": c.good, "rejected": c.bad, "chosen_model": "tiny", "rejected_model": "tiny",
             "subset": "math", "id": c.problem} for c in CASES]
    yield "rewardbench2/pairs", both, {
        "id": TEXT, "prompt": TEXT, "chosen": f"list<{TEXT}>", "rejected": f"list<{TEXT}>", "num_correct": "int32",
        "num_incorrect": "int32", "total_completions": "int32", "models": f"list<{TEXT}>", "subset": TEXT}, [
            {"id": c.problem, "prompt": c.question, "chosen": [c.good], "rejected": [c.bad, c.bad + "!"], "num_correct": 1,
             "num_incorrect": 2, "total_completions": 3, "models": ["tiny"] * 3, "subset": "Math"} for c in CASES]
    table = {"problem_id": TEXT, "question": TEXT, "steps": f"list<{TEXT}>", "count": "int32", "score": "double", "right": BOOL}
    rows = [{"problem_id": c.problem, "question": c.question, "steps": c.steps, "count": len(c.steps), "score": 0.1 * c.number,
             "right": True} for c in CASES]
    yield "table/parquet", PARQUET, table, rows
    yield "table/jsonl", JSONL, table, rows
    yield "table/csv", ["csv"], table, rows


def beside(name, kind):
    """Files that some trainers want beside the data, as {path: content}."""
    path = f"{kind}-train.jsonl"
    alpaca = {"prompt": "instruction", "query": "input", "response": "output", "system": "system"}
    info = {
        "llama-factory/sft": {"formatting": "sharegpt", "columns": {"messages": "messages"}, "tags": SHAREGPT},
        "llama-factory/alpaca": {"formatting": "alpaca", "columns": alpaca},
        "llama-factory/preference": {"formatting": "sharegpt", "ranking": True, "columns": {
            "messages": "messages", "chosen": "chosen", "rejected": "rejected"}, "tags": SHAREGPT},
        "llama-factory/kto": {"formatting": "sharegpt", "columns": {"messages": "messages", "kto_tag": "kto_tag"}, "tags": SHAREGPT},
    }.get(name)
    if info:
        return {"dataset_info.json": json.dumps({f"{kind}_train": {"file_name": f"data/{path}"} | info})}
    yaml = {
        "axolotl/sft": "    type: chat_template\n",
        "axolotl/dpo": "    type: chat_template.default\nrl: dpo\n",
        "axolotl/reward": "    type: bradley_terry.chat_template\nreward_model: true\nmodel_type: AutoModelForSequenceClassification\nnum_labels: 1\n",
        "axolotl/stepwise": "    type: stepwise_supervised\n    step_separator: \"\\n\"\nprocess_reward_model: true\nmodel_type: AutoModelForTokenClassification\nnum_labels: 2\n",
    }.get(name)
    if yaml:
        return {"axolotl.yaml": f"datasets:\n  - path: data/{path}\n    ds_type: json\n    split: train\n" + yaml}
    return {}


def encode(ending, columns, rows):
    import csv
    import io

    import pyarrow
    import pyarrow.parquet
    import readers
    if ending == "jsonl":
        return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()
    if ending == "csv":
        out = io.StringIO(newline="")
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(columns)
        for row in rows:
            writer.writerow([v if isinstance(v, str) else json.dumps(v, ensure_ascii=False) for v in row.values()])
        return out.getvalue().encode()
    names = {"text": pyarrow.string(), "boolean": pyarrow.bool_(), "int32": pyarrow.int32(), "double": pyarrow.float64()}

    def arrow(kind):
        if isinstance(kind, str):
            return names[kind]
        if kind[0] == "list":
            return pyarrow.list_(pyarrow.field("element", arrow(kind[1]), nullable=False))
        return pyarrow.struct([pyarrow.field(name, arrow(each)) for name, each in kind[1].items()])

    schema = pyarrow.schema([pyarrow.field(name, arrow(readers.parsed(text))) for name, text in columns.items()])
    out = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows, schema=schema), out)
    return out.getvalue()


def write(folder, name, endings, columns, rows, counted=None):
    """Writes an export whose manifest fits its files, but for a number of rows that is given."""
    kind = name.split("/")[1]
    contents = {f"data/{kind}-train.{ending}": (encode(ending, columns, rows), len(rows)) for ending in endings}
    files = []
    for path, (content, number) in contents.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
        files.append({
            "path": path, "rows": number if counted is None else counted, "bytes": len(content),
            "sha256": hashlib.sha256(content).hexdigest()})
    sides = beside(name, kind)
    for path, text in sides.items():
        (folder / path).write_text(text, encoding="utf-8")
    manifest = {
        "format_version": 1, "format": name, "run": RUN, "columns": columns, "files": files, "side_files": list(sides)}
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=2), encoding="utf-8")


def main(root):
    for name, endings, columns, rows in formats():
        write(root / name, name, endings, columns, rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
