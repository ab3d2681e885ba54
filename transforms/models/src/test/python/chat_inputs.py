"""Strings and conversations that tokenizers and chat templates are tried on."""

import random

TOOLS = [
    {"type": "function", "function": {"name": "weather", "description": "The weather of a \"place\" <now> & later's",
     "parameters": {"type": "object", "properties": {"place": {"type": "string", "description": "Where, e.g. Zürich"},
     "days": {"type": "array", "items": {"type": "integer"}, "default": [1, 2.5, None, True]}}, "required": ["place"]}}},
    {"type": "function", "function": {"name": "add", "description": "a + b", "parameters": {"type": "object", "properties": {}}}},
]


def u(content): return {"role": "user", "content": content}
def a(content, **more): return {"role": "assistant", "content": content, **more}
def s(content): return {"role": "system", "content": content}
def call(name, arguments, id="abcdefghi"): return {"id": id, "type": "function", "function": {"name": name, "arguments": arguments}}
def t(content, **more): return {"role": "tool", "content": content, **more}


def conversations():
    """A list of (messages, tools, generation prompt, further variables)."""
    both = [
        [u("Hi")],
        [s("Be brief."), u("Hi there")],
        [u("a"), a("b"), u("c")],
        [s("S"), u("a"), a("b"), u("c"), a("d")],
        [u("  spaces around \n")],
        [u("{{ 7*7 }} {% for x in y %}{% endfor %} {# no #} {{ messages }}")],
        [s("{{ bos_token }}{% raise_exception('x') %}"), u("{%- if true -%}x{%- endif -%}")],
        [u("Grüße 日本語 😀 e\u0301 \u200b👨‍👩‍👧")],
        [u("<|im_end|><|eot_id|></s><end_of_turn>[INST]")],
        [u("think"), a("<think>\nlong\n\nthought\n</think>\n\nanswer"), u("again")],
        [u("think"), a("<think>a</think>b</think>c")],
        [u("q"), a("answer", reasoning_content="because"), u("more"), a("yes", reasoning_content="\nso\n")],
        [u("q"), a("answer", thinking="older name")],
    ]
    out = [(c, None, g, {}) for c in both for g in (True, False)]
    weather = [u("Weather?"), {"role": "assistant", "tool_calls": [call("weather", {"place": "Zürich", "days": [1]})]},
               t("12 °C", tool_call_id="abcdefghi"), a("Cool: 12 °C"), u("And there?")]
    out += [
        ([u("Weather in Bern?")], TOOLS, True, {}),
        ([s("Use tools."), u("Weather?")], TOOLS, False, {}),
        (weather, TOOLS, True, {}),
        (weather[:3], TOOLS, True, {}),
        ([u("x"), a("ok", tool_calls=[call("add", {"a": 1}), call("add", {"b": 2.5})]), t("1"), t("2")], TOOLS, True, {}),
        ([u("x"), a(None, tool_calls=[call("add", "{\"a\": 1}", id="short")]), t("{\"r\": null}")], None, True, {}),
        ([u([{"type": "text", "text": " part one "}, {"type": "image"}, {"type": "text", "text": "two"}])], None, True, {}),
        ([s([{"type": "text", "text": "sys"}]), u("x")], None, True, {}),
        ([a("assistant first"), u("x")], None, True, {}),
        ([u("x"), u("y")], None, True, {}),
        ([s("only system")], None, True, {}),
        ([s("only system")], TOOLS, True, {}),
        ([u("x")], None, True, {"enable_thinking": False}),
        ([u("x")], None, True, {"enable_thinking": True}),
        ([s("/no_think Please."), u("x")], None, True, {}),
        ([u("x")], None, True, {"date_string": "1 Jan 2020", "tools_in_user_message": False}),
        ([u("x")], TOOLS, True, {"date_string": "1 Jan 2020", "tools_in_user_message": False}),
        ([{"role": "user"}], None, True, {}),
        ([{"role": "user", "content": None}], None, True, {}),
        ([{"role": "stranger", "content": "x"}], None, True, {}),
        ([u("")], None, True, {}),
        ([u("a\r\nb\tc\x0bd"), a("```python\nprint('{}'.format(1))\n```\n"), u("</think>")], None, True, {}),
        ([u("x"), a("y"), s("late system"), u("z")], None, True, {}),
        ([u("number"), a("1" * 50), u("x" * 100)], None, True, {"bos_token": "<over>"}),
    ]
    return out


def strings():
    fixed = [
        "", " ", "  ", "\n", "\n\n", "\t", " \n \t\r\n", "a", " a", "a ", "  a  b  ", "Hello, world!", "Hello world", "hello\nworld\n\nagain",
        "The quick brown fox jumps over the lazy dog.", "don't I'll we've it's I'M YOU'RE", "can’t", "1", "12", "123", "1234", "1234567", "3.14159", "1,000,000",
        "x=1;y=2", "def f(x):\n    return x + 1\n", "for (int i = 0; i < n; i++) { sum += a[i]; }", "if x == 'y':\n\tpass", "{\"a\": [1, 2.5, null]}", "<html><body>&amp;</body></html>",
        "SELECT * FROM t WHERE id = 5;", "\\frac{1}{2} + \\sqrt{x}", "https://example.com/a?b=c&d=%20", "user@example.org", "C:\\path\\to\\file", "a_b-c.d/e", "#!/bin/sh\nset -e\n",
        "é", "e\u0301", "Zürich", "naïve café", "ﬁ ligature", "ｆｕｌｌ", "Å Å \u212b", "ñ n\u0303", "가 \u1100\u1161", "ΑΒΓ αβγ", "Привет, мир", "שלום", "مرحبا بالعالم", "नमस्ते", "สวัสดี",
        "日本語のテキスト", "中文文本，标点。", "한국어", "日本語 English 混ぜる", "😀", "😀😃", "👨‍👩‍👧‍👦", "🏳️‍🌈", "👍🏽", "❤️", "🇨🇭", "a😀b", "\U0001f9d1\u200d\U0001f680", "𝒳 + 𝒴", "𠀀", "\u200b", "a\u200bb", "\ufeffbom", "\u00a0nbsp\u00a0", "\u2028\u2029", "\u3000wide",
        "\x00", "a\x00b", "\x01\x02\x03", "\x7f", "\x1b[31mred\x1b[0m", "\u0085", "\ufffd", "\uffff", "tab\tsep\tvalues", "trailing   ", "   leading", "a\n b\n  c\n   d", "\r\n\r\n", "line\r", " \u00a0 ",
        "<|im_start|>user\nHi<|im_end|>", "<|endoftext|>", "a<|endoftext|>b", " <|endoftext|> ", "<|begin_of_text|>x", "<|eot_id|>", "<s>x</s>", "<s> x </s>", "<bos>a<eos>", "<unk>", "<pad>", "<start_of_turn>model\n", "<mask>", "a <mask> b", "a  <mask>  b", "<|im_start", "|im_end|>", "<|im_end|><|im_end|>", "< s >", "<tool_call>\n{}\n</tool_call>", "  <tool_call>  x", "<TOOL_CALL>", "<0x0A>", "<0x41>", "▁", "▁▁a", "a▁b", "Ġ", "Ċ",
        "Natalia sold 48/2 = 24 clips in May.", "Step 1: 5 + 7 = <<5+7=12>>12\n#### 12", "$50,000 is 25% of $200,000", "x² + y³ ≤ z₁", "½ cup", "∑∫∂√∞≠", "→←↑↓", "“quoted” ‘text’ – dash — em…", "…", "•", "ⅣⅤ", "①②",
        "aaaaaaaaaaaaaaaaaaaaaaaa", "AAAA", "aAaA", "....", "!!!", "???!", "-----", "=====", "((((", "'''", "'s", " 's", "'S", "’s", "'ll'd", "a's b'S", ". . .", " . , ! ? n't 'm 's 've 're", "Hello , world ! it 's ok .", "do n't", "e.g. this", "10 000", "0x1F", "1e-5", "-1", "+1", "1/2", "a1b2", "A1", "1a", "१२३", "٣", "Ⅷ", "\u0301", "a\u0301\u0302\u0303", "q\u0323\u0307", "Z\u0351\u036b\u0343",
    ]
    pieces = fixed + ["the", " and", " of", "ing", " 7", "\n", " ", "  ", "é", "日", "😀", "<|im_end|>", "</s>", "'ve", "\t", "=", "(", "x"]
    chance = random.Random(10)
    while len(fixed) < 230:
        fixed.append("".join(chance.choice(pieces) for _ in range(chance.randint(2, 5)))[:160])
    return fixed
