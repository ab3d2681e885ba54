"""Golden files of preference losses, by PyTorch's own derivatives.

    python preference_losses.py FOLDER

Writes FOLDER/dpo.json and FOLDER/kto.json: sums of log-probabilities of completions under the policy
and under the reference; expected are the loss and its derivatives in the log-probabilities under the
policy. The reference point of KTO is a constant.
"""

import json
import sys
from pathlib import Path

import torch
from torch.nn.functional import logsigmoid

torch.set_default_dtype(torch.float64)

BETA = 0.3
SMOOTHING = 0.1
WANTED, UNWANTED = 1.5, 0.5
# Log-probability under the policy and the reference of two completions; the last are far apart.
PAIRS = [
    (-4.2, -4.0, -6.5, -6.1),
    (-4.2, -9.0, -6.5, -1.1),
    (-12.0, -3.5, -0.4, -8.2),
    (-3.0, -3.0, -3.0, -3.0),
    (-2.0, -900.0, -950.0, -1.0),
    (-900.0, -2.0, -1.0, -950.0),
]
POINTS = [0.0, 0.7, 2.5]


def dpo(chosen, chosen_reference, rejected, rejected_reference):
    margin = BETA * ((chosen - chosen_reference) - (rejected - rejected_reference))
    return -(1 - SMOOTHING) * logsigmoid(margin) - SMOOTHING * logsigmoid(-margin)


def kto(policy, reference, wanted, point):
    ratio = policy - reference
    if wanted:
        return WANTED * (1 - torch.sigmoid(BETA * (ratio - point)))
    return UNWANTED * (1 - torch.sigmoid(BETA * (point - ratio)))


def rounded(value):
    return float(f"{value:.9g}")


def main(folder):
    source = "PyTorch's derivatives, by src/test/python/preference_losses.py."
    cases = []
    for chosen, chosen_reference, rejected, rejected_reference in PAIRS:
        new = torch.tensor([chosen, rejected], requires_grad=True)
        loss = dpo(new[0], chosen_reference, new[1], rejected_reference)
        loss.backward()
        cases.append(
            {
                "chosen": [chosen, chosen_reference],
                "rejected": [rejected, rejected_reference],
                "loss": rounded(loss.item()),
                "derivatives": [rounded(new.grad[0].item()), rounded(new.grad[1].item())],
            }
        )
    write(folder / "dpo.json", source, f"{{kind: dpo, beta: {BETA}, label_smoothing: {SMOOTHING}}}", cases)
    cases = []
    for policy, reference, _, _ in PAIRS:
        for wanted in (True, False):
            for point in POINTS:
                new = torch.tensor(policy, requires_grad=True)
                loss = kto(new, reference, wanted, point)
                loss.backward()
                cases.append(
                    {
                        "response": [policy, reference],
                        "wanted": wanted,
                        "point": point,
                        "loss": rounded(loss.item()),
                        "derivative": rounded(new.grad.item()),
                    }
                )
    config = f"{{kind: kto, beta: {BETA}, wanted_weight: {WANTED}, unwanted_weight: {UNWANTED}}}"
    write(folder / "kto.json", source, config, cases)


def write(path, source, config, cases):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"source": source, "config": config, "cases": cases}, indent=1) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
