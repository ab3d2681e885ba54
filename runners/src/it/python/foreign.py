"""Writes model directories with transformers, and what they compute, for ParityImport."""

import json
import shutil

import torch
from transformers import AutoTokenizer, LlamaConfig, LlamaForCausalLM, LlamaForTokenClassification

import parity

TINY = dict(
    vocab_size=28, hidden_size=128, num_hidden_layers=3, num_attention_heads=4, num_key_value_heads=4,
    intermediate_size=256, max_position_embeddings=256, rms_norm_eps=1e-6,
    rope_parameters={"rope_type": "default", "rope_theta": 1000.0},
    bos_token_id=None, eos_token_id=1, pad_token_id=0, initializer_range=0.3)

SHAPES = {
    "the tiny shape": (LlamaForCausalLM, TINY),
    "grouped heads": (LlamaForCausalLM, {**TINY, "num_key_value_heads": 2}),
    "tied embeddings": (LlamaForCausalLM, {**TINY, "tie_word_embeddings": True}),
    "a step classifier": (LlamaForTokenClassification, {**TINY, "num_labels": 2}),
}


def write(name, folder, solver):
    kind, shape = SHAPES[name]
    torch.manual_seed(7)
    model = kind(LlamaConfig(**shape)).eval()
    folder.mkdir(parents=True, exist_ok=True)
    model.save_pretrained(folder)
    tokenizer = AutoTokenizer.from_pretrained(solver)
    tokenizer.save_pretrained(folder)
    described = json.loads((solver / "expected.json").read_text())
    expected = {}
    if kind is LlamaForCausalLM:
        expected["generations"] = [
            parity.greedy(model, tokenizer, case["prompt"]) for case in described["generations"][:10]]
    else:
        tokens = tokenizer("23+4-8:23+4=27\n27-8=19\n#19", add_special_tokens=False)["input_ids"]
        positions = [14, 22, 25]
        with torch.no_grad():
            scores = torch.softmax(model(torch.tensor([tokens])).logits[0, positions], -1)[:, 1].tolist()
        expected["classification"] = {"tokens": tokens, "positions": positions, "scores": scores}
    (folder / "expected.json").write_text(json.dumps(expected))
    return f"{sum(p.numel() for p in model.parameters()):,} parameters"
