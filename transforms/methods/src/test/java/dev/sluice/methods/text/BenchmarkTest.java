package dev.sluice.methods.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BenchmarkTest {
  private static final String TEXT = "a b c d e f g h i j";

  private static Benchmark benchmark(int run, double share) {
    Benchmark benchmark = new Benchmark(run, share);
    benchmark.add("x y z");
    benchmark.add(TEXT);
    return benchmark;
  }

  @Test
  void aRunAloneIsNotEnough() {
    // Five words in a row of ten, and no other.
    assertThat(benchmark(5, .6).find("a b c d e 1 2 3 4 5")).isEmpty();
    assertThat(benchmark(5, .4).find("a b c d e 1 2 3 4 5")).contains(new Benchmark.Match(1, .5));
  }

  @Test
  void aSubsequenceAloneIsNotEnough() {
    String spread = "a b c d - 1 - e f g h - 2 - i j";
    assertThat(benchmark(5, .6).find(spread)).isEmpty();
    assertThat(benchmark(4, .6).find(spread)).contains(new Benchmark.Match(1, 1));
  }

  @Test
  void theShareIsMoreThanTheBound() {
    String seven = "a b c d e f g 1 2 3";
    assertThat(benchmark(5, .7).find(seven)).isEmpty();
    assertThat(benchmark(5, .69).find(seven)).contains(new Benchmark.Match(1, .7));
  }

  @Test
  void aTextWithinALongerOneIsFound() {
    assertThat(benchmark(13, .6).find("X, y; z!")).contains(new Benchmark.Match(0, 1));
    assertThat(benchmark(3, .6).find("say x y z once more please"))
        .contains(new Benchmark.Match(0, 1));
    assertThat(benchmark(3, .6).find("")).isEmpty();
  }

  @Test
  void theMostAlikeIsNamed() {
    Benchmark benchmark = benchmark(3, .5);
    benchmark.add("a b c d e f 1 2 3 4");
    assertThat(benchmark.find("a b c d e f 1 2 3 9")).contains(new Benchmark.Match(2, .9));
    benchmark.add("a b c d e f 1 2 3 5");
    assertThat(benchmark.find("a b c d e f 1 2 3 9")).contains(new Benchmark.Match(2, .9));
  }
}
