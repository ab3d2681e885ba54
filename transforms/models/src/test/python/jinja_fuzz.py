"""Random templates with what jinja2 makes of them, for JinjaCases.main: python jinja_fuzz.py SEED COUNT > FILE."""

import json
import random
import sys

import transformers.utils.chat_template_utils as utils

chance = random.Random(int(sys.argv[1]))
LEAVES = ["0", "1", "2", "-3", "7", "1.5", "-0.25", "1e3", "true", "false", "none", "x", "''", "'a'", "'Ab c'", "' pad '", "'é😀\\n'", "'1,2,3'",
          "[]", "[1, 2, 3]", "['b', 'A', 'c']", "(1, 'z')", "{}", "{'a': 1, 'b': [2]}", "messages", "messages[0]", "range(4)", "[[1, 2], [3]]", "[none, true, 0]", "'12'"]
BINARY = ["+", "-", "*", "/", "//", "%", "~", "==", "!=", "<", "<=", ">", ">=", "in", "not in", "and", "or"]
FILTERS = ["upper", "lower", "trim", "length", "list", "first", "last", "sort", "reverse", "reverse|list", "join('-')", "string", "int", "float", "abs", "round", "round(1)", "default('d')",
           "default('d', true)", "tojson", "tojson(indent=2)", "capitalize", "title", "replace('a', 'bb')", "unique|list", "select|list", "reject('none')|list", "map('string')|list",
           "map('upper')|join", "sum", "min", "max", "items|list", "dictsort", "indent", "indent(2, true)", "selectattr('a')|list", "map(attribute='a')|list", "batch(2)|list", "wordcount", "truncate(5)", "center(9)"]
TESTS = ["defined", "none", "string", "number", "integer", "float", "boolean", "mapping", "iterable", "sequence", "odd", "even", "true", "false", "upper", "lower", "in [1, 2, 'a']", "divisibleby 2", "eq 1", "sameas none", "not none", "callable", "undefined"]
METHODS = [".upper()", ".strip()", ".lstrip(' a')", ".rstrip('c')", ".split()", ".split(',')", ".split('b', 1)", ".rsplit(none, 1)", ".replace('a', '')", ".startswith('a')", ".endswith(('c', ' '))", ".find('b')", ".count('a')",
           ".items()|list", ".keys()|list", ".values()|list", ".get('a')", ".get('q', 5)", ".title()", ".isdigit()", ".splitlines()", ".join(['x', 'y'])", ".index(1)", ".append(1)", ".a", ".b", "['a']", ".zfill(5)", ".partition('b')", ".islower()"]
SUBSCRIPTS = ["[0]", "[-1]", "[1]", "[9]", "[1:]", "[:-1]", "[::-1]", "[::2]", "[-2:]", "[2:0:-1]", "['a']", "[none]", "[:none]", "[1:1]"]


def expression(depth):
    if depth == 0:
        return chance.choice(LEAVES)
    kind = chance.random()
    inner = lambda: expression(depth - 1 - (chance.random() < 0.3 and depth > 1))
    if kind < 0.25:
        return f"{inner()} {chance.choice(BINARY)} {inner()}"
    if kind < 0.45:
        return f"({inner()})|{chance.choice(FILTERS)}"
    if kind < 0.55:
        return f"({inner()}) is {chance.choice(TESTS)}"
    if kind < 0.7:
        return f"({inner()}){chance.choice(METHODS)}"
    if kind < 0.82:
        return f"({inner()}){chance.choice(SUBSCRIPTS)}"
    if kind < 0.87:
        return f"{inner()} if {inner()} else {inner()}"
    if kind < 0.9:
        return f"not ({inner()})"
    if kind < 0.93:
        return f"-({inner()})"
    if kind < 0.96:
        return f"[{inner()}, {inner()}]"
    return f"{{'a': {inner()}, 'k': {inner()}}}"


def space():
    return chance.choice(["", "", " ", "\n", "\n  ", "  \n", "\t", "x", "x\n", "\n\n", " y "])


def tag(text):
    return "{%" + chance.choice(["", "", "-", "+"]) + f" {text} " + chance.choice(["", "", "-", "+"]) + "%}"


def block(depth):
    if depth == 0 or chance.random() < 0.35:
        return space() + "{{" + chance.choice(["", "-"]) + f" {expression(chance.randint(0, 2))} " + chance.choice(["", "-"]) + "}}" + space()
    inner = lambda: space() + block(depth - 1) + space()
    kind = chance.randint(0, 8)
    if kind == 0:
        return tag(f"if {expression(1)}") + inner() + tag("else") + inner() + tag("endif") + space()
    if kind == 1:
        return tag(f"for i in {chance.choice(['[1, 2, 3]', 'range(3)', 'messages', 'x', expression(0)])}{chance.choice(['', ' if i', ' if loop is defined'])}") + "{{ loop.index }}{{ loop.last }}" + inner() + chance.choice(["", tag("else") + inner()]) + tag("endfor")
    if kind == 2:
        return tag(f"set x = {expression(1)}") + inner()
    if kind == 3:
        return tag("set y") + inner() + tag("endset") + "{{ y }}"
    if kind == 4:
        return tag("macro m(a, b=" + expression(0) + ")") + "{{ a }}" + inner() + "{{ b }}" + tag("endmacro") + "{{ m(" + expression(0) + ") }}"
    if kind == 5:
        return space() + "{#" + chance.choice(["", "-", "+"]) + " c " + chance.choice(["", "-", "+"]) + "#}" + space() + block(depth - 1)
    if kind == 6:
        return tag("filter upper") + inner() + tag("endfilter")
    if kind == 7:
        return "{% set ns = namespace(v=0) %}" + tag("for i in range(3)") + "{% set ns.v = ns.v + i %}" + inner() + tag("if i == 1") + tag(chance.choice(["break", "continue"])) + tag("endif") + "z" + tag("endfor") + "{{ ns.v }}"
    return block(depth - 1) + inner()


def main():
    cases = []
    while len(cases) < int(sys.argv[2]):
        template = "{{ " + expression(chance.randint(1, 3)) + " }}" if chance.random() < 0.6 else block(3)
        try:
            case = {"template": template, "text": utils._compile_jinja_template(template).render(messages=[{"role": "user", "content": "hi"}])}
        except Exception as e:
            case = {"template": template, "error": type(e).__name__}
        if " object at 0x" in case.get("text", "") or " of " in case.get("text", "") and "<" in case.get("text", ""):
            continue
        cases.append(case)
    json.dump(cases, sys.stdout)


main()
