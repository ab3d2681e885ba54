"""Shows that each check passes on right rows and fails on broken ones: python prove.py FOLDER [FORMAT...]

Writes the exports of samples.py below FOLDER, and as many broken ones, and runs the checks on all.
Prints a table; exits with 1 if a check says what it must not.
"""

import copy
import json
import shutil
import subprocess
import sys
from pathlib import Path

import exports
import samples

LIMIT = 2000

# Formats whose loaders count tokens, and cut or drop above a limit. Axolotl's strategy for conversations does not.
COUNTING = {
    "trl/text", "trl/messages", "trl/sft", "trl/sft-chat", "trl/preference", "trl/preference-chat", "trl/preference-implicit",
    "trl/preference-implicit-chat", "trl/unpaired", "trl/unpaired-chat", "trl/stepwise", "verifier/sft", "verl/rl", "verl/sft",
    "openrlhf/rm", "openrlhf/sft", "llama-factory/sft", "llama-factory/alpaca", "llama-factory/preference", "llama-factory/kto",
    "axolotl/reward", "axolotl/stepwise", "skyrl/rl"}


def put(*path):
    """Sets a value in the first row, below the keys of the path but its last, which is the value."""
    *keys, last, value = path

    def change(rows):
        place = rows[0]
        for key in keys:
            place = place[key]
        place[last] = value
    return change


def drop(*path):
    *keys, last = path

    def change(rows):
        place = rows[0]
        for key in keys:
            place = place[key]
        del place[last]
    return change


def equal(one, other):
    return lambda rows: rows[0].update({one: copy.deepcopy(rows[0][other])})


def everywhere(key, value):
    return lambda rows: [row.update({key: value}) for row in rows]


def repeated(key):
    return lambda rows: rows[0].update({key: rows[1][key]})


def same_index(rows):
    for row in rows:
        row["extra_info"]["index"] = 0


USER, ASSISTANT = samples.turn("user", "no"), samples.turn("assistant", "no")

BROKEN = {
    "trl/messages": {"ends in a user's turn": put("messages", -1, "role", "user")},
    "trl/sft": {"empty completion": put("completion", "\n"), "nothing between": put("completion", "40"), "empty prompt": put("prompt", "")},
    "verifier/sft": {"empty completion": put("completion", "")},
    "trl/sft-chat": {
        "reply of a user": put("completion", 0, "role", "user"), "prompt of the assistant": put("prompt", -1, "role", "assistant")},
    "trl/preference": {"equal sides": equal("chosen", "rejected"), "empty side": put("rejected", "\n")},
    "trl/preference-chat": {"reply of a user": put("rejected", 0, "role", "user"), "two turns": put("chosen", [USER, ASSISTANT])},
    "trl/preference-implicit": {"equal sides": equal("chosen", "rejected")},
    "trl/preference-implicit-chat": {"different prompts": put("rejected", -2, "content", "else")},
    "trl/unpaired": {"empty completion": put("completion", " ")},
    "trl/unpaired-chat": {"reply of a user": put("completion", 0, "role", "user")},
    "trl/prompt-only": {"empty prompt": put("prompt", "")},
    "trl/prompt-only-chat": {"prompt of the assistant": put("prompt", -1, "role", "assistant")},
    "trl/stepwise": {"a label too few": put("labels", [True]), "empty step": put("completions", ["", "#40"])},
    "verl/rl": {
        "one index for all": same_index, "prompt of the assistant": put("prompt", -1, "role", "assistant"),
        "no problem_id": put("extra_info", "problem_id", ""), "no ground truth": put("reward_model", "ground_truth", None)},
    "verl/sft": {"ends in a user's turn": put("messages", -1, "role", "user"), "empty answer": put("messages", -1, "content", "")},
    "verl/rm": {"equal sides": equal("chosen", "rejected"), "empty side": put("chosen", ""), "nothing between": put("chosen", "40")},
    "openrlhf/rl": {"a number as label": put("label", 40), "prompt of the assistant": put("input", -1, "role", "assistant")},
    "openrlhf/rm": {"no margin": put("margin", None), "reply of a user": put("chosen", 0, "role", "user"),
                    "empty side": put("rejected", 0, "content", "")},
    "openrlhf/sft": {"empty answer": put("output", 0, "content", ""), "reply of a user": put("output", 0, "role", "user")},
    "llama-factory/sft": {"two turns of the user": put("messages", [USER, USER]), "three turns": put("messages", [USER, ASSISTANT, USER])},
    "llama-factory/alpaca": {"empty output": put("output", ""), "no output": put("output", None)},
    "llama-factory/preference": {"side of the system": put("chosen", "role", "system"), "prompt with a reply": put("messages", [USER, ASSISTANT])},
    "llama-factory/kto": {"empty answer": put("messages", -1, "content", ""), "tag of text": everywhere("kto_tag", "true")},
    "axolotl/sft": {"ends in a user's turn": put("messages", -1, "role", "user")},
    "axolotl/dpo": {"empty side": put("chosen", "content", ""), "unknown role": put("chosen", "role", "gpt"),
                    "side that the template says before": put("chosen", "content", "message")},
    "axolotl/reward": {"no system column": lambda rows: [row.pop("system") for row in rows], "no system text": everywhere("system", ""),
                       "empty side": put("chosen", " ")},
    "axolotl/stepwise": {"nothing between": put("prompt", "What?"), "a label too few": put("labels", [True]), "labels of text": put("labels", ["yes", "no"])},
    "skyrl/rl": {"prompt of the assistant": put("prompt", -1, "role", "assistant"), "no run": put("extra_info", "run", "")},
    "nemo-gym/rl": {"no parameters": drop("responses_create_params"), "another key in a turn": put("responses_create_params", "input", 0, "name", "x"),
                    "prompt of the assistant": put("responses_create_params", "input", -1, "role", "assistant")},
    "slime/rl": {"unknown reward": put("metadata", "rm_type", "maths"), "metadata of text": put("metadata", "p0"), "no label": drop("label"), "no run": put("metadata", "run", "")},
    "open-instruct/rlvr": {"ends in a reply": put("messages", [USER, ASSISTANT]), "unknown verifier": put("dataset", "gsm9k")},
    "open-instruct/rubric": {"no JSON": put("ground_truth", "{"), "no criteria": put("ground_truth", '{"query": "What is 37 + 3?", "rubrics": []}')},
    "open-instruct/preference": {"different prompts": put("rejected", -2, "content", "else"), "empty side": put("chosen", -1, "content", "")},
    "openai/sft": {"another key": put("problem_id", "p0"), "ends in a user's turn": put("messages", -1, "role", "user")},
    "openai/preference": {"empty side": put("preferred_output", 0, "content", ""), "a system's side": put("preferred_output", 0, "role", "system")},
    "openai/rft": {"ends in a reply": put("messages", [USER, ASSISTANT]), "no answer": drop("reference_answer")},
    "openai/batch": {"one custom_id twice": repeated("custom_id"), "no model": put("body", "model", "")},
    "processbench/labels": {"label behind the steps": put("label", 2), "one id twice": repeated("id"), "empty step": put("steps", ["", "a"])},
    "prm800k/labels": {"rating of 2": put("label", "steps", 0, "completions", 0, "rating", 2), "a rating that the finish does not fit": put(
        "label", "steps", 0, "completions", 0, "rating", -1), "a step that nobody chose": put("label", "steps", 0, "chosen_completion", None), "other steps": put("question", "pre_generated_steps", ["a"])},
    "math-shepherd/labels": {"different text": put("label", "else"), "no token at the end": put("input", "What? Step 1: ки."),
                             "a token in a text": put("input", "реки: ки")},
    "rewardbench/pairs": {"one id twice": repeated("id"), "equal sides": equal("chosen", "rejected")},
    "rewardbench2/pairs": {"wrong count": put("num_incorrect", 1), "a text on both sides": equal("rejected", "chosen")},
}


def cases(root, wanted):
    """Folder, format, title and whether the check must pass."""
    for name, endings, columns, rows in samples.formats():
        if wanted and name not in wanted:
            continue
        place = root / name.replace("/", "-")

        def written(title, changed, **more):
            folder = place / title.replace(" ", "-")
            samples.write(folder, name, endings, columns, changed, **more)
            return folder

        yield written("right rows", rows), name, "right rows", True
        yield written("a row fewer", rows[:-1], counted=len(rows)), name, "a row fewer than the manifest says", False
        folder = written("a cut text", rows)
        for path in folder.glob("data/*-train.*"):
            content = path.read_bytes()
            path.write_bytes(content.replace(b"0123456789", b"012345678") if path.suffix != ".parquet" else content[:-9] + b"x" + content[-8:])
        yield folder, name, "a changed file", False
        for title, change in BROKEN.get(name, {}).items():
            # Not a deep copy, whose sides would share the turns of their prompt.
            changed = json.loads(json.dumps(rows))
            change(changed)
            yield written(title, changed), name, title, False


def run(listed, limit=None):
    """The line of each folder's check; that of a failed one if there is one."""
    import runpy
    main = runpy.run_path(str(Path(__file__).parent / "__main__.py"), run_name="loaders")
    found = {}
    for (module, needed), several in main["groups"]([exports.Export(folder) for folder in listed]).items():
        call = main["process"](module, needed, several)
        if limit:
            call["env"]["SLUICE_TOKEN_LIMIT"] = str(limit)
        lines = subprocess.run(**call, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout.splitlines()
        said = [line for line in lines if line.startswith(("ok ", "FAIL "))]
        for export, line in zip(several, said, strict=True):
            # Several modules may check a format.
            if line.startswith("FAIL") or export.folder not in found:
                found[export.folder] = line
    return found


def main(root, wanted):
    shutil.rmtree(root, ignore_errors=True)
    listed = list(cases(root, wanted))
    said = run([folder for folder, *_ in listed])
    table = [(name, title, right, said[folder]) for folder, name, title, right in listed]
    counting = [case for case in listed if case[3] and case[1] in COUNTING]
    said = run([folder for folder, *_ in counting], LIMIT)
    table += [(name, f"a loader that takes {LIMIT} tokens", False, said[folder]) for folder, name, *_ in counting]
    wrong = 0
    for name, title, right, line in table:
        held = line.startswith("ok") == right
        wrong += not held
        print(f"{'' if held else 'WRONG '}{name}: {title}: {line[:160]}")
    print(f"{len(table)} cases of {len({row[0] for row in table})} formats, {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
