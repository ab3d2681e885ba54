"""Makes LoRA adapters with PEFT on the models of families.py, and what they compute.

    python adapters.py FAMILIES FOLDER
    python adapters.py check FOLDER

FOLDER receives a directory for each adapter, as PEFT writes it, with expected.json as families.py
writes it: what PEFT computes with base and adapter, not merged, in float32. The base's path counts
from the adapter's folder.

With "check", FOLDER holds what Sluice wrote (AdapterExport): NAME/merged must load in transformers,
NAME/adapter in PEFT on its base, with no key missing or left over, and compute what expected.json
says. One adapter has trained.safetensors besides: the gradient of the mean token loss of its rows,
and what one step of AdamW makes of it. Written with peft 0.21.2 (pip install peft).
"""

import json
import os
import sys
from pathlib import Path

os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
os.environ.setdefault("HF_HUB_OFFLINE", "1")

import peft
import torch
from peft import LoraConfig, PeftModel, get_peft_model
from safetensors.torch import load_file, save_file

from families import KINDS, completion, forward, logprobs, near, numbers, rows
from transformers import AutoModelForCausalLM, AutoModelForSequenceClassification, AutoModelForTokenClassification

CAUSAL = "CAUSAL_LM"
ATTENTION = ["q_proj", "k_proj", "v_proj", "o_proj"]
FEED_FORWARD = ["gate_proj", "up_proj", "down_proj"]

# Name: base, task, keys of LoraConfig.
ADAPTERS = {
    "llama-all": ("llama", CAUSAL, dict(r=4, lora_alpha=6, target_modules="all-linear", lora_dropout=0.1)),
    "llama-pattern": ("llama-biases", CAUSAL, dict(
        r=3, lora_alpha=5, use_rslora=True, target_modules=r".*\.layers\.1\..*(q|up|down)_proj|model\.layers\.0\.mlp\.gate_proj",
        rank_pattern={"up_proj": 2, r"layers\.0\.mlp\.gate_proj": 5}, alpha_pattern={"down_proj": 9})),
    "llama-layers": ("llama", CAUSAL, dict(r=2, target_modules=["v_proj", "up_proj"], layers_to_transform=[1],
                                           exclude_modules=["mlp.up_proj"], modules_to_save=["lm_head", "input_layernorm"])),
    "llama-tied-output": ("llama-tied", CAUSAL, dict(r=4, target_modules=["q_proj", "lm_head"])),
    "qwen2": ("qwen2", CAUSAL, dict(r=4, lora_alpha=16, target_modules=ATTENTION + FEED_FORWARD)),
    "qwen2-embedding": ("qwen2", CAUSAL, dict(r=4, target_modules=["embed_tokens", "k_proj"])),
    "gemma3": ("gemma3", CAUSAL, dict(r=2, target_modules=["o_proj", "v_proj"])),
    "llama-value": ("llama", "SEQ_CLS", dict(r=4, target_modules="all-linear")),
    "qwen2-steps": ("qwen2", "TOKEN_CLS", dict(r=4, target_modules=ATTENTION)),
}
LOADERS = {CAUSAL: (AutoModelForCausalLM, {}), "SEQ_CLS": (AutoModelForSequenceClassification, dict(num_labels=1)),
           "TOKEN_CLS": (AutoModelForTokenClassification, dict(num_labels=2))}


def load_base(folder, task):
    kind, keys = LOADERS[task]
    return kind.from_pretrained(folder, dtype=torch.float32, **keys).eval()


def randomize(model, seed):
    """Neither matrix is zero, and the changes are of the order of the base's weights."""
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, weight in model.named_parameters():
            if "lora_" in name or "modules_to_save" in name:
                scale = 0.15 if "lora_" in name else 0.2
                weight.add_(scale * torch.randn(weight.shape, generator=generator) - (weight if "lora_" in name else 0))


def describe(model, task):
    batch = rows(11)
    expected = {"rows": batch}
    if task == CAUSAL:
        expected["logprobs"] = [numbers(logprobs(model, row)) for row in batch]
        expected["greedy"] = [completion(model, row) for row in batch]
    elif task == "SEQ_CLS":
        expected["logits"] = [numbers(forward(model, row).tolist()) for row in batch]
    else:
        expected["logits"] = [[numbers(each) for each in forward(model, row).tolist()] for row in batch]
    return expected


def write(families, folder, name, seed, base, task, keys):
    target = folder / name
    torch.manual_seed(seed)
    model = get_peft_model(load_base(families / base, task), LoraConfig(task_type=task, **keys))
    randomize(model, seed)
    model.save_pretrained(target)
    (target / "README.md").unlink()
    config = json.loads((target / "adapter_config.json").read_text())
    config["base_model_name_or_path"] = os.path.relpath(families / base, target)
    if name == "llama-all":
        config["target_modules"] = "all-linear"
    if isinstance(config["target_modules"], list):
        config["target_modules"].sort()
    (target / "adapter_config.json").write_text(json.dumps(config, indent=1, sort_keys=True))
    loaded = PeftModel.from_pretrained(load_base(families / base, task), target).eval()
    (target / "expected.json").write_text(json.dumps(describe(loaded, task), separators=(",", ":")))


def train(families, folder, name):
    """The constants are those of LoraTrainingTest. The large addend keeps the step from depending on the signs of tiny gradients."""
    base, task, _ = ADAPTERS[name]
    model = PeftModel.from_pretrained(load_base(families / base, task), folder / name, is_trainable=True)
    trained = {key: weight for key, weight in model.named_parameters() if weight.requires_grad}
    optimizer = torch.optim.AdamW(trained.values(), lr=0.01, betas=(0.9, 0.98), eps=1e-3, weight_decay=0.1)
    batch = rows(11)
    losses = []
    for row in batch:
        scores = model(input_ids=torch.tensor([row])).logits[0].log_softmax(-1)
        losses.append(-scores[:-1].gather(1, torch.tensor(row[1:]).unsqueeze(1)))
    loss = torch.cat(losses).mean()
    loss.backward()
    plain = {key: key.replace(".default.", ".") for key in trained}
    out = {"gradient." + plain[key]: weight.grad.clone() for key, weight in trained.items()}
    optimizer.step()
    out.update({plain[key]: weight.detach().clone() for key, weight in trained.items()})
    out["loss"] = loss.detach().reshape(1)
    save_file(out, folder / name / "trained.safetensors")


def main(families, folder):
    torch.set_num_threads(1)
    for seed, (name, (base, task, keys)) in enumerate(ADAPTERS.items()):
        write(families, folder, name, 300 + seed, base, task, keys)
        print(name, (folder / name / "adapter_model.safetensors").stat().st_size)
    train(families, folder, "qwen2")
    print("peft", peft.__version__, "torch", torch.__version__)


def compare(model, folder):
    expected = json.loads((folder / "expected.json").read_text())
    causal = "logprobs" in expected
    for i, row in enumerate(expected["rows"]):
        ours = logprobs(model, row) if causal else forward(model, row).tolist()
        near(torch.tensor(ours), torch.tensor(expected["logprobs" if causal else "logits"][i]), f"{folder} row {i}")
        if "greedy" in expected:
            assert completion(model, row) == expected["greedy"][i], (folder, i)


def check_merged(folder, target):
    name = json.loads((target / "config.json").read_text())["architectures"][0]
    kind = next(kind for ending, kind in KINDS.items() if name.endswith(ending))
    model, info = kind.from_pretrained(target, dtype=torch.float32, output_loading_info=True)
    for what in ("missing_keys", "unexpected_keys", "mismatched_keys"):
        assert not info.get(what), (target, what, info[what])
    compare(model.eval(), folder)


def check_adapter(folder, target):
    config = json.loads((target / "adapter_config.json").read_text())
    model = get_peft_model(load_base(config["base_model_name_or_path"], config["task_type"]), LoraConfig.from_pretrained(target))
    result = peft.set_peft_model_state_dict(model, load_file(target / "adapter_model.safetensors"))
    missing = [key for key in result.missing_keys if "lora_" in key or "modules_to_save" in key]
    assert not missing and not result.unexpected_keys, (target, missing, result.unexpected_keys)
    compare(model.eval(), folder)


def check(folder):
    for target in sorted(path.parent for path in folder.glob("*/expected.json")):
        kinds = []
        for kind, work in (("merged", check_merged), ("adapter", check_adapter)):
            if (target / kind).exists():
                work(target, target / kind)
                kinds.append(kind)
        print("ok", target.name, *kinds)


if __name__ == "__main__":
    if sys.argv[1] == "check":
        check(Path(sys.argv[2]))
    else:
        main(Path(sys.argv[1]), Path(sys.argv[2]))
