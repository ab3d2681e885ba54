package dev.sluice.runners.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Files and packages stay small, and every package says what it is for. */
class SourceTreeTest {
  private static final int MAX_LINES = 500;
  private static final int MAX_FILES = 30;

  /** Files over the limit; this list only shrinks. */
  private static final Set<String> LONG_FILES =
      Set.of(
          "transforms/stages/src/test/java/dev/sluice/stages/evaluation/EvaluateTest.java",
          "pipelines/src/test/java/dev/sluice/pipelines/ledger/LedgerContract.java",
          "runners/src/harness/java/dev/sluice/runners/fuzz/targets/DirectoryTargets.java");

  /** A sentence before the annotations and the name of the package. */
  private static final Pattern SENTENCE =
      Pattern.compile("/\\*\\*[^/]*?\\w[^/]*?[.:;)}][\\s\\S]*\\*/\\s*(@[\\w.]+\\s+)*package ");

  private final List<SourceFile> files;

  SourceTreeTest() throws IOException {
    files = SourceFile.all();
  }

  @Test
  void file_hasAtMost500Lines() {
    Set<String> tooLong =
        files.stream()
            .filter(file -> file.lines() > MAX_LINES)
            .map(SourceFile::path)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(tooLong)
        .as(
            "A file has more than %d lines: split it by what its parts do. If a file of LONG_FILES"
                + " is short now, take it off that list.",
            MAX_LINES)
        .containsExactlyInAnyOrderElementsOf(LONG_FILES);
  }

  @Test
  void package_hasAtMost30Files() {
    Map<String, Long> counts =
        files.stream()
            .collect(
                Collectors.groupingBy(SourceFile::folder, TreeMap::new, Collectors.counting()));
    counts.values().removeIf(count -> count <= MAX_FILES);
    assertThat(counts)
        .as("A package has more than %d files: split it by what they are.", MAX_FILES)
        .isEmpty();
  }

  @Test
  void package_saysWhatItIsFor() {
    Set<String> silent =
        files.stream().map(SourceFile::packageName).collect(Collectors.toCollection(TreeSet::new));
    files.stream()
        .filter(file -> file.simpleName().equals("package-info"))
        .filter(file -> SENTENCE.matcher(file.text()).find())
        .map(SourceFile::packageName)
        .forEach(silent::remove);
    assertThat(silent)
        .as("A package has no package-info.java with a sentence: write what its classes do.")
        .isEmpty();
  }
}
