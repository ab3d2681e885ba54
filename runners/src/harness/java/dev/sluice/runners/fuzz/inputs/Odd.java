package dev.sluice.runners.fuzz.inputs;

import java.util.List;

/** Pieces of text that readers seldom meet. */
public final class Odd {
  /** Numbers at the ends of types, and what is nearly one. */
  public static final List<String> NUMBERS =
      List.of(
          "0",
          "-0",
          "-1",
          "1",
          "2",
          "7",
          "00012",
          "1.",
          ".5",
          "-.5",
          "+3",
          "0.1",
          "1.5",
          "3.0",
          "127",
          "128",
          "255",
          "256",
          "32768",
          "65536",
          "2147483647",
          "2147483648",
          "-2147483648",
          "-2147483649",
          "4294967296",
          "9007199254740993",
          "9223372036854775807",
          "9223372036854775808",
          "-9223372036854775808",
          "-9223372036854775809",
          "18446744073709551616",
          "123456789012345678901234567890",
          "1e5",
          "1E-5",
          "1e308",
          "1e309",
          "-1e309",
          "1e-400",
          "1e1000000",
          "1e-1000000",
          "1e2147483648",
          "1e99999999999999999999",
          "4.9e-324",
          "NaN",
          "-NaN",
          "Infinity",
          "-Infinity",
          "inf",
          "0x7fffffff",
          "1_000",
          "1,000",
          "1/0",
          "1/3",
          "50%",
          "٣",
          "²",
          "½",
          "Ⅷ",
          "1e",
          "1e+",
          "--1",
          "1.2.3",
          "9".repeat(400),
          "1" + "0".repeat(1200));

  /** Characters that terminals, parsers and encodings act on. */
  public static final List<String> CHARACTERS =
      List.of(
          "\0",
          "\u0001",
          "\b",
          "\t",
          "\n",
          "\r",
          "\r\n",
          "\f",
          "\u000b",
          "\u001b",
          "\u001b[2J",
          "\u007f",
          "\u0085",
          "\u009b",
          "\u00a0",
          "\u00ad",
          "\u061c",
          "\u200b",
          "\u200d",
          "\u200e",
          "\u2028",
          "\u2029",
          "\u202e",
          "\u2066",
          "\u3000",
          "\ufeff",
          "\ufffd",
          "\uffff",
          "\ud800",
          "\udc00",
          "\udbff\udfff",
          "\ud83d\ude00",
          "e\u0301",
          "ß",
          "İ",
          "ı",
          "ﬁ",
          "漢",
          "ي",
          "−",
          "’",
          "“",
          "”",
          "«",
          "…",
          "×",
          "÷",
          "√",
          "∞",
          "π");

  /** Marks of many languages. */
  public static final List<String> MARKS =
      List.of(
          " ", " ", " ", ".", ",", ":", ";", "'", "\"", "`", "\\", "/", "|", "(", ")", "[", "]",
          "{", "}", "<", ">", "=", "+", "-", "*", "_", "#", "$", "%", "&", "!", "?", "~", "^", "@",
          "a", "b", "x", "word", "null", "true", "false", "%s", "%n", "%1$s", "${x}", "{{", "}}",
          "{%", "%}", "\\u0000", "\\ud800", "\\n", "\\\\", "..", "../", "://", "<<", ">>", "-->");

  private Odd() {}

  public static String piece(Draw draw) {
    return switch (draw.below(4)) {
      case 0 -> draw.of(NUMBERS);
      case 1 -> draw.of(CHARACTERS);
      default -> draw.of(MARKS);
    };
  }
}
