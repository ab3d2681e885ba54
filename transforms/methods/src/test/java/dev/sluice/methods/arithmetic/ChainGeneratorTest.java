package dev.sluice.methods.arithmetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.records.RandomStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ChainGeneratorTest {

  @Test
  void drawsInAFixedOrder() {
    List<ChainProblem> problems = ChainGenerator.draw(7, 5, Slice.DEV, 2, 6);

    assertThat(problems)
        .extracting(problem -> problem.chain() + "=" + problem.result())
        .containsExactly(
            "21+5-5-2=19", "49+5+2+4=60", "52-8-5+7*2-5=87", "50+2-9-5+5-7+6=42", "40+8+3-3=48");
  }

  @Test
  void aLargerCountBeginsWithTheSameProblems() {
    assertThat(ChainGenerator.draw(7, 100, Slice.TRAIN, 3, 6).subList(0, 40))
        .isEqualTo(ChainGenerator.draw(7, 40, Slice.TRAIN, 3, 6));
  }

  @Test
  void slicesShareNoChainAndEachHoldsItsOwn() {
    Set<Chain> all = new HashSet<>();
    for (Slice slice : Slice.values()) {
      List<ChainProblem> problems = ChainGenerator.draw(7, 400, slice, 2, 6);
      assertThat(problems).allMatch(problem -> Slice.of(problem.chain()) == slice);
      problems.forEach(problem -> all.add(problem.chain()));
    }
    assertThat(all).hasSize(1200);
  }

  @Test
  void slicesHoldATwentiethATwentiethAndTheRest() {
    RandomStream random = new RandomStream(7);
    Map<Slice, Integer> counts = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      counts.merge(Slice.of(ChainGenerator.next(random, 2, 6).chain()), 1, Integer::sum);
    }
    assertThat(counts).isEqualTo(Map.of(Slice.TEST, 959, Slice.DEV, 968, Slice.TRAIN, 18_073));
  }

  @Test
  void aSliceIsTheHashOfTheTextModulo20() {
    // printf %s TEXT | sha256sum, as a number modulo 20
    assertThat(Slice.of(Chain.parse("23+4-8*3"))).isEqualTo(Slice.TRAIN);
    assertThat(Slice.of(Chain.parse("21+5-5-2"))).isEqualTo(Slice.DEV);
    assertThat(Slice.of(Chain.parse("14+2+2"))).isEqualTo(Slice.TEST);
  }

  @Test
  void drawsStartsOperatorsOperandsAndLengthsAsTheWorldSays() {
    List<ChainProblem> problems = ChainGenerator.draw(7, 10_000, Slice.TRAIN, 2, 6);

    assertThat(problems)
        .allMatch(problem -> problem.chain().start() >= 2 && problem.chain().start() <= 60)
        .allMatch(problem -> problem.result() >= 0 && problem.result() <= 99);
    assertThat(problems).extracting(p -> p.chain().start()).contains(2, 60);
    assertThat(count(problems, problem -> problem.chain().difficulty()))
        .isEqualTo(Map.of(2, 1893L, 3, 2058L, 4, 2071L, 5, 1990L, 6, 1988L));
    assertThat(count(problems, problem -> problem.chain().operations().get(0).operator()))
        .isEqualTo(Map.of('*', 874L, '+', 4688L, '-', 4438L));
    assertThat(problems)
        .allMatch(
            problem ->
                problem.chain().operations().stream()
                    .allMatch(o -> o.operand() >= 2 && o.operand() <= 9));
  }

  @Test
  void skipsWhatIsExcluded() {
    List<ChainProblem> first = ChainGenerator.draw(7, 50, Slice.TRAIN, 2, 6);
    Set<Chain> excluded =
        first.stream().limit(10).map(ChainProblem::chain).collect(Collectors.toSet());

    assertThat(ChainGenerator.draw(7, 40, Slice.TRAIN, 2, 6, chain -> !excluded.contains(chain)))
        .isEqualTo(first.subList(10, 50));
  }

  @Test
  void saysWhenASliceIsUsedUp() {
    assertThatThrownBy(() -> ChainGenerator.draw(7, 100_000, Slice.TEST, 2, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Drawing 100000 distinct problems of the slice TEST with 2 to 2 operations: only 1000 were found, and 200000 more draws brought nothing new. Ask for fewer problems or for more operations.");
  }

  @Test
  void refusesARangeOutsideTheWorld() {
    assertThatThrownBy(() -> ChainGenerator.draw(7, 1, Slice.TRAIN, 1, 6))
        .hasMessage("A range of operations lies within 2 to 6, lower end first, not 1 to 6.");
    assertThatThrownBy(() -> ChainGenerator.draw(7, 1, Slice.TRAIN, 5, 4))
        .hasMessage("A range of operations lies within 2 to 6, lower end first, not 5 to 4.");
  }

  private static <K> Map<K, Long> count(
      List<ChainProblem> problems, java.util.function.Function<ChainProblem, K> key) {
    return problems.stream()
        .collect(Collectors.groupingBy(key, TreeMap::new, Collectors.counting()));
  }
}
