package dev.sluice.runners.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of an artifact as a table: which, in which order, how long. */
@Tag("flink")
final class InspectRowsTest {
  private Path workspace;
  private String stage;

  @BeforeEach
  void run(@TempDir Path folder) throws IOException {
    workspace = folder.resolve("workspace");
    Toys.poison = "";
    Path file =
        Files.writeString(
            folder.resolve("toy.yaml"),
            "name: toy\npipeline:\n  type: chain\n  transforms:\n    - {type: Make, name: made}\n");
    JsonNode run = sluice("run", file.toString(), "--runner", "direct", "--json", "--quiet").json();
    stage = run.path("run_id").asText().substring(0, 20) + "/made";
  }

  private Said sluice(String... words) {
    return Said.of(Toys.services(), workspace, words);
  }

  private List<String> ids(String... options) throws IOException {
    String[] words = new String[options.length + 3];
    words[0] = "inspect";
    words[1] = stage;
    words[2] = "--json";
    System.arraycopy(options, 0, words, 3, options.length);
    return sluice(words).json().path("rows").findValuesAsText("problem_id");
  }

  @Test
  void rows_sampleAndSort_chooseWhatTheySay() throws IOException {
    List<String> all = ids("--rows", "100");
    assertThat(all).hasSize(24);
    assertThat(ids()).isEmpty();
    assertThat(ids("--rows", "5")).isEqualTo(all.subList(0, 5));
    assertThat(ids("--where", "source = toy")).isEqualTo(all.subList(0, 20));
    List<String> sorted = all.stream().sorted().toList();
    assertThat(ids("--sort", "problem_id", "--rows", "4")).isEqualTo(sorted.subList(0, 4));
    assertThat(ids("--sort", "problem_id:desc", "--rows", "1")).containsExactly(sorted.get(23));
    List<String> sample = ids("--sample", "6");
    assertThat(sample).hasSize(6).doesNotHaveDuplicates().isSubsetOf(all);
    assertThat(sample).isEqualTo(ids("--sample", "6")).isNotEqualTo(all.subList(0, 6));
    assertThat(ids("--sample", "100")).isEqualTo(all);
    assertThat(ids("--sample", "6", "--sort", "problem_id"))
        .isEqualTo(sample.stream().sorted().toList());
  }

  @Test
  void table_hasOneRowALineAndSaysHowManyThereAre() {
    String out = sluice("inspect", stage, "--rows", "3", "--width", "9").out();
    assertThat(out.lines()).hasSize(6);
    assertThat(out)
        .startsWith("problem_id")
        .contains("3 of 24 rows; --rows N shows more, --full whole rows");
    assertThat(sluice("inspect", stage, "--rows", "1", "--full").out())
        .startsWith("{\n  \"problem_id\": ");
    assertThat(sluice("inspect", stage).out()).startsWith("stage        made (Make)\n");
    assertThat(sluice("inspect", stage, "--where", "source = none").out()).isEqualTo("No rows.\n");
  }

  @Test
  void mistakes_areOneSentenceEach() {
    assertThat(sluice("inspect", stage, "--sort", "sauce").err())
        .startsWith("There is no column 'sauce' to sort by; there are [problem_id, ");
    assertThat(sluice("inspect", stage, "--sort", "messages").err())
        .isEqualTo(
            "--sort takes a column of numbers, texts or truth values; 'messages' holds lists.\n");
    assertThat(sluice("inspect", stage, "--rows", "-1").err())
        .isEqualTo("--rows is 0 or more, not -1.\n");
    assertThat(sluice("inspect", stage, "--sample", "0").err())
        .isEqualTo("--sample is 1 or more, not 0.\n");
    assertThat(sluice("inspect", stage, "--table", "dead_letters").err())
        .isEqualTo("It has no dead letters: no row failed. There are problems.\n");
    assertThat(sluice("inspect", stage, "--table", "problem").err())
        .isEqualTo("There is no table 'problem'; there are problems.\n");
    assertThat(sluice("notebook", stage, "--out", "report.html").err())
        .isEqualTo(
            "--out names a notebook, FILE.ipynb, not 'report.html'; a file that is there would be replaced.\n");
  }
}
