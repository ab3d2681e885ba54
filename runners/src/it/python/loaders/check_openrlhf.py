"""Takes exports through OpenRLHF's data sets, with the chat template, as its command lines load them."""

from types import SimpleNamespace

import exports
import tokens
from exports import same


def strategy(**data):
    return SimpleNamespace(
        args=SimpleNamespace(data=SimpleNamespace(apply_chat_template=True, **data), use_ms=False),
        is_rank_0=lambda: True, print=print)


def blended(export):
    """The rows as OpenRLHF reads its files: it loads each by its ending, and drops no column."""
    from datasets import concatenate_datasets
    from openrlhf.datasets.utils import blending_datasets
    return concatenate_datasets([blending_datasets(path, None, strategy()) for path in export.paths(".jsonl")])


def prompts(export):
    from openrlhf.datasets import PromptDataset
    data = PromptDataset(
        blended(export), tokens.tokenizer(), strategy(input_key="input", label_key="label", image_key="images"))
    same("number of rows", len(data), len(export.rows()))
    for number, row in enumerate(export.rows()):
        same("role of a prompt's last turn", row["input"][-1]["role"], "user")
        assert isinstance(row["label"], str), "a label is no text; reward functions get it as it is"
        same("row", list(data[number]), [row["datasource"], tokens.chat(row["input"], generation=True), row["label"], None])
    return f"{len(data)} rows through PromptDataset; the reward gets {exports.shown(row['label'], 40)} as label"


def pairs(export):
    from openrlhf.datasets import RewardDataset
    tok = tokens.tokenizer()
    margins = []
    for dpo in (False, True):
        data = RewardDataset(
            blended(export), tok, tokens.UNLIMITED,
            strategy(prompt_key="prompt", chosen_key="chosen", rejected_key="rejected"),
            is_dpo=dpo, num_processors=1)
        same("number of rows", len(data), len(export.rows()))
        for number, row in enumerate(export.rows()):
            chosen, _, rejected, _, extra = data[number]
            for side, ids in (("chosen", chosen), ("rejected", rejected)):
                same("roles of a reply", [turn["role"] for turn in row[side]], ["assistant"])
                assert row[side][0]["content"].strip(), f"{side} is empty"
                # The data set takes the line end off that the template writes.
                same(side, tokens.text(tok, ids[0]), tokens.chat(row["prompt"] + row[side]).rstrip("\n"))
            assert row["chosen"] != row["rejected"], "a pair's sides are equal"
            if dpo:
                same("tokens of the prompt", extra, len(tok(tokens.chat(row["prompt"], True))["input_ids"]))
            else:
                assert isinstance(row["margin"], float) and row["margin"] >= 0, f"a margin is {row['margin']!r}"
                same("margin", float(extra), row["margin"])
                margins.append(row["margin"])
    return f"{len(data)} rows through RewardDataset, also for DPO; margins {min(margins)} to {max(margins)}"


def sft(export):
    """One column with the whole conversation (multiturn), or a prompt and its answer in two."""
    from openrlhf.datasets import SFTDataset
    tok = tokens.tokenizer()
    rows = export.rows()
    output = "output" if "output" in rows[0] else None
    data = SFTDataset(
        blended(export), tok, tokens.UNLIMITED, strategy(input_key="input", output_key=output), num_processors=1,
        multiturn=output is None)
    same("number of rows", len(data), len(rows))
    for number, row in enumerate(rows):
        turns = row["input"] + (row["output"] if output else [])
        same("role of the last turn", turns[-1]["role"], "assistant")
        assert turns[-1]["content"].strip(), "an answer is empty"
        ids, _, mask = data[number]
        same("sequence", tokens.text(tok, ids[0]), tokens.chat(turns).rstrip("\n"))
        # A place of the mask is for the token behind it.
        trained = [token for token, used in zip(ids[0][1:], mask[0][:-1]) if used]
        answers = turns[-1:] if output else [turn for turn in turns if turn["role"] == "assistant"]
        same("trained text", tokens.text(tok, trained), "".join(turn["content"] + tokens.EOS for turn in answers))
    return f"{len(data)} rows through SFTDataset" + ("" if output else ", multiturn")


CHECKS = {"openrlhf/rl": prompts, "openrlhf/rm": pairs, "openrlhf/sft": sft}

OVERLAYS = {name: ["openrlhf"] for name in CHECKS}

if __name__ == "__main__":
    raise SystemExit(exports.main(CHECKS))
