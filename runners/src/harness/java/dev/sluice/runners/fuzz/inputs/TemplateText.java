package dev.sluice.runners.fuzz.inputs;

import java.util.List;

/** Chat templates by a grammar: most can be read, few do anything sensible. */
public final class TemplateText {
  private static final int MAX_DEPTH = 5;

  private static final List<String> NAMES =
      List.of(
          "messages",
          "message",
          "tools",
          "documents",
          "bos_token",
          "eos_token",
          "x",
          "y",
          "ns",
          "loop",
          "add_generation_prompt",
          "messages[0]",
          "messages[0].content",
          "messages[-1]['role']",
          "m",
          "undefined_name",
          "loop.index",
          "loop.last",
          "ns.x");

  private static final List<String> VALUES =
      List.of(
          "'a'",
          "\"b c\"",
          "''",
          "'a b  c\\n'",
          "'\\ud83d\\ude00é'",
          "'%s|%d'",
          "0",
          "1",
          "-1",
          "2.5",
          "1e308",
          "1_000",
          "0xff",
          "99999999999999999999",
          "true",
          "false",
          "none",
          "None",
          "[]",
          "[1, 2, 3]",
          "['b', 'a', 'B']",
          "{}",
          "{'a': 1, 'b': [2]}",
          "()",
          "(1, 'x')",
          "range(3)",
          "range(5, 0, -2)",
          "namespace(x=1)",
          "dict(a=1)",
          "joiner(', ')",
          "cycler('a', 'b')",
          "'ab' * 3",
          "[0] * 5",
          "strftime_now('%Y-%m-%d')",
          "[[1], [2]]",
          "[{'k': 1, 'v': 'b'}, {'k': 0, 'v': 'a'}]",
          "'x' * 100000",
          "range(100000)");

  private static final List<String> FILTERS =
      List.of(
          "abs",
          "attr",
          "batch",
          "capitalize",
          "center",
          "count",
          "d",
          "default",
          "dictsort",
          "e",
          "escape",
          "first",
          "float",
          "forceescape",
          "format",
          "groupby",
          "indent",
          "int",
          "items",
          "join",
          "last",
          "length",
          "list",
          "lower",
          "map",
          "max",
          "min",
          "reject",
          "rejectattr",
          "replace",
          "reverse",
          "round",
          "safe",
          "select",
          "selectattr",
          "slice",
          "sort",
          "string",
          "sum",
          "title",
          "tojson",
          "trim",
          "truncate",
          "unique",
          "upper",
          "wordcount",
          "urlize",
          "xmlattr");

  private static final List<String> METHODS =
      List.of(
          "upper",
          "lower",
          "title",
          "capitalize",
          "swapcase",
          "strip",
          "lstrip",
          "rstrip",
          "splitlines",
          "split",
          "rsplit",
          "partition",
          "rpartition",
          "replace",
          "join",
          "format",
          "center",
          "ljust",
          "rjust",
          "zfill",
          "removeprefix",
          "removesuffix",
          "startswith",
          "endswith",
          "find",
          "rfind",
          "index",
          "rindex",
          "count",
          "isdigit",
          "isdecimal",
          "isnumeric",
          "isalpha",
          "isalnum",
          "isspace",
          "isascii",
          "isupper",
          "islower",
          "istitle",
          "keys",
          "values",
          "items",
          "copy",
          "get",
          "current",
          "next",
          "reset",
          "encode",
          "append",
          "__class__");

  private static final List<String> TESTS =
      List.of(
          "eq",
          "equalto",
          "ne",
          "lt",
          "le",
          "gt",
          "ge",
          "in",
          "sameas",
          "divisibleby",
          "defined",
          "undefined",
          "none",
          "boolean",
          "true",
          "false",
          "integer",
          "float",
          "number",
          "string",
          "mapping",
          "iterable",
          "sequence",
          "callable",
          "odd",
          "even",
          "lower",
          "upper",
          "filter",
          "test",
          "escaped");

  private static final List<String> OPERATORS =
      List.of(
          "+", "-", "*", "/", "//", "%", "**", "~", "==", "!=", "<", "<=", ">", ">=", "and", "or",
          "in", "not in");

  private static final List<String> ARGUMENTS =
      List.of(
          "attribute='k'",
          "width=7",
          "2",
          "'a'",
          "'k'",
          "true",
          "'upper'",
          "reverse=true",
          "-1",
          "indent=2",
          "sep='-'",
          "start=1",
          "default='z'",
          "1000000",
          "",
          "'', 'b'",
          "'a', 'b', 1",
          "case_sensitive=true",
          "*[1, 2]",
          "**{'width': 3}",
          "none",
          "'eq', 1",
          "'k', 'eq', 1");

  private TemplateText() {}

  public static String make(Draw draw) {
    if (draw.chance(0.005)) {
      return deep(draw);
    }
    StringBuilder out = new StringBuilder();
    body(out, draw, 0);
    String text = out.toString();
    if (draw.chance(0.1)) {
      int at = draw.below(text.length() + 1);
      return text.substring(0, at) + Odd.piece(draw) + text.substring(at);
    }
    return text;
  }

  private static String deep(Draw draw) {
    int depth = draw.between(50, 5000);
    return switch (draw.below(8)) {
      case 0 -> "{{ " + "(".repeat(depth) + "1" + ")".repeat(depth) + " }}";
      case 1 -> "{{ " + "[".repeat(depth) + "]".repeat(depth) + " }}";
      case 2 -> "{{ " + "not ".repeat(depth) + "1 }}";
      case 3 -> "{{ " + "-".repeat(depth) + "1 }}";
      case 4 -> "{% if 1 %}".repeat(depth) + "x" + "{% endif %}".repeat(depth);
      case 5 -> "{{ 1" + draw.of(OPERATORS).transform(o -> " " + o + " 1").repeat(depth) + " }}";
      case 6 -> "{{ x" + draw.word(".a", "[0]", "|list", "()", "|tojson").repeat(depth) + " }}";
      default ->
          "{% set ns = namespace(x=[]) %}{% for i in range("
              + depth
              + ") %}{% set ns.x = [ns.x] %}{% endfor %}{{ ns.x"
              + draw.word("", "|tojson", "|string|length", " == ns.x", "|list")
              + " }}";
    };
  }

  private static void body(StringBuilder out, Draw draw, int depth) {
    int statements = draw.between(1, depth == 0 ? 4 : 2);
    for (int i = 0; i < statements; i++) {
      statement(out, draw, depth);
    }
  }

  private static void statement(StringBuilder out, Draw draw, int depth) {
    String minus = draw.chance(0.2) ? "-" : "";
    switch (draw.below(depth > MAX_DEPTH ? 3 : 12)) {
      case 0 -> out.append(draw.word("text", "\n", "  ", "<|im_start|>", "a\n  b", "{", "é"));
      case 1, 2, 3 -> out.append("{{" + minus + " " + expression(draw, 0) + " " + minus + "}}");
      case 4 -> {
        block(out, minus, "if " + expression(draw, 1));
        body(out, draw, depth + 1);
        if (draw.chance(0.3)) {
          block(out, minus, "elif " + expression(draw, 1));
          body(out, draw, depth + 1);
        }
        if (draw.chance(0.3)) {
          block(out, minus, "else");
          body(out, draw, depth + 1);
        }
        block(out, minus, "endif");
      }
      case 5, 6 -> {
        String names = draw.word("x", "m", "message", "x, y", "k, v");
        String condition = draw.chance(0.2) ? " if " + expression(draw, 2) : "";
        block(
            out,
            minus,
            "for "
                + names
                + " in "
                + expression(draw, 1)
                + condition
                + draw.word("", "", " recursive"));
        body(out, draw, depth + 1);
        if (draw.chance(0.2)) {
          block(out, minus, draw.word("break", "continue"));
        }
        if (draw.chance(0.1)) {
          block(out, minus, "else");
          body(out, draw, depth + 1);
        }
        block(out, minus, "endfor");
      }
      case 7, 8 ->
          block(
              out,
              minus,
              "set " + draw.word("x", "y", "ns.x", "x, y") + " = " + expression(draw, 0));
      case 9 -> {
        block(out, minus, "set x");
        body(out, draw, depth + 1);
        block(out, minus, "endset");
      }
      case 10 -> {
        block(out, minus, draw.word("macro m(a, b=1)", "macro m()", "macro x(y)"));
        body(out, draw, depth + 1);
        block(out, minus, "endmacro");
        out.append(draw.word("{{ m(1) }}", "{{ m('a', b=2) }}", "{{ m() }}", "", "{{ x(1, 2) }}"));
        if (draw.chance(0.3)) {
          block(out, minus, "call m()");
          body(out, draw, depth + 1);
          block(out, minus, "endcall");
        }
      }
      default -> {
        String open =
            draw.word("filter upper", "generation", "filter indent(2)", "raw", "with x = 1");
        block(out, minus, open);
        body(out, draw, depth + 1);
        block(out, minus, "end" + open.split(" ", 2)[0]);
        out.append(draw.word("", "", "{# note #}", "{#- x -#}"));
      }
    }
  }

  private static void block(StringBuilder out, String minus, String text) {
    out.append("{%").append(minus).append(' ').append(text).append(' ').append(minus).append("%}");
  }

  private static String expression(Draw draw, int depth) {
    String value = draw.chance(0.4) ? draw.of(NAMES) : draw.of(VALUES);
    if (depth > MAX_DEPTH) {
      return value;
    }
    return switch (draw.below(10)) {
      case 0 -> expression(draw, depth + 1) + "|" + draw.of(FILTERS) + arguments(draw, 0.4);
      case 1 -> value + "|" + draw.of(FILTERS) + arguments(draw, 0.4);
      case 2 -> value + "." + draw.of(METHODS) + arguments(draw, 0.9);
      case 3 ->
          expression(draw, depth + 1)
              + draw.word(" is ", " is ", " is not ")
              + draw.of(TESTS)
              + arguments(draw, 0.3);
      case 4 ->
          expression(draw, depth + 1)
              + " "
              + draw.of(OPERATORS)
              + " "
              + expression(draw, depth + 2);
      case 5 ->
          "("
              + expression(draw, depth + 2)
              + ")"
              + draw.word("", "[0]", "[1:]", "[::-1]", "[:-1]", ".x", "['k']");
      case 6 ->
          "("
              + expression(draw, depth + 2)
              + " if "
              + expression(draw, depth + 2)
              + draw.word(" else 'n'", "")
              + ")";
      case 7 -> "[" + expression(draw, depth + 2) + ", " + expression(draw, depth + 2) + "]";
      default -> value;
    };
  }

  private static String arguments(Draw draw, double probability) {
    if (!draw.chance(probability)) {
      return "";
    }
    String first = draw.of(ARGUMENTS);
    return "(" + first + (draw.chance(0.3) ? ", " + draw.of(ARGUMENTS) : "") + ")";
  }
}
