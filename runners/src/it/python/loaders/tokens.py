"""A tokenizer whose tokens are bytes, so that what a loader tokenises can be read back exactly."""

import os

CHATML = (
    "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n' }}"
    "{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}")

EOS = "<|im_end|>"

# More tokens than any text of the checks has; prove.py lowers it, to see loaders cut texts and drop rows.
UNLIMITED = int(os.environ.get("SLUICE_TOKEN_LIMIT", 4_000_000))


def tokenizer():
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    core = Tokenizer(models.BPE(vocab={letter: number for number, letter in enumerate(alphabet)}, merges=[]))
    core.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    core.decoder = decoders.ByteLevel()
    core.add_special_tokens(["<|endoftext|>", "<|im_start|>", EOS])
    return PreTrainedTokenizerFast(
        tokenizer_object=core, eos_token=EOS, pad_token="<|endoftext|>", clean_up_tokenization_spaces=False,
        chat_template=CHATML, model_max_length=UNLIMITED)


def model(kind="CausalLM", **more):
    """The smallest model for the tokenizer; what it computes does not matter. DPO and KTO load it a second time."""
    import tempfile

    import transformers
    config = transformers.LlamaConfig(
        vocab_size=259, hidden_size=8, intermediate_size=8, num_hidden_layers=1, num_attention_heads=1,
        pad_token_id=256, **more)
    made = getattr(transformers, f"LlamaFor{kind}")
    folder = tempfile.TemporaryDirectory(prefix="sluice-model-")
    made(config).save_pretrained(folder.name)
    loaded = made.from_pretrained(folder.name)
    # The folder lasts as long as the model.
    loaded.folder = folder
    return loaded


def chat(messages, generation=False):
    """What the template makes of a conversation."""
    turns = "".join(f"<|im_start|>{message['role']}\n{message['content']}{EOS}\n" for message in messages)
    return turns + ("<|im_start|>assistant\n" if generation else "")


def text(tok, ids):
    return tok.decode(ids, skip_special_tokens=False, clean_up_tokenization_spaces=False)


def kept(ids, labels, ignored=-100):
    """The tokens that count in the loss."""
    return [token for token, label in zip(ids, labels, strict=True) if label != ignored]
