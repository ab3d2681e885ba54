package dev.sluice.pipelines.schedule.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class BackoffTest {
  @Test
  void doublesWithinItsBounds() {
    long[] most = {2, 4, 8, 16, 32, 64, 120};
    for (String id : List.of("a", "b", "c")) {
      for (int tries = 1; tries <= most.length; tries++) {
        long millis = Backoff.after(tries, id).orElseThrow().toMillis();
        assertThat(millis).isBetween(most[tries - 1] * 500, most[tries - 1] * 1000);
      }
      assertThat(Backoff.after(8, id)).isEmpty();
      assertThat(Backoff.after(9, id)).isEmpty();
    }
    assertThat(Backoff.after(1, "a")).isEqualTo(Backoff.after(1, "a"));
    List<Duration> drawn =
        IntStream.range(0, 50).mapToObj(i -> Backoff.after(7, "m" + i).orElseThrow()).toList();
    assertThat(drawn).doesNotHaveDuplicates();
  }
}
