"""Compares Sluice's models with Hugging Face transformers on what ParityExport wrote.

Loads a directory with transformers as it stands and checks: that no weight is missing or left over,
greedy tokens and their log-probabilities (within 1e-4), the tokenizer, the step classifier's
probabilities, and the losses of training from the same weights on the same batches with
torch.optim.AdamW.
"""

import json

import torch
from transformers import AutoModelForCausalLM, AutoModelForTokenClassification, AutoTokenizer

TOLERANCE = 1e-4


def load(kind, folder):
    model, info = kind.from_pretrained(folder, dtype=torch.float32, output_loading_info=True)
    for what in ("missing_keys", "unexpected_keys", "mismatched_keys", "error_msgs"):
        assert not info.get(what), f"{folder}: {what} {info[what]}"
    return model.eval()


def greedy(model, tokenizer, prompt):
    """The most likely completion, with the log-probabilities of its tokens."""
    ids = tokenizer(prompt, add_special_tokens=False, return_tensors="pt")["input_ids"]
    with torch.no_grad():
        out = model.generate(ids, attention_mask=torch.ones_like(ids), do_sample=False, max_new_tokens=48)
        logits = model(out).logits[0, ids.shape[1] - 1:-1]
    tokens = out[0, ids.shape[1]:]
    logprobs = torch.log_softmax(logits, -1).gather(1, tokens[:, None])[:, 0]
    return {
        "prompt": prompt, "tokens": tokens.tolist(), "logprobs": logprobs.tolist(),
        "text": tokenizer.decode(tokens, skip_special_tokens=True)}


def generations(folder, cases):
    model = load(AutoModelForCausalLM, folder)
    tokenizer = AutoTokenizer.from_pretrained(folder)
    worst = 0.0
    for case in cases:
        ours = greedy(model, tokenizer, case["prompt"])
        assert (ours["tokens"], ours["text"]) == (case["tokens"], case["text"]), (ours, case)
        worst = max([worst] + [abs(a - b) for a, b in zip(ours["logprobs"], case["logprobs"])])
    assert worst < TOLERANCE, worst
    return worst


def classification(folder, case):
    model = load(AutoModelForTokenClassification, folder)
    assert model.config.num_labels == 2
    with torch.no_grad():
        logits = model(torch.tensor([case["tokens"]])).logits[0, case["positions"]]
    worst = (torch.softmax(logits, -1)[:, 1] - torch.tensor(case["scores"])).abs().max().item()
    assert worst < TOLERANCE, worst
    return worst


def learning_rate(step):
    """Optimizer.learningRate of 3e-3, warm-up 10, decay to 0.1 over 60 steps."""
    past = max(0, step - 10) / 50
    return 3e-3 * min((step + 1) / 10, 1 - 0.9 * min(1, past))


def training(folder, steps):
    model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).train()
    matrices = [p for p in model.parameters() if p.ndim > 1]
    vectors = [p for p in model.parameters() if p.ndim == 1]
    optimizer = torch.optim.AdamW(
        [{"params": matrices, "weight_decay": 0.01}, {"params": vectors, "weight_decay": 0.0}],
        betas=(0.9, 0.98), eps=1e-8)
    worst = 0.0
    for number, step in enumerate(steps):
        length = max(len(row["tokens"]) for row in step["rows"])
        pad = lambda values: values + [0] * (length - len(values))
        tokens = torch.tensor([pad(row["tokens"]) for row in step["rows"]])
        weights = torch.tensor([pad(row["weights"]) for row in step["rows"]])[:, 1:]
        logprobs = torch.log_softmax(model(tokens).logits[:, :-1], -1)
        taken = logprobs.gather(2, tokens[:, 1:, None])[:, :, 0]
        loss = -(taken * weights).sum() / weights.sum()
        for group in optimizer.param_groups:
            group["lr"] = learning_rate(number)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        worst = max(worst, abs(loss.item() - step["loss"]))
    assert worst < 1e-2, worst
    return worst


def described(folder):
    """A directory with expected.json beside it."""
    expected = json.loads((folder / "expected.json").read_text())
    if "generations" in expected:
        worst = generations(folder, expected["generations"])
        return f"no key missing or unexpected, {len(expected['generations'])} greedy texts equal, log-probabilities within {worst:.1e}"
    worst = classification(folder, expected["classification"])
    return f"no key missing or unexpected, probabilities of steps within {worst:.1e}"


def trained(folder):
    """A directory that ParityExport wrote: the model, where its training started, and a classifier."""
    expected = json.loads((folder / "expected.json").read_text())
    return (
        f"greedy texts equal, log-probabilities within {generations(folder, expected['generations']):.1e};"
        f" classifier within {classification(folder / 'classifier', expected['classification']):.1e};"
        f" losses of 60 steps within {training(folder / 'start', expected['steps']):.1e}")
