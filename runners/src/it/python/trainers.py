"""Takes two steps with each of TRL's trainers on the exports, with the tiny solver.

PRMTrainer left TRL after 1.13: python trainers.py ROOT, with that release on PYTHONPATH, takes its two.
"""

import sys
import tempfile
from pathlib import Path

sys.path.append(str(Path(__file__).parent / "loaders"))

import exports
import torch
import trl
from datasets import load_dataset
from transformers import (
    AutoModelForCausalLM, AutoModelForSequenceClassification, AutoModelForTokenClassification, AutoTokenizer)

# The world's models know characters and no roles.
CHAT = "{% for message in messages %}{{ message['content'] + '\n' }}{% endfor %}"

COMMON = dict(
    max_steps=2, per_device_train_batch_size=4, use_cpu=True, bf16=False, report_to="none", save_strategy="no",
    logging_steps=1, disable_tqdm=True, gradient_checkpointing=False)


def rows(root, form):
    return load_dataset("parquet", data_files=exports.Export(root / "exports" / form).paths(".parquet"), split="train")


def tokenizer(root):
    loaded = AutoTokenizer.from_pretrained(root / "models" / "tuned")
    loaded.chat_template = CHAT
    return loaded


def model(root, kind=AutoModelForCausalLM, **more):
    return kind.from_pretrained(root / "models" / "tuned", dtype=torch.float32, **more)


def done(trainer):
    trainer.train()
    losses = [entry["loss"] for entry in trainer.state.log_history if "loss" in entry]
    assert trainer.state.global_step == 2 and len(losses) == 2, trainer.state.log_history
    assert all(loss == loss for loss in losses), losses
    return f"losses {losses[0]:.4f}, {losses[1]:.4f}"


def steps(name, form, kind=AutoModelForCausalLM, **more):
    """Two steps of the trainer NAMETrainer of TRL."""
    def train(root, out):
        return done(getattr(trl, f"{name}Trainer")(
            model=model(root, kind, **more), args=getattr(trl, f"{name}Config")(output_dir=out, max_length=128, **COMMON),
            train_dataset=rows(root, form), processing_class=tokenizer(root)))
    return train


def reward(form):
    return steps("Reward", form, AutoModelForSequenceClassification, num_labels=1)


def grpo(form):
    def train(root, out):
        known = set(rows(root, form)["problem_id"])
        given = []

        def traced(completions, problem_id, run, **rest):
            given.extend(problem_id)
            return [float(i % 2) for i in range(len(completions))]

        said = done(trl.GRPOTrainer(
            model=model(root), args=trl.GRPOConfig(output_dir=out, num_generations=4, max_completion_length=16, **COMMON),
            reward_funcs=traced, train_dataset=rows(root, form), processing_class=tokenizer(root)))
        assert given and set(given) <= known, f"the reward function got the ids {given}"
        return f"{said}; the reward function got {len(set(given))} problem ids"
    return train


def prm(root, out):
    from trl.experimental.prm import PRMConfig, PRMTrainer
    return done(PRMTrainer(
        model=model(root, AutoModelForTokenClassification, num_labels=2),
        args=PRMConfig(output_dir=out, max_length=128, **COMMON),
        train_dataset=rows(root, "trl/stepwise"), processing_class=tokenizer(root)))


ALL = {
    "SFTTrainer on trl/text": steps("SFT", "trl/text"),
    "SFTTrainer on trl/messages": steps("SFT", "trl/messages"),
    "SFTTrainer on trl/sft": steps("SFT", "trl/sft"),
    "SFTTrainer on trl/sft-chat": steps("SFT", "trl/sft-chat"),
    "DPOTrainer on trl/preference": steps("DPO", "trl/preference"),
    "DPOTrainer on trl/preference-chat": steps("DPO", "trl/preference-chat"),
    "RewardTrainer on trl/preference": reward("trl/preference"),
    "RewardTrainer on trl/preference-implicit": reward("trl/preference-implicit"),
    "KTOTrainer on trl/unpaired": steps("KTO", "trl/unpaired"),
    "KTOTrainer on trl/unpaired-chat": steps("KTO", "trl/unpaired-chat"),
    "GRPOTrainer on trl/prompt-only": grpo("trl/prompt-only"),
    "GRPOTrainer on trl/prompt-only-chat": grpo("trl/prompt-only-chat"),
}


def two_steps(name, train, root):
    with tempfile.TemporaryDirectory() as out:
        return exports.check(f"two steps of {name}, TRL {trl.__version__}", lambda: train(root, out))


if __name__ == "__main__":
    raise SystemExit(0 if two_steps("PRMTrainer on trl/stepwise", prm, Path(sys.argv[1])) else 1)
