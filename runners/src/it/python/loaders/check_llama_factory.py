"""Takes exports through LLaMA-Factory's get_dataset, with the export's own dataset_info.json."""

import json
import tempfile

import exports
import tokens
from exports import same

# What the template qwen puts before a conversation without a system turn.
NO_SYSTEM = "You are Qwen, created by Alibaba Cloud. You are a helpful assistant."


def loaded(export, stage, truncated=tokens.UNLIMITED):
    from llamafactory.data import get_dataset, get_template_and_fix_tokenizer
    from llamafactory.hparams import DataArguments, ModelArguments
    from transformers import Seq2SeqTrainingArguments
    folder = next(path.parent for path in export.folder.rglob("dataset_info.json"))
    info = json.loads((folder / "dataset_info.json").read_text(encoding="utf-8"))
    listed = set()
    for name, entry in info.items():
        assert "formatting" in entry and "columns" in entry, f"{name} lacks formatting or columns"
        place = folder / entry["file_name"]
        listed |= {str(place)} if place.is_file() else {str(path) for path in place.iterdir()}
    same("files that dataset_info.json names", sorted(listed), sorted(export.paths(".jsonl")))
    tok = tokens.tokenizer()
    with tempfile.TemporaryDirectory() as out:
        tok.save_pretrained(out)
        data = DataArguments(
            dataset=",".join(info), dataset_dir=str(folder), template="qwen", cutoff_len=truncated,
            overwrite_cache=True)
        template = get_template_and_fix_tokenizer(tok, data)
        rows = get_dataset(
            template, ModelArguments(model_name_or_path=out), data,
            Seq2SeqTrainingArguments(output_dir=out, use_cpu=True, report_to="none"), stage, tok)["train_dataset"]
        rows = rows.to_list()
    # The names of dataset_info.json decide the order, the manifest that of the files.
    same("number of rows: LLaMA-Factory skips what it cannot read", len(rows), len(export.rows()))
    return tok, rows


def asked(turns):
    """The system turn is the default one where the row has none, or an empty one."""
    if turns[0]["role"] != "system":
        turns = [{"role": "system", "content": ""}] + turns
    system = {"role": "system", "content": turns[0]["content"] or NO_SYSTEM}
    return tokens.chat([system] + turns[1:], generation=True)


def matched(rows, key, sources, expected):
    """Rows and sources with the same texts, in any order of files."""
    found = sorted(map(key, rows), key=repr)
    wanted = sorted(map(expected, sources), key=repr)
    for number, (one, other) in enumerate(zip(found, wanted, strict=True)):
        same(f"row {number}", one, other)


def halves(tok, ids, labels):
    """The text that is only read and the text that is trained on."""
    trained = tokens.kept(ids, labels)
    return [tokens.text(tok, ids[:len(ids) - len(trained)]), tokens.text(tok, trained)]


def sft(export):
    tok, rows = loaded(export, "sft")
    for row in export.rows():
        assert row["messages"][-1]["content"].strip(), "an answer is empty"
    # Each answer of a conversation is trained on; the last one is compared, and the whole.
    matched(
        rows, lambda row: tokens.text(tok, row["input_ids"]) + "\n" + str(len(tokens.kept(row["input_ids"], row["labels"]))),
        export.rows(), lambda row: asked(row["messages"][:-1]) + row["messages"][-1]["content"] + tokens.EOS + "\n\n" + str(sum(
            len((turn["content"] + "\n").encode()) + 1 for turn in row["messages"] if turn["role"] == "assistant")))
    return f"{len(rows)} rows through get_dataset, formatting sharegpt"


def alpaca(export):
    tok, rows = loaded(export, "sft")
    for row in export.rows():
        assert row["instruction"].strip() and row["output"].strip(), "an instruction or an output is empty"
    matched(
        rows, lambda row: halves(tok, row["input_ids"], row["labels"]),
        export.rows(), lambda row: [
            asked([{"role": "system", "content": row.get("system", "")}, {
                "role": "user", "content": "\n".join(part for part in (row["instruction"], row["input"]) if part)}]),
            row["output"] + tokens.EOS + "\n"])
    return f"{len(rows)} rows through get_dataset, formatting alpaca"


def pairs(export):
    tok, rows = loaded(export, "rm")
    for row in export.rows():
        for side in ("chosen", "rejected"):
            same(f"role of {side}", row[side]["role"], "assistant")
            assert row[side]["content"].strip(), f"{side} is empty"
        assert row["chosen"] != row["rejected"], "a pair's sides are equal"
    matched(
        rows, lambda row: [
            halves(tok, row[f"{side}_input_ids"], row[f"{side}_labels"]) for side in ("chosen", "rejected")],
        export.rows(), lambda row: [
            [asked(row["messages"]), row[side]["content"] + tokens.EOS + "\n"] for side in ("chosen", "rejected")])
    return f"{len(rows)} rows through get_dataset of stage rm"


def kto(export):
    tok, rows = loaded(export, "kto")
    matched(
        rows, lambda row: halves(tok, row["input_ids"], row["labels"]) + [row["kto_tags"]],
        export.rows(), lambda row: [
            asked(row["messages"][:-1]), row["messages"][-1]["content"] + tokens.EOS + "\n", row["kto_tag"]])
    return f"{len(rows)} rows through get_dataset of stage kto, {sum(row['kto_tags'] for row in rows)} desired"


CHECKS = {
    "llama-factory/sft": sft, "llama-factory/alpaca": alpaca, "llama-factory/preference": pairs,
    "llama-factory/kto": kto}

OVERLAYS = {name: ["transformers", "llama-factory"] for name in CHECKS}

if __name__ == "__main__":
    raise SystemExit(exports.main(CHECKS))
