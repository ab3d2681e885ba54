"""Single expressions and short templates, with what jinja2 makes of them in transformers' environment."""

EXPRESSIONS = r"""
1 + 2 * 3 ** 2
-2 ** 2
7 // 2, -7 // 2, 7 % 3, -7 % 3, 7 % -3
7 / 2, 6 / 3, 1e16 / 1, 1e15 / 1
0.1 + 0.2, 1e-5, 123456789.125, 1e22, 5e-324, 100.0
7.5 // 2, -7.5 % 2, 2 ** -1, 2 ** 100, 2.0 ** 3
true + true, 3 - true, not true, not 0
1 < 2 < 3, 1 < 3 < 2, 1 == 1.0, true == 1, "a" < "b", [1, 2] < [1, 3]
"a" in "abc", 3 in [1, 2], "x" not in {"x": 1}, 1 in (1, 2), "z" not in "abc"
1 ~ "a" ~ none ~ true ~ 1.0
"a" "b" 'c'
"%s is %d and %.2f" % ("x", 5, 1.5)
"%5d|%-5s|%05.1f" % (42, "ab", 3.14159)
[1, "a'b", 'c"d', none, true, 1.5, {"k": [1]}]
("a",), (), (1, 2)
{"a": 1, 2: "b", none: true}
"line\nbreak\ttab\\ \x41 \u00e9 \U0001f600"
'it\'s "both"'
["\n", "\x00", "é", "\u200b", "😀", "\u2028"]
"hello"[1], "hello"[-1], "hello"[1:3], "hello"[::-1], "hello"[:-1], "hello"[::2]
"h😀llo"[1], "h😀llo"[1:], "h😀llo"|length, "h😀llo"[::-1]
[1, 2, 3, 4][::-1], [1, 2, 3, 4][1:], [1, 2, 3, 4][-2:], [1, 2, 3, 4][3:0:-2], [1, 2, 3][10:]
(1, 2, 3)[::-1], (1, 2, 3)[0]
range(5)|list, range(2, 8, 3)|list, range(5, 0, -2)|list, range(3)
" a b  c ".strip(), " a".lstrip(), "a ".rstrip(), "xxaxx".strip("x"), "\n\na".lstrip("\n")
"a,b,,c".split(","), "a b  c".split(), "a,b,c".split(",", 1), "a,b,c".rsplit(",", 1), "".split(","), "".split()
"  a  b  c ".split(none, 1), "  a  b  c ".rsplit(none, 1), "a</think>b</think>c".split("</think>")[-1]
"a\nb\r\nc\x0bd\x85e".splitlines(), "a\nb\n".splitlines(true), "".splitlines()
"hello World".upper(), "Hello".lower(), "hello wORLD it's".title(), "hELLO".capitalize(), "Straße".upper(), "ǆ".title(), "aB".swapcase()
"hello"|title, "hello-world (foo) it's"|title, "hELLO wORLD"|capitalize
"banana".replace("a", "o"), "banana".replace("a", "o", 1), "abc".replace("", "-"), "banana"|replace("an", "x")
"banana".find("n"), "banana".rfind("n"), "banana".find("x"), "banana".count("an"), "banana".index("n"), "b😀nana".find("n"), "banana".find("a", 2)
"abc".startswith("ab"), "abc".endswith("bc"), "abc".startswith(("x", "a")), "abc".startswith("b", 1)
"12".isdigit(), "a1".isalnum(), "ab".isalpha(), " ".isspace(), "".isdigit(), "AB".isupper(), "ab".islower(), "Ab Cd".istitle()
"-".join(["a", "b"]), ["a", 1, none]|join(", "), [{"x": 1}, {"x": 2}]|join("-", attribute="x"), "abc"|join("-")
"a=b=c".partition("="), "a=b=c".rpartition("="), "abc".partition("x")
"x".center(5, "*"), "x".ljust(3) ~ "|", "x".rjust(3), "-7".zfill(4), "ab"|center(7)
"{} and {}".format(1, "b"), "{0}{1}{0}".format("a", "b"), "{x}!".format(x=2), "{{}}".format()
"prefix-x".removeprefix("prefix-"), "x.py".removesuffix(".py")
{"a": 1}.items()|list, {"a": 1}.keys()|list, {"a": 1}.values()|list, {"a": 1}.get("b"), {"a": 1}.get("b", 2), {"a": 1}.items()
{"a": {"b": 5}}.a.b, {"a": {"b": 5}}["a"]["b"], {"items": 3}["items"], {"x": 1}.y is defined
[1, 2, 2].count(2), [1, 2].index(2), (1, 1).count(1)
none is none, x is defined, x is undefined, 1 is number, "a" is string, {} is mapping, [] is iterable, [] is sequence, 1.5 is float, 1 is integer, true is integer, true is boolean
none is iterable, "a" is iterable, 5 is iterable, {} is sequence, none is sequence, 1 is sequence, true is number
4 is even, 3 is odd, 9 is divisibleby 3, 9 is divisibleby(2), 1 is sameas 1.0, true is true, false is false, 1 is true
1 is eq 1, 1 is ne 2, 1 is lt 2, 3 is ge 3, 1 is in [1, 2], "a" is not in "bc", 3 is not none, "AB" is upper, "ab" is lower
range is callable, 5 is callable, "upper" is filter, "nope" is filter, "odd" is test
not 1 is none, 1 is odd and 2 is even, (1 is odd) == true
1 if true else 2, 1 if false else 2, (1 if false) is defined, (1 if false) ~ "x"
1 and 2, 0 and 2, 0 or 3, "" or [] or none, none and x, 1 or x.y
x, x ~ "a", x|default("d"), ""|default("d"), ""|default("d", true), none|default("d"), x|length, x|list, x|upper, x == y, x in [1], x or 5
"  a "|trim, "xax"|trim("x"), "abc"|length, [1, 2]|count, {"a": 1}|length
[3, 1, 2]|sort, ["b", "A", "c"]|sort, ["b", "A", "c"]|sort(case_sensitive=true), [3, 1, 2]|sort(reverse=true), [{"a": 2}, {"a": 1}]|sort(attribute="a")
[3, 1, 2]|first, [3, 1, 2]|last, []|first, "abc"|first, "abc"|last, [3, 1, 2]|min, [3, 1, 2]|max, ["b", "A"]|min
[3, 1, 2]|reverse|list, "abc"|reverse, [1, 2, 3]|sum, [{"a": 2}, {"a": 1}]|sum(attribute="a"), [[1], [2]]|sum(start=[])
[1, 2, 3, 4]|select("even")|list, [1, 2, 3]|reject("odd")|list, [0, 1, "", "a"]|select|list, [1, 2, 3]|select("gt", 1)|list
[{"r": "a", "n": 1}, {"r": "b"}]|selectattr("r", "equalto", "a")|list, [{"r": 1}, {"r": 0}]|rejectattr("r")|list, [{"a": {"b": 1}}]|selectattr("a.b")|list, [{"n": 1}, {}]|selectattr("n", "defined")|list
["a", "b"]|map("upper")|list, [{"x": 1}, {}]|map(attribute="x")|list, [{"x": 1}, {}]|map(attribute="x", default=0)|list, ["a-b"]|map("replace", "-", "+")|list
["a", "A", "b"]|unique|list, [1, 1.0, true, 2]|unique|list, {"b": 2, "a": 1}|dictsort, {"b": 1, "a": 2}|dictsort(by="value"), {"B": 1, "a": 2}|dictsort(reverse=true)
{"a": 1, "b": 2}|items|list, {"a": 1}|list, "ab"|list, [1, 2, 3, 4, 5]|batch(2)|list, [1, 2, 3]|batch(2, "x")|list, [1, 2, 3, 4, 5]|slice(2)|list
[{"k": "a", "v": 1}, {"k": "b", "v": 2}, {"k": "a", "v": 3}]|groupby("k")
"5"|int, "x"|int, "x"|int(7), "1.9"|int, 1.9|int, -1.9|int, "0x1f"|int(base=16), " 5 "|int, none|int, true|int, "1_000"|int
"1.5"|float, "x"|float, "x"|float(2.5), 3|float, "1e3"|float, "inf"|float, none|float
-5|abs, 2.5|round, 3.5|round, 2.675|round(2), 42.55|round(1, "floor"), 42.51|round(1, "ceil"), 5|round, 1234|round(-2), 2.4|round|int
"a\nb\n\nc"|indent, "a\nb"|indent(2, true), "a\n\nb"|indent(1, blank=true), "a\nb"|indent("--")
("<a href='x'>&\"</a>"|e) ~ "", ("<b>"|escape)|string ~ "", ("<b>"|safe) ~ "", 5|string, none|string, true|string ~ "x"
"foo bar baz qux"|truncate(9), "foo bar baz qux"|truncate(9, true), "foo bar baz"|truncate(9), "a bb ccc"|wordcount, "%s-%s"|format(1, 2), "%(a)s"|format(a=3)
{"a": [1, 2.5, true, none, "é\n\"q\" \\ </s> 😀 \x7f"]}|tojson
{"a": [1, {"b": []}], "c": {}}|tojson(indent=2)
{"b": 1, "a": [1, 2]}|tojson(sort_keys=true), [1, 2]|tojson(separators=(",", ":")), "é😀"|tojson(ensure_ascii=true), [1, [2]]|tojson(indent=4, separators=(", ", " : ")), {1: "a", true: 2, none: 3, 1.5: 4}|tojson, (1, "a")|tojson
[]|tojson(indent=2), {}|tojson(indent=2), "\x01\b\f\t"|tojson, 1e100|tojson, [1]|tojson(indent="\t"), [1]|tojson(indent=0)
dict(a=1, b=2), dict({"a": 1}, b=2), dict([("x", 1)]), namespace(a=1).a, namespace({"b": 2}).b
[1, 2] + [3], (1,) + (2,), "ab" * 3, [0] * 2, 2 * "x", "a" * -1, "a" + "b"
[[1, 2], [3]][0][1], {"a": [{"b": "c"}]}.a[0].b, [1, 2, 3].0, "abc".1
1_000, 0x1f, 0b11, 0o17, 1_0.5, 1e3, 2E-2
[1, 2,], (1, 2,), {"a": 1,}
"é".upper(), "ÀÉ".lower(), "İ".lower()|length, "ΑΣ".lower(), "ﬁ".upper(), "ß".capitalize(), "ŉ".title()
"a\u3000b\xa0c\x1cd".split(), "\u2003x\u2003".strip()
"👨‍👩‍👧"|length, "e\u0301"|length, "日本語"[1], "日本語".find("語")
"x" is string and "x" is not mapping, [] is not mapping, not [] , not {} and not ""
(x is defined and x.y) or "z", (messages is defined)|string, true and "yes" or "no"
"A" ~ 1 + 2 ~ "B"
1 - 2 - 3, 2 ** 3 ** 2, 100 // 7 // 2, 1 + 1 ~ 1 * 2
[1, 2, 3][1:][0], "abc"[1:]|upper, ("a" ~ "b")|upper, -1|abs, -(1|abs), +5
"a" if 1 else "b" if 0 else "c", 1 if 0 else 2 if 0 else 3
{"a": 1} == {"a": 1.0}, [1] == (1,), "1" == 1, none == false, [] == [], {} != []
{"role": "user"}.role|upper ~ "!", {"a": none}.a is none, {"a": none}["b"] is defined
loop is defined, caller is defined, [] is defined
"{{ 7*7 }}", "{% if x %}" ~ "{# c #}"
joiner("-") is callable, cycler(1, 2).next(), cycler(1, 2).current
""".strip().splitlines()

ERRORS = r"""
1 / 0
1 // 0
1 + "a"
"a" + 1
x.y
x["y"]
x()
x + 1
-x
x < 1
[1] < 1
1 in "a"
1 in 5
5|length
none|list
"a".index("b")
[1].index(2)
"a".split("")
[1].append(2)
{"a": 1}.update({"b": 2})
{"a": 1}.pop("a")
"a"|nope
1 is nope
"a".nope()
5()
range(1000000)
x|tojson
{[1]: 2}
"%d" % "a"
"%s %s" % ("a",)
"%s" % ("a", "b")
[1, "a"]|sort
"{} {}".format(1)
raise_exception("no system role here")
"a".upper(1)
namespace(_a=1)
{}|first.x
[1, 2][0:1:0]
"a"|map("upper")|map("x")|list
(1, 2) + [3]
"abc" - "a"
x|int
none + 1
[]["a"]["b"]
"ab"|join(1, 2, 3)
("a".__class__).x
"a".__class__()
""".strip().splitlines()

TEMPLATES = [
    "{% for x in [1,2,3] %}{{ loop.index }}/{{ loop.length }} {{ loop.first }} {{ loop.last }} {{ loop.revindex }};{% endfor %}",
    "{% for x in [1,2,3] if x != 2 %}{{ x }}:{{ loop.index }}:{{ loop.last }}:{{ loop.length }} {% else %}none{% endfor %}",
    "{% for x in [] %}a{% else %}empty{% endfor %}",
    "{% for k, v in {'a': 1, 'b': 2}.items() %}{{ k }}={{ v }}{{ ', ' if not loop.last }}{% endfor %}",
    "{% for a, (b, c) in [(1, (2, 3))] %}{{ a + b + c }}{% endfor %}",
    "{% for x in 'ab' %}{{ loop.previtem }}|{{ loop.nextitem }}|{{ loop.cycle('x', 'y') }}|{{ loop.changed(x) }};{% endfor %}",
    "{% set x = 1 %}{% for i in [1,2] %}{{ x }}{% set x = 5 %}{{ x }}{% endfor %}{{ x }}",
    "{% set ns = namespace(n=0, s='') %}{% for i in range(4) %}{% set ns.n = ns.n + i %}{% set ns.s = ns.s ~ i %}{% endfor %}{{ ns.n }}{{ ns.s }}",
    "{% if false %}a{% elif 0 %}b{% elif [] %}c{% else %}d{% endif %}",
    "{% for i in range(10) %}{% if i == 3 %}{% continue %}{% endif %}{% if i > 5 %}{% break %}{% endif %}{{ i }}{% else %}x{% endfor %}",
    "{% macro m(a, b=2, c='x') %}[{{ a }}{{ b }}{{ c }}]{% endmacro %}{{ m(1) }}{{ m(1, c=5) }}{{ m(b=3, a=4) }}{{ m() }}",
    "{% macro m(a) %}{{ a }}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m(1, 2, 3, z=4) }}",
    "{% macro outer() %}<{{ caller() }}>{% endmacro %}{% call outer() %}in{% endcall %}",
    "{% macro each(xs) %}{% for x in xs %}{{ caller(x) }},{% endfor %}{% endmacro %}{% call(y) each([1,2]) %}{{ y * 2 }}{% endcall %}",
    "{% macro f(n) %}{% if n > 0 %}{{ n }}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(5) }}",
    "{% set x = 1 %}{% macro m() %}{{ x }}{% endmacro %}{% set x = 2 %}{{ m() }}",
    "{% set t %}  a {{ 1 + 1 }} b {% endset %}[{{ t }}][{{ t|trim }}]",
    "{% set t | upper | trim %} abc {% endset %}[{{ t }}]",
    "{% filter upper %}a{{ 'b' }}{% endfilter %}",
    "{% with a = 1, b = 2 %}{{ a + b }}{% endwith %}{{ a is defined }}",
    "{% set a, b = 1, 2 %}{{ b }}{{ a }}{% set c = 1, 2 %}{{ c }}",
    "{% generation %}said{% endgeneration %}!",
    "a\n  {% if true %}\n  b\n  {% endif %}\nc\n",
    "a\n  {%- if true -%}\n  b\n  {%- endif -%}\nc",
    "a\n  {%+ if true %}\n  b\n  {%+ endif +%}\nc",
    "  {{ 1 }}  \n  {{- 2 -}}  \n 3",
    "a {# comment #}\nb\n  {# c2 #}\nc{#- x -#} d",
    "{% raw %}{{ not }} {% if %}{% endraw %} end",
    "  {%- raw -%}  {{ a }}  {%- endraw -%}  x",
    "x{% if true %} y {% endif %} z",
    "{{ 'a' }}\n\n",
    "line1\r\nline2\r{{ 1 }}\r\n",
    "{% if x is defined %}d{% else %}u{% endif %}{{ x }}{{ x is none }}",
    "{{ {'a': {'b': 1}} }}{{ {} }}",
    "{{'}}'}}{{ '%}' }}",
    "{% for m in [1,2,3][::-1] %}{{ m }}{% endfor %}",
    "{% for m in [1,2]|reverse %}{{ loop.index }}{{ m }}{{ loop.length }}{% endfor %}",
    "{% set x = [1,2]|select('odd') %}{% if x %}t{% endif %}{{ x|list }}{{ x|list }}",
    "{% for i in [1] %}{% for j in [2, 3] %}{{ loop.index }}{{ i }}{{ j }}{% endfor %}{{ loop.index }}{% endfor %}",
    "{%- set m = 'x' if x is defined else 'y' -%}\n\n{{- m }}",
    "{% set content = '{{ 7*7 }}{% for %}' %}{{ content }}{{ content|trim }}{{ content ~ '' }}",
    "{{ '{{' ~ ' 7*7 }}' }}",
    "{% if 'a' in {'a': 1} and 'b' not in [1] %}yes{% endif %}",
    "{% set x = none %}{{ x }}{% if x is none %}N{% endif %}{% if not x %}F{% endif %}",
    "{% for x in range(3) %}{{ x }}{{ \", \" if not loop.last else \"\" }}{% endfor %}",
    "{% set j = joiner('|') %}{% for x in 'abc' %}{{ j() }}{{ x }}{% endfor %}",
    "{{ 1\n+\n2 }}",
    "{%- for x in [1] %}\n    {{- x }}\n{%- endfor %}\n",
    "a{%- if true %}\n\n  b{% endif %}",
    "\n{% if true %}\n\nx{% endif %}\n",
    "{% for x in undefined_thing %}a{% else %}none{% endfor %}",
    "{% macro m() %}{% endmacro %}{{ m.name }}{{ m }}{{ m.arguments }}",
    "{% for x in [1,2,3] %}{{ loop }}{% endfor %}",
    "{% if messages %}{{ messages[0]['role'] }}{% endif %}{% set loop_messages = messages[1:] %}{{ loop_messages|length }}",
]
