"""Takes two steps with each of TRL's trainers on the exports, with the tiny solver."""

import torch
from transformers import (
    AutoModelForCausalLM, AutoModelForSequenceClassification, AutoModelForTokenClassification, AutoTokenizer)
from trl import DPOConfig, DPOTrainer, GRPOConfig, GRPOTrainer, RewardConfig, RewardTrainer, SFTConfig, SFTTrainer
from trl.experimental.prm import PRMConfig, PRMTrainer

from loading import parquet

# The world's models know characters and no roles.
CHAT = "{% for message in messages %}{{ message['content'] + '\n' }}{% endfor %}"

COMMON = dict(
    max_steps=2, per_device_train_batch_size=4, use_cpu=True, bf16=False, report_to="none", save_strategy="no",
    logging_steps=1, disable_tqdm=True, gradient_checkpointing=False)


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


def sft(form):
    return lambda root, out: done(SFTTrainer(
        model=model(root), args=SFTConfig(output_dir=out, max_length=128, **COMMON),
        train_dataset=parquet(root / "exports" / form), processing_class=tokenizer(root)))


def dpo(form):
    return lambda root, out: done(DPOTrainer(
        model=model(root), args=DPOConfig(output_dir=out, max_length=128, **COMMON),
        train_dataset=parquet(root / "exports" / form), processing_class=tokenizer(root)))


def reward(root, out):
    return done(RewardTrainer(
        model=model(root, AutoModelForSequenceClassification, num_labels=1),
        args=RewardConfig(output_dir=out, max_length=128, **COMMON),
        train_dataset=parquet(root / "exports/trl/preference"), processing_class=tokenizer(root)))


def prm(root, out):
    return done(PRMTrainer(
        model=model(root, AutoModelForTokenClassification, num_labels=2),
        args=PRMConfig(output_dir=out, max_length=128, **COMMON),
        train_dataset=parquet(root / "exports/trl/stepwise"), processing_class=tokenizer(root)))


def grpo(form):
    return lambda root, out: done(GRPOTrainer(
        model=model(root), args=GRPOConfig(output_dir=out, num_generations=4, max_completion_length=16, **COMMON),
        reward_funcs=lambda completions, **rest: [float(i % 2) for i in range(len(completions))],
        train_dataset=parquet(root / "exports" / form), processing_class=tokenizer(root)))


ALL = {
    "SFTTrainer on trl/sft": sft("trl/sft"),
    "SFTTrainer on trl/sft-chat": sft("trl/sft-chat"),
    "DPOTrainer on trl/preference": dpo("trl/preference"),
    "DPOTrainer on trl/preference-chat": dpo("trl/preference-chat"),
    "RewardTrainer on trl/preference": reward,
    "PRMTrainer on trl/stepwise": prm,
    "GRPOTrainer on trl/prompt-only": grpo("trl/prompt-only"),
    "GRPOTrainer on trl/prompt-only-chat": grpo("trl/prompt-only-chat"),
}
