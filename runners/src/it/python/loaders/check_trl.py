"""Takes exports through the preparation of TRL's trainers, every row, without a limit of length."""

import tempfile

import exports
import tokens
from exports import same

LIMITLESS = dict(max_length=tokens.UNLIMITED, report_to="none", use_cpu=True, bf16=False, gradient_checkpointing=False)


def loaded(export):
    """The rows as load_dataset gives them, from Parquet and from JSONL."""
    import datasets
    rows = export.rows()
    for kind, ending in (("parquet", ".parquet"), ("json", ".jsonl")):
        dataset = datasets.load_dataset(kind, data_files=export.paths(ending), split="train")
        same(f"rows of load_dataset({kind!r})", dataset.to_list(), rows)
    return datasets.load_dataset("parquet", data_files=export.paths(".parquet"), split="train")


def prepared(export, trainer, config, model, **more):
    """The trainer's data set, with as many rows as the export, and with its ids."""
    with tempfile.TemporaryDirectory() as out:
        made = trainer(
            model=model, args=config(output_dir=out, **LIMITLESS), train_dataset=loaded(export),
            processing_class=tokens.tokenizer(), **more)
        rows = made.train_dataset.to_list()
    same("number of prepared rows", len(rows), len(export.rows()))
    for row, source in zip(rows, export.rows()):
        same("ids of a prepared row", export.ids(row), export.ids(source))
    return rows


def completed(prompt, completion, joined=False):
    """What a trainer sees as prompt and as completion of a standard or a conversational row."""
    if isinstance(prompt, str):
        if not joined:
            exports.apart(prompt, completion)
        return prompt, completion + tokens.EOS
    before = tokens.chat(prompt, generation=True)
    whole = tokens.chat(prompt + completion)
    assert whole.startswith(before), f"the conversation {exports.shown(prompt + completion)} is not a prompt and a reply"
    return before, whole[len(before):]


def reply(turns):
    """Replies are one turn of the assistant that says something."""
    if isinstance(turns, str):
        assert turns.strip(), "a completion is empty"
    else:
        same("roles of a reply", [turn["role"] for turn in turns], ["assistant"])
        assert turns[0]["content"].strip(), "a reply is empty"


def asked(prompt):
    if isinstance(prompt, str):
        assert prompt.strip(), "a prompt is empty"
    else:
        same("role of a prompt's last turn", prompt[-1]["role"], "user")


def judged(export):
    """A judge's prompt may run into its verdict: both are what the judge saw and wrote."""
    return sft(export, joined=True)


def sft(export, joined=False):
    from trl import SFTConfig, SFTTrainer
    tok = tokens.tokenizer()
    for row, source in zip(prepared(export, SFTTrainer, SFTConfig, tokens.model()), export.rows()):
        if "prompt" in source:
            asked(source["prompt"])
            reply(source["completion"])
            prompt, completion = completed(source["prompt"], source["completion"], joined)
            same("trained text", tokens.text(tok, tokens.kept(row["input_ids"], row["labels"])), completion)
        elif "messages" in source:
            reply(source["messages"][-1:])
            asked(source["messages"][:-1])
            prompt, completion = "", tokens.chat(source["messages"])
        else:
            prompt, completion = "", source["text"] + tokens.EOS
        same("sequence", tokens.text(tok, row["input_ids"]), prompt + completion)
    return f"{len(export.rows())} rows through SFTTrainer"


def pairs(export):
    """Explicit pairs, through DPOTrainer and RewardTrainer."""
    from trl import DPOConfig, DPOTrainer
    tok = tokens.tokenizer()
    for row, source in zip(prepared(export, DPOTrainer, DPOConfig, tokens.model()), export.rows()):
        asked(source["prompt"])
        for side in ("chosen", "rejected"):
            reply(source[side])
            prompt, completion = completed(source["prompt"], source[side])
            same("prompt", tokens.text(tok, row["prompt_ids"]), prompt)
            same(side, tokens.text(tok, row[f"{side}_ids"]), completion)
        assert source["chosen"] != source["rejected"], "a pair's sides are equal"
    ranked(export)
    return f"{len(export.rows())} rows through DPOTrainer and RewardTrainer"


def dialogues(export):
    """Implicit pairs, through RewardTrainer and DPOTrainer, which finds the prompt itself."""
    from trl import DPOConfig, DPOTrainer
    tok = tokens.tokenizer()
    ranked(export)
    for row, source in zip(prepared(export, DPOTrainer, DPOConfig, tokens.model()), export.rows()):
        sides = [source["chosen"], source["rejected"]]
        for name, side in zip(("chosen", "rejected"), sides):
            whole = side + tokens.EOS if isinstance(side, str) else tokens.chat(side)
            same(f"prompt and {name}", tokens.text(tok, row["prompt_ids"] + row[f"{name}_ids"]), whole)
        if not isinstance(sides[0], str):
            same("the prompts of a pair", sides[0][:-1], sides[1][:-1])
            asked(sides[0][:-1])
            [reply(side[-1:]) for side in sides]
        assert sides[0] != sides[1], "a pair's sides are equal"
    return f"{len(export.rows())} rows through RewardTrainer and DPOTrainer"


def ranked(export):
    from trl import RewardConfig, RewardTrainer
    tok = tokens.tokenizer()
    model = tokens.model("SequenceClassification", num_labels=1)
    for row, source in zip(prepared(export, RewardTrainer, RewardConfig, model), export.rows()):
        for side in ("chosen", "rejected"):
            whole = source["prompt"] + source[side] if "prompt" in source else source[side]
            expected = whole + tokens.EOS if isinstance(whole, str) else tokens.chat(whole)
            same(f"{side} of RewardTrainer", tokens.text(tok, row[f"{side}_ids"]), expected)


def unpaired(export):
    from trl import KTOConfig, KTOTrainer
    tok = tokens.tokenizer()
    for row, source in zip(prepared(export, KTOTrainer, KTOConfig, tokens.model()), export.rows()):
        asked(source["prompt"])
        reply(source["completion"])
        prompt, completion = completed(source["prompt"], source["completion"])
        same("prompt", tokens.text(tok, row["prompt_ids"]), prompt)
        same("completion", tokens.text(tok, row["completion_ids"]), completion)
        same("label", row["label"], source["label"])
        assert isinstance(source["label"], bool), "a label is no truth value"
    return f"{len(export.rows())} rows through KTOTrainer"


def prompts(export):
    """GRPOTrainer hands every column to the reward functions; its loader must give them all."""
    from trl import GRPOConfig, GRPOTrainer
    with tempfile.TemporaryDirectory() as out:
        config = GRPOConfig(
            output_dir=out, num_generations=2, per_device_train_batch_size=2, gradient_accumulation_steps=1,
            max_completion_length=1, report_to="none", use_cpu=True, bf16=False, gradient_checkpointing=False)
        trainer = GRPOTrainer(
            model=tokens.model(), args=config, reward_funcs=lambda completions, **rest: [0.0] * len(completions),
            train_dataset=loaded(export), processing_class=tokens.tokenizer())
        given = [row for batch in trainer.get_train_dataloader() for row in batch]
    rows = export.rows()
    same("number of rows that GRPOTrainer takes", len(given), 2 * len(rows))
    order = lambda listed: sorted(map(repr, listed))
    same("rows that GRPOTrainer takes", order(given), order(rows + rows))
    for row in rows:
        asked(row["prompt"])
    return f"{len(rows)} rows through GRPOTrainer's loader, with {', '.join(key for key in rows[0] if key != 'prompt')}"


def stepwise(export):
    """PRMTrainer, which TRL had until 1.13: a label stands on the line end after its step."""
    from trl.experimental.prm import PRMConfig, PRMTrainer
    tok = tokens.tokenizer()
    with tempfile.TemporaryDirectory() as out:
        trainer = PRMTrainer(
            model=tokens.model("TokenClassification", num_labels=2),
            args=PRMConfig(output_dir=out, **LIMITLESS), train_dataset=loaded(export), processing_class=tok)
        rows = trainer.train_dataset.to_list()
    same("number of prepared rows", len(rows), len(export.rows()))
    for row, source in zip(rows, export.rows()):
        asked(source["prompt"])
        assert source["completions"] and all(step.strip() for step in source["completions"]), "a step is empty"
        same("type of the labels", {type(label) for label in source["labels"]}, {bool})
        exports.apart(source["prompt"], source["completions"][0])
        same("sequence", tokens.text(tok, row["input_ids"]),
             source["prompt"] + "".join(step + "\n" for step in source["completions"]))
        same("labels", [label for label in row["labels"] if label != -100], [int(label) for label in source["labels"]])
        ends, end = [], len(source["prompt"].encode())
        for step in source["completions"]:
            end += len(step.encode()) + 1
            ends.append(end - 1)
        same("places of the labels", [at for at, label in enumerate(row["labels"]) if label != -100], ends)
    return f"{len(rows)} rows through PRMTrainer of TRL 1.13"


CHECKS = {
    "trl/text": sft, "trl/messages": sft, "trl/sft": sft, "trl/sft-chat": sft, "verifier/sft": judged,
    "trl/preference": pairs, "trl/preference-chat": pairs,
    "trl/preference-implicit": dialogues, "trl/preference-implicit-chat": dialogues,
    "trl/unpaired": unpaired, "trl/unpaired-chat": unpaired,
    "trl/prompt-only": prompts, "trl/prompt-only-chat": prompts, "trl/stepwise": stepwise,
}

OVERLAYS = {"trl/stepwise": ["prm"]}

if __name__ == "__main__":
    raise SystemExit(exports.main(CHECKS))
