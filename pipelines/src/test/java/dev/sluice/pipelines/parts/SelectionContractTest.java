package dev.sluice.pipelines.parts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.methods.selection.Candidate;
import dev.sluice.methods.selection.PairRule;
import dev.sluice.methods.selection.SelectionRule;
import dev.sluice.parts.Registry;
import dev.sluice.records.RandomStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every rule of selection and every rule of pairs promises. */
class SelectionContractTest {
  private static final int DRAWN = 200;

  static Stream<String> selections() {
    return Registry.get().parts(SelectionRule.class).keySet().stream();
  }

  static Stream<String> pairRules() {
    return Registry.get().parts(PairRule.class).keySet().stream();
  }

  private static List<Candidate> candidates(JsonNode golden) {
    List<Double> rewards = Golden.numbers(golden.path("rewards"));
    double success = golden.path("success").asDouble();
    List<Candidate> all = new ArrayList<>();
    for (int i = 0; i < rewards.size(); i++) {
      String text = golden.path("texts").path(i).asText();
      all.add(new Candidate("s" + i, i, text, rewards.get(i), rewards.get(i) > success));
    }
    return all;
  }

  /** Groups of 0 to 8 with few texts and few rewards, so that both tie. */
  private static List<Candidate> drawn(int number) {
    RandomStream random = new RandomStream(number);
    List<Candidate> all = new ArrayList<>();
    int size = random.nextInt(9);
    for (int i = 0; i < size; i++) {
      double reward = random.nextInt(5) / 4.0;
      String text = "text " + random.nextInt(6);
      all.add(new Candidate("s" + (size - i), i, text, reward, reward > 0.5));
    }
    return all;
  }

  private static List<Candidate> reversed(List<Candidate> candidates) {
    List<Candidate> turned = new ArrayList<>(candidates);
    Collections.reverse(turned);
    return turned;
  }

  private static List<Integer> indices(List<Candidate> selected) {
    return selected.stream().map(Candidate::index).toList();
  }

  private static List<List<Integer>> indexPairs(List<PairRule.Pair> pairs) {
    return pairs.stream()
        .map(pair -> List.of(pair.chosen().index(), pair.rejected().index()))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("selections")
  void selection_meetsItsGoldenFile(String kind) {
    Golden golden = Golden.of(SelectionRule.class, kind);
    assertThat(golden.source()).isNotBlank();
    List<Integer> expected = new ArrayList<>();
    golden.json().path("expected").forEach(each -> expected.add(each.asInt()));
    List<Candidate> selected = golden.part(SelectionRule.class).select(candidates(golden.json()));
    assertThat(indices(selected)).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("selections")
  void selectionOfDrawnGroups_isOfTheGroupAndByItsIndicesAlone(String kind) {
    SelectionRule rule = Golden.of(SelectionRule.class, kind).part(SelectionRule.class);
    for (int i = 0; i < DRAWN; i++) {
      List<Candidate> group = drawn(i);
      List<Candidate> selected = rule.select(group);
      assertThat(group).containsAll(selected);
      assertThat(indices(selected)).isSorted().doesNotHaveDuplicates();
      assertThat(rule.select(reversed(group))).isEqualTo(selected);
    }
  }

  @ParameterizedTest
  @MethodSource("pairRules")
  void pairs_meetTheirGoldenFile(String kind) {
    Golden golden = Golden.of(PairRule.class, kind);
    assertThat(golden.source()).isNotBlank();
    List<List<Integer>> expected = new ArrayList<>();
    golden
        .json()
        .path("expected")
        .forEach(each -> expected.add(List.of(each.path(0).asInt(), each.path(1).asInt())));
    assertThat(indexPairs(golden.part(PairRule.class).pairs(candidates(golden.json()))))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("pairRules")
  void pairsOfDrawnGroups_preferTheHigherRewardAndContradictNothing(String kind) {
    PairRule rule = Golden.of(PairRule.class, kind).part(PairRule.class);
    for (int i = 0; i < DRAWN; i++) {
      List<Candidate> group = drawn(i);
      List<PairRule.Pair> pairs = rule.pairs(group);
      List<String> chosen = pairs.stream().map(pair -> pair.chosen().text()).toList();
      for (PairRule.Pair pair : pairs) {
        assertThat(group).contains(pair.chosen(), pair.rejected());
        assertThat(pair.chosen().reward()).isGreaterThan(pair.rejected().reward());
        assertThat(chosen).doesNotContain(pair.rejected().text());
      }
      assertThat(pairs).doesNotHaveDuplicates();
      assertThat(rule.pairs(reversed(group))).isEqualTo(pairs);
    }
    Candidate one = new Candidate("a", 0, "a", 0.7, true);
    Candidate tied = new Candidate("b", 1, "b", 0.7, true);
    assertThat(rule.pairs(List.of(one, tied))).isEmpty();
    assertThat(rule.pairs(List.of(one))).isEmpty();
    assertThat(rule.pairs(List.of())).isEmpty();
  }
}
