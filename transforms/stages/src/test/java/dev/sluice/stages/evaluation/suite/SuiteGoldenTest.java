package dev.sluice.stages.evaluation.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.parts.Method;
import dev.sluice.parts.Registry;
import dev.sluice.stages.evaluation.FirstErrorF1;
import dev.sluice.stages.evaluation.SampledAccuracy;
import dev.sluice.stages.evaluation.Suite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.ToDoubleFunction;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each suite's formula against numbers that it did not work out itself. */
class SuiteGoldenTest {
  private static final Path FOLDER = Path.of("src/test/resources/golden/suite");
  private static final Offset<Double> EXACT = within(1e-9);

  private static final Map<String, BiConsumer<JsonNode, JsonNode>> FORMULAS =
      Map.of(
          "processbench", SuiteGoldenTest::processBench,
          "rewardbench", SuiteGoldenTest::rewardBench,
          "rewardbench2", SuiteGoldenTest::rewardBench2,
          "best_of_n", SuiteGoldenTest::bestOfN,
          "pass_at_k", SuiteGoldenTest::passAtK,
          "calibration", SuiteGoldenTest::calibration,
          "generation_verification_gap", SuiteGoldenTest::gap,
          "noise_robustness", SuiteGoldenTest::noise,
          "compute_equivalent_gain", SuiteGoldenTest::equivalentGain,
          "reward_gaming", SuiteGoldenTest::gaming);

  @Test
  void suiteOfThisPackage_hasAGoldenFileAndNamesItsPaper() {
    List<String> missing = new ArrayList<>();
    Registry.get()
        .parts(Suite.class)
        .forEach(
            (word, type) -> {
              if (type.getPackage().equals(SuiteGoldenTest.class.getPackage())) {
                Method method = type.getAnnotation(Method.class);
                assertThat(method).as(word).isNotNull();
                assertThat(method.papers()).as(word).isNotEmpty();
                assertThat(method.departs()).as(word).isNotNull();
                if (!Files.exists(FOLDER.resolve(word + ".json")) || !FORMULAS.containsKey(word)) {
                  missing.add(word);
                }
              }
            });
    assertThat(missing).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "processbench",
        "rewardbench",
        "rewardbench2",
        "best_of_n",
        "pass_at_k",
        "calibration",
        "generation_verification_gap",
        "noise_robustness",
        "compute_equivalent_gain",
        "reward_gaming"
      })
  void formula_givesTheGoldenNumbers(String kind) throws IOException {
    JsonNode golden = new ObjectMapper().readTree(FOLDER.resolve(kind + ".json").toFile());
    assertThat(golden.get("source").asText()).isNotBlank();
    assertThat(golden.get("cases").size()).isPositive();
    BiConsumer<JsonNode, JsonNode> formula = FORMULAS.get(kind);
    assertThat(formula).isNotNull();
    golden.get("cases").forEach(one -> formula.accept(one.get("input"), one.get("expected")));
  }

  private static void processBench(JsonNode input, JsonNode expected) {
    List<ProcessBenchScore.Case> cases = new ArrayList<>();
    for (int i = 0; i < input.get("rows").size(); i++) {
      JsonNode row = input.get("rows").get(i);
      List<@Nullable Integer> votes = new ArrayList<>();
      row.get("votes").forEach(vote -> votes.add(vote.isNull() ? null : vote.asInt()));
      Integer prediction = ProcessBenchScore.majority(votes);
      JsonNode stated = expected.get("predictions").get(i);
      assertThat(prediction).isEqualTo(stated.isNull() ? null : Integer.valueOf(stated.asInt()));
      cases.add(
          new ProcessBenchScore.Case(
              i, row.get("split").asText(), row.get("label").asInt(), prediction));
    }
    int[] once = BestOfFour.once(cases.size());
    Map<String, FirstErrorF1> splits = ProcessBenchScore.bySplit(cases, once);
    same(splits, FirstErrorF1::f1, numbers(expected.get("splits"), "f1"));
    same(splits, FirstErrorF1::errorAccuracy, numbers(expected.get("splits"), "error_accuracy"));
    same(
        splits, FirstErrorF1::correctAccuracy, numbers(expected.get("splits"), "correct_accuracy"));
    assertThat(ProcessBenchScore.f1(cases, once)).isEqualTo(expected.get("f1").asDouble(), EXACT);
  }

  private static void same(
      Map<String, FirstErrorF1> splits,
      ToDoubleFunction<FirstErrorF1> value,
      Map<String, Double> stated) {
    assertThat(splits.keySet()).isEqualTo(stated.keySet());
    splits.forEach(
        (split, score) ->
            assertThat(stated.get(split)).isEqualTo(value.applyAsDouble(score), EXACT));
  }

  private static void rewardBench(JsonNode input, JsonNode expected) {
    Map<String, Double> subsets = numbers(input.get("subsets"), "");
    Map<String, Double> sections = RewardSections.of(subsets);
    Map<String, Double> stated = numbers(expected.get("sections"), "");
    assertThat(sections.keySet()).isEqualTo(stated.keySet());
    stated.forEach((section, value) -> assertThat(sections.get(section)).isEqualTo(value, EXACT));
    assertThat(RewardSections.score(subsets)).isEqualTo(expected.get("score").asDouble(), EXACT);
  }

  private static void rewardBench2(JsonNode input, JsonNode expected) {
    if (input.has("prompts")) {
      List<BenchRows.Scored> rows = new ArrayList<>();
      input
          .get("prompts")
          .forEach(
              prompt ->
                  rows.add(
                      new BenchRows.Scored(
                          "Ties",
                          prompt.get("id").asText(),
                          doubles(prompt.get("right")),
                          doubles(prompt.get("wrong")))));
      assertThat(BestOfFour.ties(BestOfFour.prompts(rows), Map.of()))
          .isEqualTo(expected.get("score").asDouble(), EXACT);
    } else {
      assertThat(BestOfFour.worth(input.get("right").asDouble(), doubles(input.get("wrong"))))
          .isEqualTo(expected.get("worth").asDouble(), EXACT);
    }
  }

  private static void bestOfN(JsonNode input, JsonNode expected) {
    double[] scores = array(input.get("scores"));
    double[] worth = array(input.get("right"));
    boolean[] right = new boolean[worth.length];
    List<String> answers = new ArrayList<>();
    for (int i = 0; i < right.length; i++) {
      right[i] = worth[i] == 1;
      answers.add(input.get("answers").get(i).asText());
    }
    double[] equal = new double[scores.length];
    Arrays.fill(equal, 1);
    int n = input.get("n").asInt();
    assertThat(Subsets.best(scores, worth, n)).isEqualTo(expected.get("best").asDouble(), EXACT);
    assertThat(Subsets.majority(answers, equal, right, n, 1))
        .isEqualTo(expected.get("majority").asDouble(), EXACT);
    assertThat(Subsets.majority(answers, scores, right, n, 1))
        .isEqualTo(expected.get("weighted").asDouble(), EXACT);
  }

  private static void passAtK(JsonNode input, JsonNode expected) {
    assertThat(
            SampledAccuracy.passAtK(
                input.get("n").asInt(), input.get("c").asInt(), input.get("k").asInt()))
        .isEqualTo(expected.get("pass").asDouble(), EXACT);
  }

  private static void calibration(JsonNode input, JsonNode expected) {
    List<Calibration.Case> cases = new ArrayList<>();
    for (int i = 0; i < input.get("p").size(); i++) {
      cases.add(
          new Calibration.Case(
              i, input.get("p").get(i).asDouble(), input.get("y").get(i).asInt() == 1, "s" + i));
    }
    int bins = input.get("bins").asInt();
    int[] once = BestOfFour.once(cases.size());
    Calibration width = Calibration.ofWidth(cases, bins);
    assertThat(width.error(once)).isEqualTo(expected.get("ece").asDouble(), EXACT);
    assertThat(width.brier(once)).isEqualTo(expected.get("brier").asDouble(), EXACT);
    assertThat(Calibration.ofMass(cases, bins).error(once))
        .isEqualTo(expected.get("ece_equal_mass").asDouble(), EXACT);
  }

  private static void gap(JsonNode input, JsonNode expected) {
    assertThat(VerificationGapSuite.weighted(array(input.get("scores")), array(input.get("right"))))
        .isEqualTo(expected.get("weighted").asDouble(), EXACT);
  }

  private static void noise(JsonNode input, JsonNode expected) {
    double[] scores = array(input.get("scores"));
    double[] worth = array(input.get("right"));
    double chance = input.get("chance").asDouble();
    assertThat(NoiseRobustnessSuite.together(scores, worth, chance))
        .isEqualTo(expected.get("together").asDouble(), EXACT);
    // Drawn 200 times: four standard errors of a share.
    assertThat(NoiseRobustnessSuite.flipped(scores, worth, chance, 7))
        .isEqualTo(expected.get("single").asDouble(), within(0.142));
  }

  private static void equivalentGain(JsonNode input, JsonNode expected) {
    int[] sizes = Arrays.stream(array(input.get("sizes"))).mapToInt(size -> (int) size).toArray();
    EquivalentGain.Gain gain =
        EquivalentGain.of(
            sizes,
            array(input.get("accuracies")),
            input.get("accuracy").asDouble(),
            input.get("samples").asInt());
    assertThat(gain.factor()).isEqualTo(expected.get("factor").asDouble(), EXACT);
    assertThat(gain.bounded()).isEqualTo(expected.get("bounded").asBoolean());
  }

  private static void gaming(JsonNode input, JsonNode expected) {
    for (GamingEdit edit : GamingEdit.values()) {
      assertThat(edit.of(texts(input.get("steps")), texts(input.get("other"))))
          .isEqualTo(texts(expected.get(edit.word())));
    }
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(each -> texts.add(each.asText()));
    return texts;
  }

  private static List<Double> doubles(JsonNode list) {
    return Arrays.stream(array(list)).boxed().toList();
  }

  private static double[] array(JsonNode list) {
    double[] values = new double[list.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = list.get(i).asDouble();
    }
    return values;
  }

  /** The numbers of an object, or those at a key of its objects. */
  private static Map<String, Double> numbers(JsonNode object, String key) {
    Map<String, Double> numbers = new TreeMap<>();
    for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      JsonNode value = object.get(name);
      numbers.put(name, key.isEmpty() ? value.asDouble() : value.get(key).asDouble());
    }
    return numbers;
  }
}
