package dev.sluice.records.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.records.config.Kind;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTest {
  enum Mode {
    FAST_ONE,
    SLOW
  }

  @Kind(value = "arithmetic", doc = "Problems of arithmetic.")
  record Source(int count, Mode mode) {}

  record Config(
      String modelName,
      double learningRate,
      @Nullable Integer maxTokens,
      List<Source> sources,
      Map<String, Long> limits,
      boolean flag) {}

  static final Config CONFIG =
      new Config(
          "a\"\u0001é",
          5.0e-4,
          null,
          List.of(new Source(3, Mode.FAST_ONE)),
          Map.of("b", 2L, "a", 1L),
          true);

  @Test
  void recordsGoByComponentInSnakeCase() {
    assertThat(Json.canonical(CONFIG))
        .isEqualTo(
            """
            {"flag":true,"learning_rate":0.0005,"limits":{"a":1,"b":2},"model_name":"a\\"\\u0001é",\
            "sources":[{"count":3,"kind":"arithmetic","mode":"fast_one"}]}""");
    assertThat(Json.compact(CONFIG))
        .isEqualTo(
            """
            {"model_name":"a\\"\\u0001é","learning_rate":0.0005,"sources":[{"kind":"arithmetic",\
            "count":3,"mode":"fast_one"}],"limits":{"a":1,"b":2},"flag":true}""");
  }

  @Test
  void prettyTextIsIndented() {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("b", List.of(1, "x"));
    value.put("a", Map.of());
    value.put("c", List.of());
    assertThat(Json.pretty(value))
        .isEqualTo(
            """
            {
              "b": [
                1,
                "x"
              ],
              "a": {},
              "c": []
            }
            """);
  }

  @Test
  void line_everyReader_takesItForOneLine() {
    assertThat(Json.line(Json.object("b", "\u2028\b\u0001\n\"é", "a", 1.0e-8, "c", null)))
        .isEqualTo("{\"b\":\"\\u2028\\u0008\\u0001\\n\\\"é\",\"a\":1.0E-8,\"c\":null}");
    assertThat(Json.compact("\u2028\b\u001f")).isEqualTo("\"\u2028\\b\\u001f\"");
  }

  @Test
  void recordsComeBack() {
    assertThat(Json.read(Json.pretty(CONFIG), Config.class)).isEqualTo(CONFIG);
    assertThat(Json.read(Json.canonical(CONFIG), Config.class)).isEqualTo(CONFIG);
  }

  @Test
  void everyKindOfValueIsParsed() {
    assertThat(Json.parse(" [1, -2.5e3, \"\\u00e9\", true, null, {\"k\": 12345678901234567890}] "))
        .isEqualTo(
            Arrays.asList(
                1L, -2500.0, "é", true, null, Map.of("k", new BigInteger("12345678901234567890"))));
    assertThat(Json.canonical(Json.parse("{\"k\": 12345678901234567890, \"a\": 9007199254740993}")))
        .isEqualTo("{\"a\":9007199254740993,\"k\":12345678901234567890}");
    assertThat(Json.canonical(List.of(Instant.EPOCH, 0.1f, Mode.SLOW)))
        .isEqualTo("[\"1970-01-01T00:00:00Z\",0.1,\"slow\"]");
  }

  // The samples of RFC 8785, appendix B, and of ECMA-262.
  @ParameterizedTest
  @CsvSource({
    "0000000000000000,0",
    "8000000000000000,0",
    "0000000000000001,5e-324",
    "8000000000000001,-5e-324",
    "7fefffffffffffff,1.7976931348623157e+308",
    "ffefffffffffffff,-1.7976931348623157e+308",
    "4340000000000000,9007199254740992",
    "c340000000000000,-9007199254740992",
    "4430000000000000,295147905179352830000",
    "44b52d02c7e14af5,9.999999999999997e+22",
    "44b52d02c7e14af6,1e+23",
    "44b52d02c7e14af7,1.0000000000000001e+23",
    "444b1ae4d6e2ef4e,999999999999999700000",
    "444b1ae4d6e2ef4f,999999999999999900000",
    "444b1ae4d6e2ef50,1e+21",
    "3eb0c6f7a0b5ed8c,9.999999999999997e-7",
    "3eb0c6f7a0b5ed8d,0.000001",
    "41b3de4355555553,333333333.3333332",
    "41b3de4355555554,333333333.33333325",
    "41b3de4355555555,333333333.3333333",
    "41b3de4355555556,333333333.3333334",
    "41b3de4355555557,333333333.33333343",
    "becbf647612f3696,-0.0000033333333333333333",
    "43143ff3c1cb0959,1424953923781206.2"
  })
  void numbersAreWrittenAsEcmaScriptDoes(String bits, String text) {
    assertThat(JsonText.number(Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16))))
        .isEqualTo(text);
  }

  @Test
  void everyNumberReadsBackAsItself() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value)) {
        assertThat(Double.parseDouble(JsonText.number(value))).isEqualTo(value);
      }
    }
  }

  record Value(double value) {}

  @Test
  void numbersThatAreNotFiniteAreTexts() {
    for (double value : new double[] {Double.NaN, Double.NEGATIVE_INFINITY, 1, 0.5}) {
      assertThat(Json.read(Json.canonical(new Value(value)), Value.class))
          .isEqualTo(new Value(value));
    }
    assertThat(Json.canonical(new Value(Double.NaN))).isEqualTo("{\"value\":\"NaN\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"value\": \"x\"}|The value of 'value' is not a number but \"x\".",
        "{}|The key 'value' is missing.",
        "[1]|The value of the whole is not an object but [1].",
        "{\"value\": 1} 2|After the end of the JSON value more text follows."
      })
  void otherShapesAreRefused(String json, String message) {
    assertThatThrownBy(() -> Json.read(json, Value.class))
        .isInstanceOf(JsonException.class)
        .hasMessage(message);
  }

  @Test
  void brokenTextAndRepeatedKeysAreRefused() {
    for (String text : List.of("", "{", "[1,", "{\"a\":1,\"a\":2}", "nul", "\"\n\"")) {
      assertThatThrownBy(() -> Json.parse(text)).isInstanceOf(JsonException.class);
    }
  }

  @Test
  void otherValuesAreRefused() {
    assertThatThrownBy(() -> Json.canonical(new Object()))
        .hasMessage(
            "A value of class java.lang.Object has no JSON form; use a record, map, list, text, number or truth value.");
  }
}
