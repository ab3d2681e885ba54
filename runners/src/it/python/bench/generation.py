"""Tokens a second of transformers' generate: python generation.py MODEL PROMPTS.json SAMPLES TOKENS"""

import json
import sys

import generating
import peer
import torch
from transformers import AutoTokenizer


def main(folder, prompts, samples, tokens):
    tokenizer = AutoTokenizer.from_pretrained(folder)
    texts = [text for text in json.load(open(prompts)) for _ in range(samples)]
    ids = torch.tensor(tokenizer(texts, add_special_tokens=False)["input_ids"])
    choices = {
        f"{'static' if static else 'dynamic'} cache, {threads} threads{', compiled' if compiled else ''}":
            lambda t=threads, s=static, c=compiled: generating.prepare(folder, ids, tokens, "float32", t, s, c)
        for threads in (2, 1) for static in (False, True) for compiled in ((False, True) if static else (False,))}
    name, work = peer.fastest(choices)
    peer.serve(name, work, lambda seconds: len(texts) * tokens / seconds)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
