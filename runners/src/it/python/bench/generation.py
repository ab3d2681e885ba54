"""Tokens a second of transformers' generate: python generation.py MODEL PROMPTS.json SAMPLES TOKENS"""

import json
import sys

import peer
import torch
from transformers import AutoModelForCausalLM, AutoTokenizer, GenerationConfig


def prepare(folder, ids, tokens, threads, static, compiled):
    torch.set_num_threads(threads)
    model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32, attn_implementation="sdpa").eval()
    model.generation_config = GenerationConfig(
        do_sample=True, temperature=1.0, top_k=0, top_p=1.0, max_new_tokens=tokens,
        eos_token_id=None, pad_token_id=0, disable_compile=True,
        cache_implementation="static" if static else None)
    if compiled:
        model.forward = torch.compile(model.forward, dynamic=False)
    mask = torch.ones_like(ids)

    def work():
        torch.set_num_threads(threads)
        with torch.inference_mode():
            out = model.generate(ids, attention_mask=mask)
        assert out.shape == (ids.shape[0], ids.shape[1] + tokens)

    return work


def main(folder, prompts, samples, tokens):
    tokenizer = AutoTokenizer.from_pretrained(folder)
    texts = [text for text in json.load(open(prompts)) for _ in range(samples)]
    ids = torch.tensor(tokenizer(texts, add_special_tokens=False)["input_ids"])
    choices = {
        f"{'static' if static else 'dynamic'} cache, {threads} threads{', compiled' if compiled else ''}":
            lambda t=threads, s=static, c=compiled: prepare(folder, ids, tokens, t, s, c)
        for threads in (2, 1) for static in (False, True) for compiled in ((False, True) if static else (False,))}
    name, work = peer.fastest(choices)
    peer.serve(name, work, lambda seconds: len(texts) * tokens / seconds)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
