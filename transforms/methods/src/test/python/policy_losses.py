"""Golden files of policy losses, by PyTorch's own derivatives.

    python policy_losses.py FOLDER

Writes FOLDER/KIND.json for each kind: completions of tokens with their log-probabilities under the
policy, the one that wrote them and their coefficients in the batch's loss; expected are the loss of
each token before its coefficient, and the derivative of the sum of coefficient times loss in each
log-probability. What a loss holds constant is detached.
"""

import json
import sys
from pathlib import Path

import torch

torch.set_default_dtype(torch.float64)


def ratio(new, old):
    return (new - old).clamp(-20, 20).exp()


def clip(new, old, advantage):
    rho = ratio(new, old)
    loss = -torch.minimum(rho * advantage, rho.clamp(1 - 0.2, 1 + 0.28) * advantage)
    return torch.where(advantage < 0, torch.minimum(loss, -3 * advantage), loss)


def gspo(new, old, advantage):
    share = (new - new.detach() + (new - old).mean().detach()).clamp(max=10).exp()
    return -torch.minimum(share * advantage, share.clamp(1 - 0.1, 1 + 0.15) * advantage)


def cispo(new, old, advantage):
    return -ratio(new, old).clamp(1 - 1.0, 1 + 0.28).detach() * advantage * new


def sapo(new, old, advantage):
    tau = torch.where(advantage > 0, torch.tensor(1.0), torch.tensor(1.05))
    return -(4 / tau) * torch.sigmoid(tau * (ratio(new, old) - 1)) * advantage


KINDS = {
    "clip": (clip, "{kind: clip, dual_clip: 3}", False),
    "gspo": (gspo, "{kind: gspo, low: 0.1, high: 0.15}", False),
    "cispo": (cispo, "cispo", True),
    "sapo": (sapo, "sapo", False),
}
# Differences of log-probabilities to the old policy: inside and beyond every clip, and far beyond.
STEPS = [
    [0.05, -0.1, 0.02, 0.2],
    [0.05, -0.1, 0.02, 0.2],
    [0.9, 1.3, -0.7],
    [0.9, 1.3, -0.7],
    [-0.4, -0.5, 0.1, -0.2, -0.3],
    [0.0, 25.0],
    [-25.0, 0.3],
]
ADVANTAGES = [1.5, -1.5, 0.8, -0.8, 1.0, -0.6, 2.0]


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for kind, (loss, config, constant) in KINDS.items():
        completions = []
        for row, steps in enumerate(STEPS):
            size = len(steps)
            new = torch.tensor([-26.0 if steps[t] < -20 else -0.3 - 0.4 * t for t in range(size)])
            old = new - torch.tensor(steps)
            new.requires_grad_(True)
            advantage = torch.full((size,), ADVANTAGES[row])
            coefficients = torch.full((size,), 1.0 / (row + 2))
            losses = loss(new, old, advantage)
            (losses * coefficients).sum().backward()
            digits = lambda values: [float(f"{value:.9g}") for value in values.tolist()]
            completions.append(
                dict(
                    logprobs=digits(new.detach()),
                    old=digits(old),
                    advantage=ADVANTAGES[row],
                    coefficient=round(1.0 / (row + 2), 9),
                    losses=digits(losses.detach()),
                    derivatives=digits(new.grad),
                )
            )
        golden = dict(
            source="PyTorch's derivatives, by src/test/python/policy_losses.py.",
            config=config,
            holds_constant=constant,
            completions=completions,
        )
        (folder / f"{kind}.json").write_text(json.dumps(golden, indent=1) + "\n")


main()
