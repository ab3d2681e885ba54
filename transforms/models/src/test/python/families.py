"""Makes small models with random weights, one for each family and head, and what they compute.

    python families.py FOLDER
    python families.py check FOLDER

FOLDER receives a directory for each model, as transformers writes it, with expected.json: token
rows, the log-probabilities of their tokens (or the logits of a classification head), greedy
completions, in float32 and in bfloat16. Rows are longer than the sliding windows. What is written
is checked: a left-padded batch gives what single rows give.

With "check", FOLDER holds the same models as Sluice writes them (FamilyExport): each must load with
no key missing or left over and compute what it did.
"""

import json
import os
import sys
from pathlib import Path

os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
os.environ.setdefault("HF_HUB_OFFLINE", "1")

import torch
import transformers
from transformers import AutoConfig, AutoModelForCausalLM, AutoModelForSequenceClassification, AutoModelForTokenClassification

VOCABULARY = 96
PAD = 0
END = 95
GREEDY = 16
LENGTHS = (3, 17, 40, 61)

SMALL = dict(vocab_size=VOCABULARY, hidden_size=32, intermediate_size=48, num_hidden_layers=2, num_attention_heads=4,
             num_key_value_heads=2, max_position_embeddings=128, pad_token_id=PAD, eos_token_id=END, bos_token_id=None)
LLAMA3 = dict(rope_type="llama3", rope_theta=10000.0, factor=4.0, low_freq_factor=1.0, high_freq_factor=4.0,
              original_max_position_embeddings=32)

CAUSAL = {
    "llama": ("llama", dict()),
    "llama-tied": ("llama", dict(tie_word_embeddings=True, num_key_value_heads=1, rms_norm_eps=1e-5)),
    "llama-rope3": ("llama", dict(head_dim=16, rope_parameters=LLAMA3)),
    "llama-linear": ("llama", dict(rope_parameters=dict(rope_type="linear", rope_theta=5000.0, factor=2.0))),
    "llama-biases": ("llama", dict(attention_bias=True, mlp_bias=True, hidden_act="gelu")),
    "mistral": ("mistral", dict(sliding_window=8)),
    "mistral-full": ("mistral", dict(sliding_window=None, head_dim=12)),
    "qwen2": ("qwen2", dict(tie_word_embeddings=True)),
    "qwen2-window": ("qwen2", dict(use_sliding_window=True, sliding_window=12, max_window_layers=1, num_hidden_layers=3)),
    "qwen3": ("qwen3", dict(head_dim=16, tie_word_embeddings=True)),
    "qwen3-window": ("qwen3", dict(head_dim=8, attention_bias=True, use_sliding_window=True, sliding_window=10,
                                   layer_types=["sliding_attention", "full_attention"])),
    "gemma3": ("gemma3_text", dict(head_dim=16, num_hidden_layers=4, sliding_window=8, query_pre_attn_scalar=24,
                                   layer_types=["sliding_attention", "sliding_attention", "full_attention", "sliding_attention"],
                                   rope_parameters=dict(
                                       full_attention=dict(rope_type="linear", rope_theta=100000.0, factor=8.0),
                                       sliding_attention=dict(rope_type="default", rope_theta=1000.0)))),
    "gemma3-capped": ("gemma3_text", dict(head_dim=8, num_hidden_layers=2, sliding_window=16, tie_word_embeddings=False,
                                          final_logit_softcapping=3.0, layer_types=["full_attention", "sliding_attention"])),
}
VALUE = {name: CAUSAL[base] for name, base in (
    ("llama-value", "llama"), ("mistral-value", "mistral"), ("qwen2-value", "qwen2"), ("qwen3-value", "qwen3"),
    ("gemma3-value", "gemma3"))}
STEPS = {name: CAUSAL[base] for name, base in (
    ("llama-steps", "llama"), ("mistral-steps", "mistral"), ("qwen2-steps", "qwen2-window"), ("qwen3-steps", "qwen3"))}


def randomize(model, seed):
    """Weights wide enough that every part shows in the output; norms and biases too."""
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, weight in model.named_parameters():
            noise = torch.randn(weight.shape, generator=generator)
            if "norm" in name:
                # The last norm sets how wide logits are: numbers of 16 bits err in proportion.
                scale = 1.0 + 0.3 * noise
                scale = scale * (0.25 if name.endswith("model.norm.weight") else 1.0)
                weight.copy_(scale - 1.0 if "gemma" in model.config.model_type else scale)
            elif name.endswith("bias"):
                weight.copy_(0.3 * noise)
            elif "embed" in name:
                weight.copy_(0.25 * noise)
            else:
                weight.copy_(noise / weight.shape[1] ** 0.5)
        # What is stored is bfloat16: the same numbers whether they are read as 16 or as 32 bits.
        for weight in model.parameters():
            weight.copy_(weight.to(torch.bfloat16).float())
    return model.eval()


def rows(seed):
    generator = torch.Generator().manual_seed(seed)
    return [torch.randint(1, END, (length,), generator=generator).tolist() for length in LENGTHS]


def forward(model, row):
    with torch.no_grad():
        return model(input_ids=torch.tensor([row])).logits[0].float()


def logprobs(model, row):
    scores = forward(model, row).log_softmax(-1)
    return [scores[t - 1, row[t]].item() for t in range(1, len(row))]


def completion(model, prompt):
    with torch.no_grad():
        out = model.generate(torch.tensor([prompt]), max_new_tokens=GREEDY, do_sample=False, eos_token_id=END, pad_token_id=PAD)
    return out[0, len(prompt):].tolist()


def padded(model, batch):
    """The last logits of each row of a batch that is padded on the left."""
    longest = max(len(row) for row in batch)
    ids = torch.tensor([[PAD] * (longest - len(row)) + row for row in batch])
    mask = torch.tensor([[0] * (longest - len(row)) + [1] * len(row) for row in batch])
    positions = (mask.cumsum(-1) - 1).clamp(min=0)
    with torch.no_grad():
        return model(input_ids=ids, attention_mask=mask, position_ids=positions).logits


def near(a, b, what):
    difference = (a - b).abs().max().item()
    assert difference < 1e-4, f"{what}: {difference}"


def numbers(values):
    return [round(value, 6) for value in values]


def describe(model, half, head):
    batch = rows(7)
    expected = {"rows": batch}
    if head == "causal":
        for i, row in enumerate(batch):
            near(padded(model, batch)[i, -1], forward(model, row)[-1], "left-padded batch")
        expected["logprobs"] = [numbers(logprobs(model, row)) for row in batch]
        expected["logprobs_bfloat16"] = [numbers(logprobs(half, row)) for row in batch]
        expected["greedy"] = [completion(model, row) for row in batch]
    elif head == "value":
        for i, row in enumerate(batch):
            near(padded(model, batch)[i], forward(model, row), "left-padded batch")
        # A row that ends in the pad token is read before it.
        batch.append(batch[1] + [PAD, PAD])
        expected["logits"] = [numbers(forward(model, row).tolist()) for row in batch]
        expected["logits_bfloat16"] = [numbers(forward(half, row).tolist()) for row in batch]
    else:
        expected["logits"] = [[numbers(each) for each in forward(model, row).tolist()] for row in batch]
        expected["logits_bfloat16"] = [[numbers(each) for each in forward(half, row).tolist()] for row in batch]
    return expected


def write(folder, name, seed, model_type, keys, head):
    keys = {**SMALL, **keys}
    if head != "causal":
        keys["num_labels"] = 1 if head == "value" else 2
    kind = {"causal": AutoModelForCausalLM, "value": AutoModelForSequenceClassification, "steps": AutoModelForTokenClassification}[head]
    target = folder / name
    model = randomize(kind.from_config(AutoConfig.for_model(model_type, **keys)), seed)
    half = kind.from_config(model.config, dtype=torch.bfloat16).eval()
    half.load_state_dict({key: value.to(torch.bfloat16) for key, value in model.state_dict().items()})
    # One directory in several files, one in each type; the rest in bfloat16, which is smallest.
    stored = {"llama-tied": torch.float32, "qwen3": torch.float16}.get(name, torch.bfloat16)
    copy = kind.from_config(model.config, dtype=stored)
    copy.load_state_dict({key: value.to(stored) for key, value in model.state_dict().items()})
    copy.save_pretrained(target, max_shard_size="16KB" if name == "qwen2" else "1GB")
    loaded = kind.from_pretrained(target, dtype=torch.float32).eval()
    (target / "expected.json").write_text(json.dumps(describe(loaded, half, head), separators=(",", ":")))


def main(folder):
    torch.set_num_threads(1)
    for head, all_of in (("causal", CAUSAL), ("value", VALUE), ("steps", STEPS)):
        for seed, (name, (model_type, keys)) in enumerate(all_of.items()):
            write(folder, name, 100 + seed, model_type, keys, head)
            print(name)
    print("transformers", transformers.__version__, "torch", torch.__version__)


KINDS = {"ForCausalLM": AutoModelForCausalLM, "ForSequenceClassification": AutoModelForSequenceClassification,
         "ForTokenClassification": AutoModelForTokenClassification}


def check(folder):
    for target in sorted(path.parent for path in folder.glob("*/expected.json")):
        name = json.loads((target / "config.json").read_text())["architectures"][0]
        kind = next(kind for ending, kind in KINDS.items() if name.endswith(ending))
        model, info = kind.from_pretrained(target, dtype=torch.float32, output_loading_info=True)
        assert type(model).__name__ == name, (target, type(model))
        for what in ("missing_keys", "unexpected_keys", "mismatched_keys"):
            assert not info.get(what), (target, what, info[what])
        expected = json.loads((target / "expected.json").read_text())
        if "logprobs" in expected:
            ours = [logprobs(model.eval(), row) for row in expected["rows"]]
            theirs = expected["logprobs"]
        else:
            ours = [forward(model.eval(), row).tolist() for row in expected["rows"]]
            theirs = expected["logits"]
        for a, b in zip(ours, theirs):
            near(torch.tensor(a), torch.tensor(b), target)
        print("ok", target.name, name)


if __name__ == "__main__":
    if sys.argv[1] == "check":
        check(Path(sys.argv[2]))
    else:
        main(Path(sys.argv[1]))
