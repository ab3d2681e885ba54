"""Makes the fixtures of chat templates and tokenizers: what transformers, tokenizers and jinja2 say.

Run with a Python that has transformers: python chat.py [FOLDER]; FOLDER is beside this file's resources by default.
"""

import datetime
import hashlib
import json
import pathlib
import sys

import transformers.utils.chat_template_utils as utils
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from transformers import AutoTokenizer

import chat_inputs
import chat_templates
import jinja_cases

HERE = pathlib.Path(__file__).parent
OUT = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parent / "resources/dev/sluice/models/chat"
QWEN = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
LLAMA = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"


class Fixed(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls(2026, 3, 5, 14, 7, 9)


utils.datetime = Fixed


def corpus():
    texts = chat_inputs.strings() + list(chat_templates.ALL.values())
    texts += [m["content"] for c, *_ in chat_inputs.conversations() for m in c if isinstance(m.get("content"), str)]
    return texts + [p.read_text() for p in sorted(HERE.glob("*.py"))]


def byte_level(pattern, special, ordinary, normalizer, ignore_merges, bos):
    tokenizer = Tokenizer(models.BPE(ignore_merges=ignore_merges))
    if normalizer:
        tokenizer.normalizer = normalizer
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Split(Regex(pattern), "isolated"), pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.train_from_iterator(corpus(), trainers.BpeTrainer(
        vocab_size=700, show_progress=False, initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet())))
    tokenizer.add_special_tokens([AddedToken(x, special=True, normalized=False) for x in special])
    tokenizer.add_tokens(ordinary)
    if bos:
        tokenizer.post_processor = processors.Sequence([
            processors.ByteLevel(trim_offsets=True),
            processors.TemplateProcessing(single=f"{bos} $A", pair=f"{bos} $A {bos} $B", special_tokens=[(bos, tokenizer.token_to_id(bos))])])
    return tokenizer


def byte_fallback(special, metaspace):
    """The form of SentencePiece: trained with the text in one piece a word, then laid out as published."""
    trained = Tokenizer(models.BPE(unk_token="<unk>"))
    trained.normalizer = normalizers.Replace(" ", "▁")
    trained.pre_tokenizer = pre_tokenizers.Split("▁", "merged_with_next")
    trained.train_from_iterator(corpus(), trainers.BpeTrainer(vocab_size=520, show_progress=False, min_frequency=3, limit_alphabet=120))
    learned = json.loads(trained.to_str())["model"]
    bytes_ = [f"<0x{i:02X}>" for i in range(256)]
    words = [w for w, _ in sorted(learned["vocab"].items(), key=lambda e: e[1])]
    vocab = {w: i for i, w in enumerate(special + bytes_ + words)}
    merges = [tuple(m) if not isinstance(m, str) else tuple(m.split(" ")) for m in learned["merges"]]
    tokenizer = Tokenizer(models.BPE(vocab=vocab, merges=merges, unk_token="<unk>", fuse_unk=True, byte_fallback=True))
    if metaspace:
        tokenizer.normalizer = normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
        tokenizer.decoder = decoders.Sequence([decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(), decoders.Strip(" ", 1, 0)])
    else:
        tokenizer.normalizer = normalizers.Replace(" ", "▁")
        tokenizer.pre_tokenizer = pre_tokenizers.Split(" ", "merged_with_previous")
        tokenizer.decoder = decoders.Sequence([decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse()])
    tokenizer.add_special_tokens([AddedToken(x, special=True, normalized=False) for x in special])
    bos = next(x for x in special if x in ("<s>", "<bos>"))
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{bos} $A", pair=f"{bos} $A {bos}:1 $B:1", special_tokens=[(bos, tokenizer.token_to_id(bos))])
    return tokenizer


def write(name, tokenizer, config, files=()):
    folder = OUT / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "tokenizer.json").write_text(tokenizer.to_str())
    (folder / "tokenizer_config.json").write_text(json.dumps({"tokenizer_class": "PreTrainedTokenizerFast", **config}, ensure_ascii=False))
    for file, text in files:
        (folder / file).parent.mkdir(exist_ok=True)
        (folder / file).write_text(text)


def added(content, **more):
    return {"__type": "AddedToken", "content": content, "lstrip": False, "rstrip": False, "normalized": False, "single_word": False, **more}


def tokenizers():
    t = chat_templates.ALL
    write("qwen2", byte_level(QWEN, ["<|endoftext|>", "<|im_start|>", "<|im_end|>"], ["<tool_call>", "</tool_call>"], normalizers.NFC(), False, None),
          {"eos_token": "<|im_end|>", "pad_token": "<|endoftext|>", "bos_token": None, "clean_up_tokenization_spaces": False, "chat_template": t["chatml_tools"]})
    llama3 = byte_level(LLAMA, ["<|begin_of_text|>", "<|end_of_text|>", "<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>"], [], None, True, "<|begin_of_text|>")
    llama3.add_tokens([AddedToken("<mask>", lstrip=True, rstrip=True, normalized=True)])
    write("llama3", llama3, {"bos_token": "<|begin_of_text|>", "eos_token": "<|eot_id|>", "clean_up_tokenization_spaces": True, "chat_template": "ignored: the file wins"},
          [("chat_template.jinja", t["llama3"])])
    write("llama2", byte_fallback(["<unk>", "<s>", "</s>"], True),
          {"bos_token": added("<s>"), "eos_token": added("</s>"), "unk_token": added("<unk>"), "pad_token": None,
           "chat_template": [{"name": "default", "template": t["mistral"]}, {"name": "tool_use", "template": "{{ bos_token }}{{ tools | length }}" + t["zephyr"]}]})
    write("gemma", byte_fallback(["<pad>", "<eos>", "<bos>", "<unk>", "<mask>", "<start_of_turn>", "<end_of_turn>"], False),
          {"bos_token": "<bos>", "eos_token": "<eos>", "unk_token": "<unk>", "pad_token": "<pad>"},
          [("chat_template.jinja", t["gemma3"]), ("additional_chat_templates/tool_use.jinja", "{{ tools[0].function.name }}" + t["gemma2"])])
    # Tokens that the configuration alone has, and one whose flags it changes.
    write("added", byte_fallback(["<unk>", "<s>", "</s>"], True),
          {"bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>", "add_bos_token": False, "add_eos_token": True,
           "extra_special_tokens": ["Step"],
           "added_tokens_decoder": {"1": {"content": "<s>", "lstrip": True, "rstrip": False, "normalized": False, "single_word": False, "special": True},
                                    "2000": {"content": "world", "lstrip": False, "rstrip": True, "normalized": False, "single_word": True, "special": False}}})
    # Files that say otherwise than the class that is to read them.
    otherwise = byte_level(LLAMA, ["<|endoftext|>", "<|im_end|>"], [], None, False, None)
    write("qwen2_class", otherwise, {"tokenizer_class": "Qwen2Tokenizer", "eos_token": "<|im_end|>", "pad_token": "<|endoftext|>", "unk_token": None})
    write("llama_class", byte_fallback(["<unk>", "<s>", "</s>"], True),
          {"tokenizer_class": "LlamaTokenizer", "bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>", "legacy": False})
    write("gemma_class", byte_fallback(["<pad>", "<eos>", "<bos>", "<unk>", "<mask>"], True),
          {"tokenizer_class": "GemmaTokenizer", "bos_token": "<bos>", "eos_token": "<eos>", "unk_token": "<unk>", "pad_token": "<pad>", "mask_token": "<mask>"})
    return ["qwen2", "llama3", "llama2", "gemma", "added", "qwen2_class", "llama_class", "gemma_class"]


def digest(ids):
    return hashlib.sha256(" ".join(map(str, ids)).encode()).hexdigest()[:16]


def main():
    names = tokenizers()
    loaded = {n: AutoTokenizer.from_pretrained(OUT / n) for n in names}
    rows = []
    for text in chat_inputs.strings():
        row = {"text": text}
        for name, tokenizer in loaded.items():
            ids = tokenizer.encode(text)
            row[name] = {"ids": ids, "plain": digest(tokenizer.encode(text, add_special_tokens=False))}
            for key, skip in (("decoded", False), ("skipped", True)):
                decoded = tokenizer.decode(ids, skip_special_tokens=skip)
                if decoded != text:
                    row[name][key] = decoded
        rows.append(row)
    dump("strings.json", rows)
    dump("conversations.json", [conversation(c, loaded) for c in chat_inputs.conversations()])
    dump("templates.json", chat_templates.ALL)
    cases = [{"template": "{{ (" + e + ",) }}"} for e in jinja_cases.EXPRESSIONS]
    cases += [{"template": "{{ " + e + " }}"} for e in jinja_cases.EXPRESSIONS + jinja_cases.ERRORS] + [{"template": x} for x in jinja_cases.TEMPLATES]
    for case in cases:
        case.update(rendered(case["template"]))
    dump("jinja.json", cases)


def rendered(template):
    try:
        return {"text": utils._compile_jinja_template(template).render(messages=[{"role": "user", "content": "hi"}])}
    except Exception as e:
        return {"error": type(e).__name__}


def conversation(given, loaded):
    messages, tools, prompt, more = given
    row = {"messages": messages, "tools": tools, "add_generation_prompt": prompt, "variables": more, "texts": {}, "ids": {}}
    def ask(tokenizer, template):
        return tokenizer.apply_chat_template(messages, tools=tools, chat_template=template, add_generation_prompt=prompt, tokenize=False, **more)
    for name, template in chat_templates.ALL.items():
        try:
            row["texts"][name] = ask(loaded["qwen2" if name != "gemma2" else "gemma"] if name not in ("mistral", "zephyr", "deepseek") else loaded["llama2"], template)
        except Exception:
            row["texts"][name] = None
    for name, tokenizer in loaded.items():
        if tokenizer.chat_template is None:
            continue
        try:
            text = ask(tokenizer, None)
            row["ids"][name] = {"text": hashlib.sha256(text.encode()).hexdigest()[:16],
                                "ids": digest(tokenizer.apply_chat_template(messages, tools=tools, add_generation_prompt=prompt, return_dict=False, **more))}
        except Exception:
            row["ids"][name] = None
    return row


def dump(name, value):
    (OUT / name).write_text(json.dumps(value, ensure_ascii=True, separators=(",", ":")).replace('},{"text":', '},\n{"text":').replace('},{"messages":', '},\n{"messages":').replace('},{"template":', '},\n{"template":') + "\n")


main()
