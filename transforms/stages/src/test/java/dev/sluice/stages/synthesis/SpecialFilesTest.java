package dev.sluice.stages.synthesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A source that never ends, or never begins, is refused by name. */
@Timeout(60)
class SpecialFilesTest {
  private static final String MESSAGE =
      "Reading rows of '%s': it is a pipe, a socket or a device, and only regular files are read; copy its content into a file.";

  @ParameterizedTest
  @ValueSource(strings = {"a.jsonl", "a.csv", "a.parquet", "a.ndjson", "a.txt"})
  void pipe_isRefused(String name, @TempDir Path folder) throws Exception {
    Path pipe = folder.resolve(name);
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertThatThrownBy(() -> FileRows.open(pipe, 5)).hasMessage(MESSAGE.formatted(pipe));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/dev/zero", "/dev/null", "/dev/random"})
  void linkToADevice_isRefused(String device, @TempDir Path folder) throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("a.jsonl"), Path.of(device));
    assertThatThrownBy(() -> FileRows.open(link, 5)).hasMessage(MESSAGE.formatted(link));
  }

  @Test
  void linkToAFile_isRead(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("b.jsonl"), "{\"a\": 1}\n");
    Path link = Files.createSymbolicLink(folder.resolve("a.jsonl"), file);
    try (FileRows rows = FileRows.open(link, 5)) {
      int[] count = {0};
      rows.forEach(
          0,
          0,
          (row, index, begin) -> {
            count[0]++;
            return true;
          });
      assertThat(count[0]).isEqualTo(1);
    }
  }
}
