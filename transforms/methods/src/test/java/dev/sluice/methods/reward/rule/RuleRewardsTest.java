package dev.sluice.methods.reward.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.methods.sandbox.SandboxLimits;
import dev.sluice.methods.verification.RewardCheck;
import dev.sluice.records.Message;
import dev.sluice.records.Problem;
import dev.sluice.records.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleRewardsTest {

  private static Problem problem(@Nullable String reference, Map<String, String> attributes) {
    return new Problem("p1", List.of(Message.user("Do it.")), reference, "test", null, attributes);
  }

  @ParameterizedTest
  @CsvSource({
    "'<think>a</think><answer>b</answer>', true, 1",
    "'  <think>\na</think>\n\n<answer>b</answer>\n', true, 1",
    "'<think>a</think> so <answer>b</answer>', false, 1",
    "'<answer>b</answer><think>a</think>', false, 1",
    "'<think>a</think><answer>b', false, 0.75",
    "'<think>a</think><think>c</think><answer>b</answer>', false, 0.5",
    "'<think><answer></think></answer>', false, 1",
    "'', false, 0"
  })
  void tags_asAWholeAndInParts(String text, boolean form, double share) {
    List<String> tags = List.of("think", "answer");
    assertThat(FormatReward.form(text, tags)).isEqualTo(form);
    assertThat(FormatReward.share(text, tags)).isEqualTo(share);
  }

  @ParameterizedTest
  @CsvSource({"'[\"a b\"]', false, 1", "'[a, a]', false, 1", "[], true, 1", "'[a]', true, 0"})
  void tagsOutsideTheRule_areMistakes(String tags, boolean partial, int mistakes) {
    String inner = tags.replaceAll("[\\[\\]\"]", "");
    List<String> names = inner.isEmpty() ? List.of() : List.of(inner.split(", "));
    assertThat(new FormatReward(names, partial).check("reward[0]")).hasSize(mistakes);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 10, 20, 5, 0",
    "5, 10, 20, 5, 0",
    "8, 10, 20, 5, 0.6",
    "10, 10, 20, 5, 1",
    "20, 10, 20, 5, 1",
    "21, 10, 20, 5, 0.8",
    "25, 10, 20, 5, 0",
    "2147483647, 0, 1, 1, 0"
  })
  void lengthBand_fallsOnBothSides(int length, int min, int max, int fall, double value) {
    assertThat(LengthBandReward.value(length, min, max, fall)).isCloseTo(value, within(1e-12));
  }

  @Test
  void nGrams_areCounted() {
    assertThat(NGrams.of(new int[] {5, 5, 5, 5, 5}, 2)).isEqualTo(new NGrams(4, 1, 1));
    assertThat(NGrams.of(new int[] {1, 2, 3, 4}, 2)).isEqualTo(new NGrams(3, 3, 0));
    assertThat(NGrams.of(new int[] {1}, 2)).isEqualTo(new NGrams(0, 0, 0));
    assertThat(NGrams.ofWords("a b  a\nb a b", 2)).isEqualTo(new NGrams(5, 2, 2));
    assertThat(NGrams.ofWords("", 1).repeats()).isZero();
  }

  /** The best assignment is at least what any order of taking the best free one gives. */
  @Test
  void assignment_isTheBestOfAllPermutations() {
    RandomStream random = new RandomStream(3);
    for (int trial = 0; trial < 200; trial++) {
      int rows = random.nextInt(0, 4);
      int columns = random.nextInt(0, 4);
      double[][] values = new double[rows][columns];
      for (double[] row : values) {
        for (int j = 0; j < columns; j++) {
          row[j] = random.nextInt(0, 5);
        }
      }
      assertThat(Assignment.best(values)).isCloseTo(best(values, 0, 0), within(1e-9));
    }
  }

  private static double best(double[][] values, int row, int used) {
    if (row == values.length) {
      return 0;
    }
    double most = best(values, row + 1, used);
    for (int j = 0; j < values[row].length; j++) {
      if ((used & 1 << j) == 0) {
        most = Math.max(most, values[row][j] + best(values, row + 1, used | 1 << j));
      }
    }
    return most;
  }

  /** In turn the first call would take the whole match from the second; 2 of 5 points less. */
  @Test
  void toolCalls_areAssignedTogether() {
    List<ToolCall> gold =
        calls("{'name':'f','parameters':{'a':1}}{'name':'f','parameters':{'a':1,'b':2}}");
    List<ToolCall> made =
        calls("{'name':'f','parameters':{'a':1,'b':2}}{'name':'f','parameters':{'b':3,'c':4}}");
    // Names 1; the first gold call with the first made one (1/2 + 1) leaves 1/3 for the second,
    // while the second gold call with the first made one gives 1 + 2 and leaves 0.
    assertThat(ToolCallsReward.share(gold, made)).isCloseTo((1 + 3) / 6.0, within(1e-12));
  }

  private static List<ToolCall> calls(String text) {
    return ToolCall.read(text.replace('\'', '"')).orElseThrow();
  }

  @Test
  void toolCalls_ofOtherSpellings_areRead() {
    assertThat(
            calls("[{'name':'f','arguments':{'a':1.0}}]")
                .get(0)
                .match(calls("{'name':'f','parameters':{'a':1}}").get(0)))
        .isEqualTo(2);
    assertThat(ToolCall.read("{\"name\": \"f\"}")).isEmpty();
    assertThat(ToolCall.read("{\"name\": 1, \"parameters\": {}}")).isEmpty();
    assertThat(ToolCall.read("nothing")).isEmpty();
    assertThat(ToolCall.read("")).hasValueSatisfying(all -> assertThat(all).isEmpty());
    assertThat(ToolCall.blocks("<tool_call>a</tool_call> b <tool_call>c</tool_call>"))
        .contains("a\nc\n");
    assertThat(ToolCall.blocks("<tool_call>a")).isEmpty();
  }

  @Test
  void numbersBeyondAllMeasure_areNumbers() {
    ToolCall one = calls("{'name':'f','parameters':{'a':1}}").get(0);
    assertThat(one.match(calls("{'name':'f','parameters':{'a':1e999}}").get(0))).isEqualTo(1);
    assertThat(one.match(calls("{'name':'f','parameters':{'a':1.0e0}}").get(0))).isEqualTo(2);
  }

  /** -5 + (-1.7 - -5) is -1.7000000000000002. */
  @Test
  void rightCalls_haveTheHighestCorrectness() {
    String call = "<tool_call>\n{\"name\": \"f\", \"parameters\": {\"a\": 1}}\n</tool_call>";
    TextScore score = new ToolCallsReward(-5, -1.7, 1, false).judge(problem(call, Map.of()), call);
    assertThat(score.score().reward()).isEqualTo(1 - 1.7);
    assertThat(score.score().accepted()).isEqualTo(1);
  }

  @Test
  void rewardAsAVote_isTheRewardsOwnVerdict_orABound() {
    ToolCallsReward reward = new ToolCallsReward(-3, 3, 1, false);
    String call = "<tool_call>\n{\"name\": \"f\", \"parameters\": {\"a\": %s}}\n</tool_call>";
    Problem problem = problem(call.formatted(1), Map.of());
    List<String> steps = List.of("a", "b");
    // Form 1 and correctness -3 + 6 (1 + 1) / 3: above 1, and not right.
    String partly = call.formatted(2);
    assertThat(reward.judge(problem, partly).score().reward()).isEqualTo(2);
    assertThat(new RewardCheck(reward, null).verdicts(problem, partly, steps))
        .containsExactly(false, false);
    assertThat(new RewardCheck(reward, null).verdicts(problem, call.formatted(1), steps))
        .containsExactly(true, true);
    assertThat(new RewardCheck(reward, 1.0).verdicts(problem, partly, steps))
        .containsExactly(true, true);
  }

  @Test
  void toolCalls_withoutACallInTheReference_nameTheProblem() {
    ToolCallsReward reward = new ToolCallsReward(-3, 3, 1, true);
    assertThatThrownBy(() -> reward.judge(problem("forty-two", Map.of()), "x"))
        .hasMessageContaining("problem p1")
        .hasMessageContaining("JSON objects");
    assertThatThrownBy(() -> reward.judge(problem(null, Map.of()), "x"))
        .hasMessageContaining("needs a reference answer");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "```\na\n```",
        "x\n```py\na\n```\ny",
        "```\nb\n```\n```\na\n```",
        "<answer>a</answer>",
        "<think>```\nb\n```</think>a",
        "  a ",
        "```\na\n```\n```\nopen"
      })
  void content_isTheLastBlockOrAnswerOrAll(String response) {
    assertThat(Answers.content(response)).isEqualTo("a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\": 1, \"a\": 2}",
        "{\"a\": 1} x",
        "",
        "```json\n```",
        "{\"a\": NaN}",
        "{'a': 1}"
      })
  void json_thatIsNotOneValue_isWorthNothing(String text) {
    JsonReward reward = new JsonReward(Map.of("type", "object"), false);
    assertThat(reward.judge(problem(null, Map.of()), text).score().reward()).isZero();
  }

  @Test
  void json_nestedDeep_isWorthNothing() {
    JsonReward reward = new JsonReward(Map.of(), false);
    String deep = "[".repeat(100_000) + "]".repeat(100_000);
    assertThat(reward.judge(problem(null, Map.of()), deep).score().reward()).isZero();
  }

  @Test
  void tests_areReadInFourForms() {
    assertThat(CodeTest.read("[\"assert f(1)\"]"))
        .contains(List.of(new CodeTest("assert f(1)", "", "")));
    assertThat(CodeTest.read("[{\"input\": \"1\", \"output\": \"2\"}]"))
        .contains(List.of(new CodeTest(null, "1", "2")));
    assertThat(CodeTest.read("{\"inputs\": [\"1\"], \"outputs\": [\"2\"]}"))
        .contains(List.of(new CodeTest(null, "1", "2")));
    assertThat(CodeTest.read("assert f(1)")).contains(List.of(new CodeTest("assert f(1)", "", "")));
    for (String bad :
        new String[] {
          "",
          "[]",
          "{}",
          "[1]",
          "[\"a\"",
          "{\"inputs\": [\"1\"], \"outputs\": []}",
          "{\"inputs\": [[1]], \"outputs\": [[2]], \"fn_name\": \"f\"}",
          "[{\"output\": \"1\"}]"
        }) {
      assertThat(CodeTest.read(bad)).as(bad).isEmpty();
    }
    assertThat(CodeTest.sameOutput("1 \n2\n\n", "1\n2")).isTrue();
    assertThat(CodeTest.sameOutput("1\n\n2", "1\n2")).isFalse();
  }

  @Test
  void code_withTestsThatCannotBeRead_namesTheProblem() {
    CodeTestsReward reward =
        new CodeTestsReward("python3", "tests", CodeTestsReward.Passing.ALL, SandboxLimits.USUAL);
    assertThatThrownBy(() -> reward.judge(problem(null, Map.of()), "x"))
        .hasMessageContaining("problem p1")
        .hasMessageContaining("attribute 'tests'");
    CodeTestsReward perl =
        new CodeTestsReward("perl", "tests", CodeTestsReward.Passing.ALL, SandboxLimits.USUAL);
    assertThatThrownBy(() -> perl.judge(problem(null, Map.of("tests", "assert 1")), "x"))
        .hasMessageContaining("'perl'");
  }

  @Test
  void sql_ofAnUnknownDatabase_namesTheOnesThatThereAre() {
    SqlReward reward =
        new SqlReward(
            List.of("a/shop.sqlite", "b/cars.db"),
            "database",
            3,
            1,
            1,
            1,
            2,
            SqlReward.Rows.SET,
            1000,
            1,
            1);
    assertThat(reward.check("reward[0]")).isEmpty();
    assertThatThrownBy(
            () -> reward.judge(problem("SELECT 1", Map.of("database", "bikes")), "SELECT 1"))
        .hasMessageContaining("'bikes'")
        .hasMessageContaining("[cars, shop]");
  }

  @Test
  void optionsOutsideTheFormula_areMistakes() {
    List<Integer> counts = new ArrayList<>();
    counts.add(new LengthBandReward(5, 4, 1, LengthBandReward.Unit.STEPS).check("r").size());
    counts.add(new ToolCallsReward(3, 3, 1, true).check("r").size());
    counts.add(new PhraseReward(List.of("a", "A"), 1, 1, "").check("r").size());
    counts.add(new PhraseReward(List.of("a"), 2, 1, "").check("r").size());
    counts.add(new JsonReward(Map.of("type", "thing"), false).check("r").size());
    counts.add(new JsonReward(Map.of("type", "object"), true).check("r").size());
    counts.add(
        new SqlReward(
                List.of("a/x.db", "b/x.sqlite"), "d", 1, 1, 1, 1, 2, SqlReward.Rows.BAG, 1000, 1, 1)
            .check("r")
            .size());
    counts.add(
        new SqlReward(List.of("x.db"), "d", 0, 0, 0, 0, 2, SqlReward.Rows.BAG, 1000, 1, 1)
            .check("r")
            .size());
    counts.add(
        new CodeTestsReward(" ", null, CodeTestsReward.Passing.ALL, SandboxLimits.USUAL)
            .check("r")
            .size());
    counts.add(
        new CodeTestsReward(
                "python3", null, CodeTestsReward.Passing.ALL, new SandboxLimits(9, 3, 64, 1, 8, 1))
            .check("r")
            .size());
    counts.add(
        new CodeTestsReward(
                "python3", null, CodeTestsReward.Passing.ALL, new SandboxLimits(1, 3, 64, 9, 8, 1))
            .check("r")
            .size());
    assertThat(counts).containsOnly(1);
  }
}
