"""Seconds a step of TRL's GRPOTrainer: python grpo.py MODEL PROBLEMS.json OUT

PROBLEMS holds prompt and answer; the reward is 1 if the text ends in a line with the answer. One
measurement is the median of some steps.
"""

import json
import statistics
import sys
import time

import peer
import torch
from datasets import Dataset
from transformers import AutoModelForCausalLM, PreTrainedTokenizerFast, TrainerCallback
from trl import GRPOConfig, GRPOTrainer

STEPS = 5


class Measured(TrainerCallback):
    """Measures steps on request, after the first three."""

    def __init__(self):
        self.taken = []
        self.start = None

    def on_step_begin(self, args, state, control, **rest):
        if state.global_step < 3:
            return
        if state.global_step == 3:
            peer.answer(ready="transformers generation, 2 threads")
            peer.asked()
        elif len(self.taken) == STEPS:
            peer.answer(value=statistics.median(self.taken))
            self.taken.clear()
            peer.asked()
        self.start = time.perf_counter()

    def on_step_end(self, args, state, control, **rest):
        if self.start is not None:
            self.taken.append(time.perf_counter() - self.start)


def reward(completions, answer, **rest):
    return [1.0 if text.endswith("#" + right) else 0.0 for text, right in zip(completions, answer)]


def main(folder, problems, out):
    torch.set_num_threads(2)
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_file=folder + "/tokenizer.json", eos_token="<eos>", pad_token="<pad>", padding_side="left")
    model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32)
    arguments = GRPOConfig(
        output_dir=out, max_steps=10_000, per_device_train_batch_size=256, num_generations=8,
        max_completion_length=64, temperature=1.0, top_k=0, top_p=1.0, beta=0.0, epsilon=0.2, epsilon_high=0.28,
        loss_type="dapo", learning_rate=3e-4, lr_scheduler_type="constant", weight_decay=0.0, max_grad_norm=1.0,
        gradient_checkpointing=False, bf16=False, use_cpu=True, save_strategy="no", logging_strategy="no",
        report_to="none", disable_tqdm=True, disable_dropout=True, shuffle_dataset=False, seed=7)
    GRPOTrainer(
        model=model, reward_funcs=reward, args=arguments, processing_class=tokenizer, callbacks=[Measured()],
        train_dataset=Dataset.from_list(json.load(open(problems)))).train()


if __name__ == "__main__":
    main(*sys.argv[1:4])
