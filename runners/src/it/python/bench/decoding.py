"""Tokens a second of transformers' generate for a model of the Hub: python decoding.py MODEL PROMPTS.json TOKENS DTYPE"""

import json
import sys

import generating
import peer
import torch


def main(folder, prompts, tokens, dtype):
    ids = torch.tensor(json.load(open(prompts)))
    choices = {
        f"{dtype}, {'static cache, compiled' if compiled else 'dynamic cache'}, {threads} threads":
            lambda t=threads, c=compiled: generating.prepare(folder, ids, tokens, dtype, t, c, c)
        for threads, compiled in ((2, False), (1, False), (2, True))}
    name, work = peer.fastest(choices)
    peer.serve(name, work, lambda seconds: ids.numel() // ids.shape[1] * tokens / seconds)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4])
