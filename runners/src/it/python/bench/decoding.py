"""Tokens a second of transformers' generate for a model of the Hub: python decoding.py MODEL PROMPTS.json TOKENS DTYPE"""

import json
import sys

import peer
import torch
from transformers import AutoModelForCausalLM, GenerationConfig


def prepare(folder, ids, tokens, dtype, threads, compiled):
    torch.set_num_threads(threads)
    model = AutoModelForCausalLM.from_pretrained(folder, dtype=getattr(torch, dtype), attn_implementation="sdpa").eval()
    model.generation_config = GenerationConfig(
        do_sample=True, temperature=1.0, top_k=0, top_p=1.0, max_new_tokens=tokens, eos_token_id=None, pad_token_id=0,
        disable_compile=True, cache_implementation="static" if compiled else None)
    if compiled:
        model.forward = torch.compile(model.forward, dynamic=False)
    mask = torch.ones_like(ids)

    def work():
        torch.set_num_threads(threads)
        with torch.inference_mode():
            out = model.generate(ids, attention_mask=mask)
        assert out.shape == (ids.shape[0], ids.shape[1] + tokens)

    return work


def main(folder, prompts, tokens, dtype):
    ids = torch.tensor(json.load(open(prompts)))
    choices = {
        f"{dtype}, {'static cache, compiled' if compiled else 'dynamic cache'}, {threads} threads":
            lambda t=threads, c=compiled: prepare(folder, ids, tokens, dtype, t, c)
        for threads, compiled in ((2, False), (1, False), (2, True))}
    name, work = peer.fastest(choices)
    peer.serve(name, work, lambda seconds: ids.numel() // ids.shape[1] * tokens / seconds)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4])
