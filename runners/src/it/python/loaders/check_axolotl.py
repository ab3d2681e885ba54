"""Takes exports through Axolotl's prompt strategies, as the export's own axolotl.yaml names them."""

import exports
import tokens
from exports import same


def configured(export):
    """The settings of axolotl.yaml, with a length that cuts nothing, and the rows as Axolotl loads them from there."""
    import yaml
    from axolotl.utils.dict import DictDefault
    settings = yaml.safe_load((export.folder / "axolotl.yaml").read_text(encoding="utf-8"))
    entries = [DictDefault(entry) for entry in settings["datasets"] + settings.pop("test_datasets", [])]
    same("types", {entry.type for entry in entries}, {entries[0].type})
    rows = [row for entry in entries for row in read(export.folder / entry.path, entry)]
    same("rows of the files", rows, export.rows())
    cfg = DictDefault({
        "chat_template": "tokenizer_default", "train_on_inputs": False, **settings, "sequence_len": tokens.UNLIMITED,
        "datasets": entries[:1]})
    return cfg, entries[0], rows


def read(path, entry):
    """What axolotl/utils/data/shared.py does with a local path; that module itself wants a service of telemetry."""
    import datasets
    if path.is_dir():
        return datasets.load_dataset(str(path), split=entry.split).to_list()
    return datasets.load_dataset(entry.ds_type, data_files=str(path), split=entry.split or "train").to_list()


def sft(export):
    from axolotl import prompt_strategies
    cfg, entry, rows = configured(export)
    tok = tokens.tokenizer()
    strategy = prompt_strategies.load(entry.type, tok, cfg, entry)
    for row in rows:
        found = strategy.tokenize_prompt(dict(row))
        assert row["messages"][-1]["content"].strip(), "an answer is empty"
        same("role of the last turn", row["messages"][-1]["role"], "assistant")
        same("sequence", tokens.text(tok, found["input_ids"]), tokens.chat(row["messages"]))
        # Axolotl trains on an answer and its end, not on the line end that the template puts behind.
        same("trained text", tokens.text(tok, tokens.kept(found["input_ids"], found["labels"])), "".join(
            turn["content"] + tokens.EOS for turn in row["messages"] if turn["role"] == "assistant"))
    return f"{len(rows)} rows through {entry.type}"


def dpo(export):
    from axolotl.prompt_strategies import dpo as strategies
    cfg, entry, rows = configured(export)
    tok = tokens.tokenizer()
    transform, _ = strategies.load(entry.type, cfg, dataset_idx=0)
    for row in rows:
        found = transform(row, tokenizer=tok)
        same("prompt", found["prompt"], tokens.chat(row["messages"], generation=True))
        for side in ("chosen", "rejected"):
            same(f"role of {side}", row[side]["role"], "assistant")
            assert row[side]["content"].strip(), f"{side} is empty"
            same(side, found[side], row[side]["content"] + tokens.EOS)
        assert row["chosen"] != row["rejected"], "a pair's sides are equal"
    return f"{len(rows)} rows through {entry.type} of DPO"


def reward(export):
    from axolotl.prompt_strategies import bradley_terry
    cfg, entry, rows = configured(export)
    assert cfg.reward_model, "axolotl.yaml lacks reward_model: true"
    tok = tokens.tokenizer()
    same("type", entry.type.split(".")[0], "bradley_terry")
    strategy = bradley_terry.load(entry.type.split(".", 1)[1], tok, cfg, entry)
    # The loader makes a turn of the column system even of an empty text, unless it drops the turns of all rows.
    dropped = bool(entry.get("drop_system_message"))
    empty = [not row["system"] for row in rows]
    assert not (dropped and not all(empty)), "drop_system_message loses system texts"
    assert dropped or not all(empty), "no row has a system text: without drop_system_message each gets an empty turn"
    for row in rows:
        found = strategy._tokenize_single_prompt(dict(row))
        before = [] if dropped else [{"role": "system", "content": row["system"]}]
        before.append({"role": "user", "content": row["input"]})
        assert row["input"].strip(), "an input is empty"
        for side in ("chosen", "rejected"):
            assert row[side].strip(), f"{side} is empty"
            turns = before + [{"role": "assistant", "content": row[side]}]
            same(side, tokens.text(tok, found[f"{side}_ids"]), tokens.chat(turns))
        assert row["chosen"] != row["rejected"], "a pair's sides are equal"
    turns = f", {sum(empty)} with an empty system turn" if not dropped and any(empty) else ""
    return f"{len(rows)} rows through {entry.type}{turns}"


def stepwise(export):
    from axolotl import prompt_strategies
    cfg, entry, rows = configured(export)
    assert cfg.process_reward_model, "axolotl.yaml lacks process_reward_model: true"
    tok = tokens.tokenizer()
    strategy = prompt_strategies.load(entry.type, tok, cfg, entry)
    for row in rows:
        found = strategy.tokenize_prompt(dict(row))
        assert row["completions"] and all(step.strip() for step in row["completions"]), "a step is empty"
        same("type of the labels", {type(label) for label in row["labels"]}, {bool})
        # Axolotl cuts the longer of both in silence.
        same("number of labels", len(row["labels"]), len(row["completions"]))
        separator = entry.get("step_separator", "\n")
        exports.apart(row["prompt"], row["completions"][0])
        same("sequence", tokens.text(tok, found["input_ids"]),
             row["prompt"] + "".join(step + separator for step in row["completions"]))
        same("labels", [label for label in found["labels"] if label != -100], [int(label) for label in row["labels"]])
    return f"{len(rows)} rows through {entry.type}"


CHECKS = {"axolotl/sft": sft, "axolotl/dpo": dpo, "axolotl/reward": reward, "axolotl/stepwise": stepwise}

OVERLAYS = {name: ["axolotl"] for name in CHECKS}

if __name__ == "__main__":
    raise SystemExit(exports.main(CHECKS))
