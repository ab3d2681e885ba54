package dev.sluice.pipelines.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.pipelines.file.yaml.Mistake;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever stands in a file, checking it ends with a spec or with mistakes inside the file. */
class MutatedFilesTest {
  private static final String[] PIECES = {
    "\"",
    "'",
    "{",
    "}",
    "[",
    "]",
    ":",
    ": ",
    ",",
    "\t",
    "\n",
    "  ",
    "-",
    "- ",
    "#",
    " #",
    "&a ",
    "*a",
    "!x ",
    "|",
    ">",
    "${",
    "}",
    "~",
    "0",
    "-1",
    "1e9",
    "null",
    "\\",
    "%",
    "@",
    "\u0001",
    "é",
    "\uD83D\uDE00",
    "---\n",
    "? ",
    "<<: ",
    "name: x\n"
  };

  @Test
  void everyMutationIsAnswered() throws IOException {
    String text = Files.readString(PipelineFileTest.QUICKSTART);
    Random random = new Random(7);
    for (int i = 0; i < 1000; i++) {
      StringBuilder mutated = new StringBuilder(text);
      for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
        int at = random.nextInt(mutated.length());
        int end = Math.min(mutated.length(), at + random.nextInt(4));
        mutated.replace(at, end, PIECES[random.nextInt(PIECES.length)]);
      }
      String file = mutated.toString();
      LoadResult loaded =
          PipelineFile.load("x", file, Map.of(), List.of(), Map.of(), ToyStages.REGISTRY);
      assertThat(loaded.spec().isPresent()).isEqualTo(loaded.mistakes().isEmpty());
      long lines = file.chars().filter(c -> c == '\n').count() + 1;
      assertThat(loaded.mistakes())
          .allSatisfy(
              mistake -> {
                assertThat(mistake.line()).isBetween(1, (int) lines);
                assertThat(mistake.column()).isPositive();
                assertThat(mistake.message()).doesNotContain("not YAML: ");
              });
    }
  }

  @Test
  void deepNestingIsRefused() {
    String text = "a: " + "[".repeat(20_000) + "]".repeat(20_000);
    LoadResult loaded =
        PipelineFile.load("x", text, Map.of(), List.of(), Map.of(), ToyStages.REGISTRY);
    assertThat(loaded.mistakes())
        .extracting(Mistake::toString)
        .containsExactly("x:1:53: blocks are nested deeper than 50 levels");
  }
}
