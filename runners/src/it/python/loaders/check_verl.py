"""Takes exports through verl's data sets and its reward manager."""

import os
import tempfile

import exports
import tokens
from exports import same


def rl(export):
    from omegaconf import OmegaConf
    from verl.utils.dataset.rl_dataset import RLHFDataset, collate_fn
    tok = tokens.tokenizer()
    rows = export.rows()
    with tempfile.TemporaryDirectory() as cache:
        data = RLHFDataset(export.paths(".parquet"), tok, OmegaConf.create({
            "cache_dir": cache, "max_prompt_length": tokens.UNLIMITED, "filter_overlong_prompts_workers": 1}))
        same("number of rows", len(data), len(rows))
        indexes = []
        for number, row in enumerate(rows):
            found = data[number]
            same("role of a prompt's last turn", row["prompt"][-1]["role"], "user")
            same("prompt", found["raw_prompt"], row["prompt"])
            for column in ("data_source", "ability", "reward_model", "extra_info"):
                same(column, found[column], row[column])
            assert isinstance(row["reward_model"]["ground_truth"], str), "the ground truth is no text"
            assert row["extra_info"]["problem_id"] and row["extra_info"]["run"], "extra_info lacks an id"
            same("index", found["index"], row["extra_info"]["index"])
            indexes.append(found["index"])
        same("number of different indexes", len(set(indexes)), len(rows))
        batch = collate_fn([data[number] for number in range(len(rows))])
        same("rows of a batch", len(batch["raw_prompt"]), len(rows))
        rewarded(rows, tok)
    return f"{len(rows)} rows through RLHFDataset, and a reward function got problem_id, ground_truth and text"


def rewarded(rows, tok):
    """The naive reward manager, with a reward function from a file, as verl's command line takes it."""
    import copy

    import numpy
    import torch
    from omegaconf import OmegaConf
    from tensordict import TensorDict
    from verl import DataProto
    from verl.experimental.reward_loop.reward_manager import NaiveRewardManager
    seen = []

    def reward(data_source, solution_str, ground_truth, extra_info=None, **_):
        seen.append([data_source, solution_str, ground_truth, extra_info["problem_id"]])
        return {"score": 0.5, "first_error": -1}

    manager = NaiveRewardManager(config=OmegaConf.create({}), tokenizer=tok, compute_score=reward)
    for row in rows:
        prompt, answer = tok("?", return_tensors="pt")["input_ids"], tok("37+3=40 ✓", return_tensors="pt")["input_ids"]
        batch = TensorDict({
            "prompts": prompt, "responses": answer,
            "attention_mask": torch.ones(1, prompt.shape[1] + answer.shape[1], dtype=torch.long)}, batch_size=1)
        item = DataProto(batch=batch, non_tensor_batch={
            name: numpy.array([copy.deepcopy(row[name])], dtype=object) for name in ("data_source", "reward_model", "extra_info")})
        given = manager.loop.run_until_complete(manager.run_single(item))
        same("reward", given["reward_score"], 0.5)
    same("what the reward function got", seen, [
        [row["data_source"], "37+3=40 ✓", row["reward_model"]["ground_truth"], row["extra_info"]["problem_id"]]
        for row in rows])


def sft(export):
    from omegaconf import OmegaConf
    from verl.utils.dataset.multiturn_sft_dataset import MultiTurnSFTDataset
    tok = tokens.tokenizer()
    rows = export.rows()
    data = MultiTurnSFTDataset(
        export.paths(".parquet"), tok, OmegaConf.create({"max_length": tokens.UNLIMITED, "pad_mode": "no_padding"}))
    same("number of rows", len(data), len(rows))
    for number, row in enumerate(rows):
        found = data[number]
        same("role of the last turn", row["messages"][-1]["role"], "assistant")
        assert row["messages"][-1]["content"].strip(), "an answer is empty"
        same("sequence", tokens.text(tok, found["input_ids"]), tokens.chat(row["messages"]))
        trained = [token for token, used in zip(found["input_ids"], found["loss_mask"], strict=True) if used]
        same("trained text", tokens.text(tok, trained), "".join(
            turn["content"] + tokens.EOS + "\n" for turn in row["messages"] if turn["role"] == "assistant"))
    return f"{len(rows)} rows through MultiTurnSFTDataset"


def rm(export):
    from verl.utils.dataset.rm_dataset import RMDataset
    tok = tokens.tokenizer()
    rows = export.rows()
    longest = max(len((row["prompt"] + row[side]).encode()) for row in rows for side in ("chosen", "rejected")) + 1
    with tempfile.TemporaryDirectory() as cache:
        data = RMDataset(export.paths(".parquet"), tok, max_length=longest, cache_dir=os.path.join(cache, "rm"))
    same("number of rows", len(data), len(rows))
    for number, row in enumerate(rows):
        found = data[number]
        assert row["prompt"].strip(), "a prompt is empty"
        for at, side in enumerate(("chosen", "rejected")):
            assert row[side].strip(), f"{side} is empty"
            exports.apart(row["prompt"], row[side])
            ids = found["input_ids"][at][found["attention_mask"][at].bool()]
            same(side, tokens.text(tok, ids), row["prompt"] + row[side] + tokens.EOS)
        assert row["chosen"] != row["rejected"], "a pair's sides are equal"
    return f"{len(rows)} rows through RMDataset"


CHECKS = {"verl/rl": rl, "verl/sft": sft, "verl/rm": rm}

OVERLAYS = {"verl/rl": ["verl"], "verl/sft": ["transformers", "verl"], "verl/rm": ["transformers", "verl"]}

if __name__ == "__main__":
    raise SystemExit(exports.main(CHECKS))
