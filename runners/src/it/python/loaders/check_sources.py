"""Checks exports for trainers that cannot be installed here, by rules rebuilt from their sources."""

import json

import exports
import tokens
from exports import same

# The verifiers of open_instruct/ground_truth_utils.py; general-<judge> is a family.
VERIFIERS = {
    "gsm8k", "math", "strict_math", "ifeval", "ifeval_old", "flan", "string_matcher", "string_f1", "puzzle", "re_search",
    "re_search_f1", "max_length", "up_to_max_length", "code", "passthrough", "rubric"}

# The reward functions of slime/rollout/rm_hub/__init__.py; boxed_ before one takes the text from \\boxed{}.
REWARDS = {"remote_rm", "deepscaler", "dapo", "math", "f1", "gpqa", "ifbench", "random", "opencua_click"}


def rlvr(export):
    """open_instruct/dataset_transformation.py, rlvr_tokenize: a last turn of the assistant would be dropped."""
    rows = tabled(export)
    for row in rows:
        same("role of a prompt's last turn", row["messages"][-1]["role"], "user")
        for turn in row["messages"]:
            assert turn["role"] in ("system", "user", "assistant"), f"open-instruct has no role {turn['role']!r}"
        truths, names = listed(row["ground_truth"]), listed(row["dataset"])
        same("number of verifiers", len(names), len(truths))
        for name in names:
            assert name in VERIFIERS or name.startswith("general-"), f"open-instruct has no verifier {name!r}"
        assert all(isinstance(truth, str) for truth in truths), "a ground truth is no text"
    return f"{len(rows)} rows in a rebuilt checker of open-instruct's rlvr_tokenize"


def listed(value):
    return [value] if isinstance(value, str) else value


def rubric(export):
    """The verifier rubric reads a JSON text; it skips a criterion without description, and divides by the sum of the weights' sizes."""
    rows = tabled(export)
    rlvr(export)
    criteria = 0
    for row in rows:
        same("verifier", listed(row["dataset"]), ["rubric"])
        truth, = listed(row["ground_truth"])
        parsed = json.loads(truth, parse_constant=exports.refuse)
        same("keys of a rubric", sorted(parsed), ["query", "rubrics"])
        same("query", parsed["query"], row["messages"][-1]["content"])
        assert parsed["rubrics"], "a rubric has no criteria"
        for criterion in parsed["rubrics"]:
            assert criterion["description"].strip(), "a criterion says nothing"
            assert type(criterion["weight"]) in (int, float), f"a weight is {criterion['weight']!r}"
        assert any(criterion["weight"] for criterion in parsed["rubrics"]), "no criterion has weight"
        criteria += len(parsed["rubrics"])
    return f"{len(rows)} rows, {criteria} criteria in a rebuilt checker of open-instruct's RubricVerifier"


def preference(export):
    """preference_tulu_tokenize_and_truncate: whole dialogues that differ in the last turn, the only one trained on."""
    rows = tabled(export)
    tok = tokens.tokenizer()
    for row in rows:
        same("the prompts of a pair", row["rejected"][:-1], row["chosen"][:-1])
        same("role of the prompt's last turn", row["chosen"][-2]["role"], "user")
        for side in ("chosen", "rejected"):
            same("role of the last turn", row[side][-1]["role"], "assistant")
            assert row[side][-1]["content"].strip(), f"{side} is empty"
            before = tok.apply_chat_template(row[side][:-1], tokenize=False, add_generation_prompt=True)
            whole = tok.apply_chat_template(row[side], tokenize=False)
            same("trained text", whole[len(before):], row[side][-1]["content"] + tokens.EOS + "\n")
        assert row["chosen"] != row["rejected"], "a pair's sides are equal"
    return f"{len(rows)} rows in a rebuilt checker of open-instruct's preference_tulu_tokenize"


def tabled(export):
    """The rows as open-instruct loads a local file, from either kind."""
    import datasets
    for kind, ending in (("parquet", ".parquet"), ("json", ".jsonl")):
        rows = [row for path in export.paths(ending) for row in datasets.load_dataset(kind, data_files=path, split="train")]
        same(f"rows of {ending}", rows, export.rows())
    return export.rows()


def slime(export):
    """slime/utils/data.py: lines that are no JSON are skipped; what is no metadata is dropped."""
    rows = []
    for path in export.paths(".jsonl"):
        with open(path, encoding="utf-8") as lines:
            rows += [json.loads(line) for line in lines if line.strip()]
    same("rows of the lines", rows, export.rows())
    tok = tokens.tokenizer()
    for row in rows:
        assert "prompt" in row and "label" in row, "slime's --input-key prompt or --label-key label finds nothing"
        same("role of a prompt's last turn", row["prompt"][-1]["role"], "user")
        same("prompt", tok.apply_chat_template(row["prompt"], tokenize=False, add_generation_prompt=True),
             tokens.chat(row["prompt"], generation=True))
        same("type of the metadata", type(row["metadata"]), dict)
        assert row["metadata"]["problem_id"] and row["metadata"]["run"], "metadata lacks an id"
        assert isinstance(row["label"], str), "a label is no text"
    named = {row["metadata"].get("rm_type") or "" for row in rows}
    for name in named - {""}:
        assert name.removeprefix("boxed_") in REWARDS, f"slime has no reward function {name!r}"
    how = ", ".join(sorted(name or "of --rm-type" for name in named))
    return f"{len(rows)} rows in a rebuilt checker of slime's Dataset; reward {how}"


def prime_rl(export):
    """src/prime_rl/trainer/sft/data.py: messages win over prompt and completion; texts become turns by default roles."""
    rows = tabled(export)
    tok = tokens.tokenizer()
    for row in rows:
        turns = row["messages"] if "messages" in row else as_turns(row["prompt"], "user") + as_turns(row["completion"], "assistant")
        for turn in turns:
            assert turn["role"] in ("system", "user", "assistant", "tool"), f"prime-rl has no role {turn['role']!r}"
            same("type of the content", type(turn["content"]), str)
        # Only the turns of the assistant count in the loss.
        same("role of the last turn", turns[-1]["role"], "assistant")
        assert tokens.EOS in tok.apply_chat_template(turns, tokenize=False), "prime-rl would add an end of its own"
        assert not row.get("tools") and not row.get("chat_template_kwargs"), "the row changes the template"
    return f"{len(rows)} rows in a rebuilt checker of prime-rl's SFTDataset"


def as_turns(value, role):
    return [{"role": role, "content": value}] if isinstance(value, str) else value


CHECKS = {
    "trl/messages": prime_rl, "trl/sft": prime_rl, "trl/sft-chat": prime_rl,
    "open-instruct/rlvr": rlvr, "open-instruct/rubric": rubric, "open-instruct/preference": preference,
    "slime/rl": slime}

OVERLAYS = {}

if __name__ == "__main__":
    raise SystemExit(exports.main(CHECKS))
