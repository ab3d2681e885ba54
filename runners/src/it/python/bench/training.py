"""Tokens a second of training in PyTorch: python training.py MODEL BATCHES.json

Each batch is a list of rows of one length; every token but the first is predicted.
"""

import json
import sys

import peer
import stepping
import torch
from transformers import AutoConfig, LlamaForCausalLM


def prepare(folder, batches, threads, attention, compiled):
    torch.set_num_threads(threads)
    torch.manual_seed(7)
    config = AutoConfig.from_pretrained(folder, attn_implementation=attention, use_cache=False)
    model = LlamaForCausalLM(config).train()
    forward = torch.compile(model, dynamic=False) if compiled else model
    matrices = [p for p in model.parameters() if p.ndim > 1]
    vectors = [p for p in model.parameters() if p.ndim == 1]
    optimizer = torch.optim.AdamW(
        [{"params": matrices, "weight_decay": 0.01}, {"params": vectors, "weight_decay": 0.0}],
        lr=1e-3, betas=(0.9, 0.98), eps=1e-8, fused=True)

    return stepping.work(forward, batches, list(model.parameters()), optimizer, threads)


def main(folder, file):
    batches = [torch.tensor(batch) for batch in json.load(open(file))]
    count = sum(batch.numel() for batch in batches)
    choices = {
        f"{attention} attention, {threads} threads, fused AdamW{', compiled' if compiled else ''}":
            lambda t=threads, a=attention, c=compiled: prepare(folder, batches, t, a, c)
        for threads in (2, 1) for attention in ("sdpa", "eager") for compiled in (False, True)}
    name, work = peer.fastest(choices)
    peer.serve(name, work, lambda seconds: count / seconds)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
