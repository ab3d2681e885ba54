"""Gradients of the policy loss at a sampling temperature, by PyTorch.

    python policy_loss.py FAMILIES FOLDER

FAMILIES holds the models of families.py. FOLDER receives, for each case, NAME.json (rows of tokens,
advantages, the log-probabilities of the old policy and of the reference, the constants of the loss,
its value) and NAME.safetensors (the gradient of every tensor). All log-probabilities are of
log_softmax(logits / temperature), as those of the tokens that a policy draws at that temperature.
"""

import json
import sys
from pathlib import Path

import torch
from safetensors.torch import save_file
from transformers import AutoModelForCausalLM

PROMPT = 3
LENGTHS = (9, 16, 24)
CLIP_LOW, CLIP_HIGH = 0.2, 0.28

CASES = {
    "llama-0.7": dict(model="llama", temperature=0.7, dual_clip=3.0, kl=0.05, kl_clamp=10.0),
    "llama-1": dict(model="llama", temperature=1.0, dual_clip=3.0, kl=0.05, kl_clamp=10.0),
    "llama-clamped": dict(model="llama", temperature=0.7, dual_clip=1.5, kl=0.5, kl_clamp=0.1),
    "qwen2-1.6": dict(model="qwen2", temperature=1.6, dual_clip=0.0, kl=0.0, kl_clamp=0.0),
    "gemma3-capped-0.7": dict(model="gemma3-capped", temperature=0.7, dual_clip=0.0, kl=0.1, kl_clamp=0.0),
}


def logprobs(model, row, temperature):
    logits = model(input_ids=torch.tensor([row])).logits[0].float()
    return (logits / temperature).log_softmax(-1)[range(PROMPT - 1, len(row) - 1), row[PROMPT:]]


def away(value, border, by=0.02):
    """Off the points where the loss has a kink, which rounding would take to either side."""
    return torch.where((value - border).abs() < by, border + by, value)


def token_loss(new, old, reference, advantage, case):
    ratio = (new - old).clamp(-20, 20).exp()
    loss = -torch.minimum(ratio * advantage, ratio.clamp(1 - CLIP_LOW, 1 + CLIP_HIGH) * advantage)
    if case["dual_clip"] > 0:
        loss = torch.where(advantage < 0, torch.minimum(loss, -case["dual_clip"] * advantage), loss)
    if case["kl"] > 0:
        distance = (reference - new).clamp(-20, 20)
        estimate = distance.exp() - distance - 1
        if case["kl_clamp"] > 0:
            estimate = estimate.clamp(-case["kl_clamp"], case["kl_clamp"])
        loss = loss + case["kl"] * estimate
    return loss


def main():
    families, folder = Path(sys.argv[1]), Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    for name, case in CASES.items():
        model = AutoModelForCausalLM.from_pretrained(families / case["model"], dtype=torch.float32, attn_implementation="eager").eval()
        generator = torch.Generator().manual_seed(19)
        rows, losses = [], []
        for index, length in enumerate(LENGTHS):
            tokens = torch.randint(1, 95, (length,), generator=generator).tolist()
            count = length - PROMPT
            new = logprobs(model, tokens, case["temperature"])
            spread = lambda wide: wide * (2 * torch.rand(count, generator=generator) - 1)
            step = spread(0.9)
            for border in (torch.log(torch.tensor(1 - CLIP_LOW)), torch.log(torch.tensor(1 + CLIP_HIGH)),
                           torch.log(torch.tensor(max(case["dual_clip"], 1.01)))):
                step = away(step, border)
            step[count // 2] = 1.5
            old = (new.detach() - step).float()
            reference = (new.detach() + spread(0.8)).float()
            advantage = away(spread(2.0), torch.tensor(0.0))
            advantage[count // 2] = -1.0
            losses.append(token_loss(new, old, reference, advantage, case))
            rows.append(dict(tokens=tokens, advantages=advantage.tolist(), old=old.tolist(), reference=reference.tolist()))
        loss = torch.cat(losses).mean()
        loss.backward()
        gradients = {key: value.grad.contiguous() for key, value in model.named_parameters()}
        save_file(gradients, folder / f"{name}.safetensors")
        described = dict(case, prompt=PROMPT, clip_low=CLIP_LOW, clip_high=CLIP_HIGH, rows=rows, loss=loss.item())
        (folder / f"{name}.json").write_text(json.dumps(described) + "\n")


main()
