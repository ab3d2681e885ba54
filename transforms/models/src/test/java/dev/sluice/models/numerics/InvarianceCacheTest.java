package dev.sluice.models.numerics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InvarianceCacheTest {
  private static final Map<String, String> KEY = Map.of("processor", "p", "shape", "s");

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  private final AtomicInteger checks = new AtomicInteger();

  private Supplier<Invariance> check(Invariance found) {
    return () -> {
      checks.incrementAndGet();
      return found;
    };
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  @Test
  void finding_isCheckedOnce_alsoForTheNextProcess() throws IOException {
    Invariance found = new Invariance(16, true);
    InvarianceCache cache = new InvarianceCache(folder);
    assertThat(cache.get(KEY, check(found))).isEqualTo(found);
    assertThat(cache.get(KEY, check(found))).isEqualTo(found);
    assertThat(new InvarianceCache(folder).get(KEY, check(new Invariance(4, false))))
        .isEqualTo(found);
    assertThat(checks).hasValue(1);
    assertThat(Files.readString(files().get(0)))
        .contains("\"processor\": \"p\"", "\"row_group\": 16");
  }

  @Test
  void finding_underAnotherKey_isCheckedAnew() {
    InvarianceCache cache = new InvarianceCache(folder);
    assertThat(cache.get(KEY, check(new Invariance(4, true))).rowGroup()).isEqualTo(4);
    assertThat(cache.batchInvariant()).isTrue();
    assertThat(cache.get(Map.of("processor", "q"), check(new Invariance(4, false))))
        .isEqualTo(new Invariance(4, false));
    assertThat(cache.batchInvariant()).isFalse();
  }

  @Test
  void unreadableFile_isMadeAgain() throws IOException {
    Invariance found = new Invariance(8, true);
    assertThat(new InvarianceCache(folder).get(KEY, check(found))).isEqualTo(found);
    Files.writeString(files().get(0), "{");
    assertThat(new InvarianceCache(folder).get(KEY, check(found))).isEqualTo(found);
    assertThat(checks).hasValue(2);
  }

  @Test
  void folder_thatCannotBeMade_costsACheckInEachProcess() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    Invariance found = new Invariance(8, true);
    assertThat(new InvarianceCache(file.resolve("x")).get(KEY, check(found))).isEqualTo(found);
  }
}
