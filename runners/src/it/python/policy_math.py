"""Compares Sluice's advantages, policy losses and KL estimates with verl's own functions.

    python policy_math.py FILE

FILE has the cases of PolicyMathExport, one a line: drawn inputs and what Sluice makes of them. verl is
the overlay "verl" of SLUICE_OVERLAYS. Losses are compared with their derivatives, by autograd.
"""

import json
import os
import sys
from types import SimpleNamespace

folder = dict(each.split("=", 1) for each in os.environ["SLUICE_OVERLAYS"].split())["verl"]
sys.path.insert(0, folder)

import numpy  # noqa: E402
import torch  # noqa: E402
from verl.trainer.ppo import core_algos  # noqa: E402
from verl.workers.config import ActorConfig  # noqa: E402

torch.set_default_dtype(torch.float64)
# Sluice's losses are in single precision, its advantages in double.
TOLERANCES = {"loss": 2e-5, "derivative": 2e-5, "advantage": 1e-9}


def actor(**keys):
    return ActorConfig(strategy="fsdp", rollout_n=1, ppo_micro_batch_size_per_gpu=1, **keys)


def clipped(low, high):
    return actor(clip_ratio_low=low, clip_ratio_high=high, clip_ratio_c=3.0)


LOSSES = {
    "clip": (core_algos.compute_policy_loss_vanilla, clipped(0.2, 0.28)),
    "gspo": (core_algos.compute_policy_loss_gspo, clipped(3e-4, 4e-4)),
    "gspo_wide": (core_algos.compute_policy_loss_gspo, clipped(0.2, 0.3)),
    "cispo": (core_algos.compute_policy_loss_cispo, clipped(1.0, 0.28)),
    "sapo": (core_algos.compute_policy_loss_sapo, actor(tau_pos=1.0, tau_neg=1.05)),
}
KL = ("k1", "k2", "k3")


class Worst:
    def __init__(self):
        self.found = {}

    def differ(self, kind, name, ours, theirs):
        ours, theirs = torch.as_tensor(ours, dtype=torch.float64), torch.as_tensor(theirs, dtype=torch.float64)
        assert ours.shape == theirs.shape, (name, ours.shape, theirs.shape)
        apart = ((ours - theirs).abs() / theirs.abs().clamp(min=1)).max().item()
        self.found[name] = max(self.found.get(name, 0.0), apart)
        assert apart <= TOLERANCES[kind], f"{kind} of {name}: {ours.tolist()} is not {theirs.tolist()}"


def advantages(case, worst):
    rows = [(each, g) for g, group in enumerate(case["groups"]) for each in group]
    length = max(each["tokens"] for each, _ in rows)
    last, placed, mask = (torch.zeros(len(rows), length) for _ in range(3))
    for i, (each, _) in enumerate(rows):
        end = each["tokens"]
        mask[i, :end] = 1
        last[i, end - 1] = each["reward"]
        # Sluice's reward has lost the penalties already.
        placed[i, :end] -= torch.tensor(each["penalties"])
        placed[i, end - 1] += each["reward"] + sum(each["penalties"])
    index = numpy.array([g for _, g in rows])
    theirs = {
        "grpo": core_algos.compute_grpo_outcome_advantage(last, mask, index, epsilon=1e-6),
        "dr_grpo": core_algos.compute_grpo_outcome_advantage(last, mask, index, norm_adv_by_std_in_grpo=False),
        "rloo": core_algos.compute_rloo_outcome_advantage(last, mask, index),
    }
    for name, (found, _) in theirs.items():
        ours = [value for group in case["advantages"][name] for value in group]
        worst.differ("advantage", name, ours, found[:, 0])
    found, _ = core_algos.compute_reinforce_plus_plus_outcome_advantage(placed, mask, config=SimpleNamespace(gamma=1.0))
    for i, (each, _) in enumerate(rows):
        worst.differ("advantage", "reinforce_pp", case["advantages"]["reinforce_pp"][i], found[i, :each["tokens"]])


def losses(case, worst):
    tokens = {name: torch.tensor(values)[None] for name, values in case["tokens"].items()}
    mask = torch.ones_like(tokens["logprobs"])
    for name, ours in case["losses"].items():
        new = tokens["logprobs"].clone().requires_grad_()
        if name in KL:
            loss = core_algos.kl_penalty(new, tokens["referenceLogprobs"], name).mean()
        else:
            function, config = LOSSES[name]
            mode = "seq-mean-token-mean" if name.startswith(("gspo", "sapo")) else "token-mean"
            loss, _ = function(tokens["oldLogprobs"], new, tokens["advantages"], mask, mode, config)
        loss.backward()
        size = mask.shape[1]
        worst.differ("loss", name, sum(ours["losses"]) / size, loss.item())
        worst.differ("derivative", name + "'", ours["derivatives"], new.grad[0])


def main(path):
    worst = Worst()
    count = 0
    with open(path) as lines:
        for line in lines:
            case = json.loads(line)
            advantages(case, worst)
            losses(case, worst)
            count += 1
    assert count == 100, count
    print(f"PASS  policy math: {count} cases equal to verl's, largest differences "
          + ", ".join(f"{name} {value:.1e}" for name, value in sorted(worst.found.items())))


if __name__ == "__main__":
    main(sys.argv[1])
