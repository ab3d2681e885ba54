"""Tokens a second of training LoRA adapters with PEFT: python lora.py MODEL BATCHES.json RANK ALPHA

Each batch is a list of rows of one length; every token but the first is predicted.
"""

import json
import sys

import peer
import stepping
import torch
from peft import LoraConfig, get_peft_model
from transformers import AutoModelForCausalLM

TARGETS = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]


def prepare(folder, batches, rank, alpha, threads, compiled):
    torch.set_num_threads(threads)
    torch.manual_seed(7)
    base = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32, attn_implementation="sdpa")
    base.config.use_cache = False
    model = get_peft_model(base, LoraConfig(task_type="CAUSAL_LM", r=rank, lora_alpha=alpha, target_modules=TARGETS)).train()
    forward = torch.compile(model, dynamic=False) if compiled else model
    trained = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=1e-3, betas=(0.9, 0.98), eps=1e-8, weight_decay=0.01, fused=True)

    return stepping.work(forward, batches, trained, optimizer, threads)


def main(folder, file, rank, alpha):
    batches = [torch.tensor(batch) for batch in json.load(open(file))]
    count = sum(batch.numel() for batch in batches)
    choices = {
        f"{threads} threads, fused AdamW{', compiled' if compiled else ''}":
            lambda t=threads, c=compiled: prepare(folder, batches, rank, alpha, t, c)
        for threads in (2, 1) for compiled in (False, True)}
    name, work = peer.fastest(choices)
    peer.serve(name, work, lambda seconds: count / seconds)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
