package dev.sluice.runners.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.runners.cli.terminal.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every file of a small workspace, damaged in every way: commands say what is wrong, and what is
 * whole is as it was.
 */
@Tag("flink")
final class DamagedWorkspaceTest {
  private static final String FILE =
      """
      name: toy
      pipeline:
        type: chain
        transforms:
          - {type: Make, name: made, config: {shards: 2}}
          - {type: Count, name: counted}
      """;

  /** What may happen to a file. */
  private enum Mishap {
    EMPTIED {
      @Override
      void befall(Path file) throws IOException {
        Files.write(file, new byte[0]);
      }
    },
    CUT {
      @Override
      void befall(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
      }
    },
    FLIPPED {
      @Override
      void befall(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        if (bytes.length > 0) {
          bytes[bytes.length / 2] ^= 1;
        }
        Files.write(file, bytes);
      }
    },
    DELETED {
      @Override
      void befall(Path file) throws IOException {
        Files.delete(file);
      }
    },
    FOLDER {
      @Override
      void befall(Path file) throws IOException {
        Files.delete(file);
        Files.createDirectory(file);
      }
    },
    /** Reading fails, as on a bad disk or without the right to read, which root always has. */
    UNREADABLE {
      @Override
      void befall(Path file) throws IOException {
        Files.delete(file);
        Files.createSymbolicLink(file, Path.of("/proc/self/mem"));
      }
    };

    abstract void befall(Path file) throws IOException;
  }

  private static Path root;
  private static Path file;
  private static Path whole;
  private static String run = "";
  private static String row = "";
  private static Map<String, String> untouched = Map.of();

  @BeforeAll
  static void makeWorkspace(@TempDir Path folder) throws IOException {
    root = folder;
    Toys.poison = "";
    file = Files.writeString(folder.resolve("toy.yaml"), FILE);
    whole = folder.resolve("whole");
    Said said =
        Said.of(
            Toys.services(),
            whole,
            "run",
            file.toString(),
            "--runner",
            "direct",
            "--json",
            "--quiet");
    assertThat(said.code()).as(said.err()).isZero();
    run = said.json().path("run_id").asText();
    JsonNode rows =
        Said.of(Toys.services(), whole, "inspect", run + "/made", "--rows", "1", "--json").json();
    row = rows.path("rows").get(0).path("problem_id").asText();
    assertThat(Said.of(Toys.services(), whole, "verify").code()).isZero();
    untouched = answers(whole);
  }

  /** What commands answer that only read. */
  private static Map<String, String> answers(Path workspace) {
    Map<String, String> answers = new LinkedHashMap<>();
    for (String[] words :
        List.of(
            new String[] {"status", run},
            new String[] {"runs"},
            new String[] {"inspect", run},
            new String[] {"inspect", run + "/made", "--rows", "3"},
            new String[] {"inspect", run + "/counted", "--rows", "3"},
            new String[] {"lineage", run + "/made", row},
            new String[] {"digest", run + "/made"},
            new String[] {"digest", run + "/counted"},
            new String[] {"plan", file.toString()},
            new String[] {"diff", run, run},
            new String[] {"gc", "--dry-run"},
            new String[] {
              "export", run, "--format", "trl/prompt-only", "--out", root + "/out", "--force"
            })) {
      Said said = Said.of(Toys.services(), workspace, words);
      assertThat(said.err() + said.out())
          .as(String.join(" ", words))
          .doesNotContain("\tat ", "Exception", "Unexpected error", "--log-level");
      assertThat(said.code()).isBetween(0, 2);
      answers.put(
          String.join(" ", words),
          (said.code() + " " + said.out() + said.err()).replace(workspace.toString(), "WORKSPACE"));
    }
    return answers;
  }

  @TestFactory
  Stream<DynamicNode> everyFileDamagedInEveryWay() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(whole)) {
      files = all.filter(Files::isRegularFile).map(whole::relativize).sorted().toList();
    }
    assertThat(files).hasSizeGreaterThan(15);
    return files.stream()
        .map(
            damaged ->
                dynamicContainer(
                    damaged.toString(),
                    Stream.of(Mishap.values())
                        .map(
                            mishap -> dynamicTest(mishap.name(), () -> isNamed(damaged, mishap)))));
  }

  private static void isNamed(Path damaged, Mishap mishap) throws IOException {
    Path workspace = copy("damaged");
    mishap.befall(workspace.resolve(damaged));
    Said verified = Said.of(Toys.services(), workspace, "verify");
    assertThat(verified.err() + verified.out()).doesNotContain("\tat ", "Exception");
    boolean named = verified.out().contains(damaged.toString());
    Map<String, String> now = answers(workspace);
    if (!named) {
      // What verify does not see makes no difference to anybody.
      assertThat(verified.code()).as(verified.out()).isZero();
      assertThat(now).isEqualTo(untouched);
    }
    for (String stage : List.of("made", "counted")) {
      String digest = "digest " + run + "/" + stage;
      if (!Objects.equals(now.get(digest), untouched.get(digest))) {
        // Nothing else than the right digest, or a sentence.
        assertThat(now.get(digest)).matches("(?s)[12] .+\\.\\s*");
      }
    }
    mended(workspace, damaged, verified);
  }

  /** Runs the file again: what was lost is there again, with equal digests. */
  private static void mended(Path workspace, Path damaged, Said verified) throws IOException {
    boolean artifact = damaged.startsWith("artifacts") || damaged.startsWith("units");
    if (!artifact || verified.out().contains("cannot be read")) {
      return;
    }
    assertThat(Said.of(Toys.services(), workspace, "verify", "--repair").code()).isZero();
    Said again =
        Said.of(
            Toys.services(),
            workspace,
            "run",
            file.toString(),
            "--runner",
            "direct",
            "--json",
            "--quiet");
    assertThat(again.code()).as(again.err()).isZero();
    for (String stage : List.of("made", "counted")) {
      String id = again.json().path("run_id").asText();
      String digest = Said.of(Toys.services(), workspace, "digest", id + "/" + stage).out();
      assertThat("0 " + digest).isEqualTo(untouched.get("digest " + run + "/" + stage));
    }
    assertThat(Said.of(Toys.services(), workspace, "verify").code()).isZero();
  }

  private static Path copy(String name) throws IOException {
    Path to = root.resolve(name);
    if (Files.exists(to)) {
      List<Path> old;
      try (Stream<Path> all = Files.walk(to)) {
        old = all.sorted(Comparator.reverseOrder()).toList();
      }
      for (Path each : old) {
        Files.delete(each);
      }
    }
    try (Stream<Path> all = Files.walk(whole)) {
      all.forEach(
          each -> {
            try {
              Files.copy(
                  each, to.resolve(whole.relativize(each)), StandardCopyOption.COPY_ATTRIBUTES);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
    return to;
  }

  @Test
  void commandsOnACopyNeverReadTheOriginal() throws IOException {
    Path original = copy("original");
    Path moved = root.resolve("moved");
    // A report as programs of before wrote it: with whole paths, and no hash.
    Path report = original.resolve("runs/" + run + "/report.json");
    String relative = Files.readString(report);
    assertThat(relative)
        .contains("\"artifact\" : \"artifacts/Make/")
        .doesNotContain(root.toString());
    Files.writeString(
        report,
        relative
            .replace("\"artifacts/", "\"" + original + "/artifacts/")
            .replaceAll(",\\s*\"hash\" : \"[0-9a-f]+\"", ""));
    for (String text : List.of(relative, Files.readString(report))) {
      Path here = copy("copy");
      Files.writeString(here.resolve("runs/" + run + "/report.json"), text);
      assertThat(answers(here)).isEqualTo(untouched);
      String artifact =
          Said.of(Toys.services(), here, "status", run, "--json")
              .json()
              .path("stages")
              .get(0)
              .path("artifact")
              .asText();
      assertThat(artifact).startsWith(here + "/artifacts/Make/");

      // Damage of the copy is the copy's, although the original is whole.
      Files.write(Path.of(artifact).resolve("manifest.json"), new byte[0]);
      assertThat(Said.of(Toys.services(), here, "inspect", run + "/made").err())
          .isEqualTo(
              "%s is no whole artifact: its manifest.json is empty. 'sluice verify' shows what else is wrong; 'sluice run' of its file rebuilds it from finished units.%n"
                  .formatted(artifact));
      assertThat(
              Said.of(
                      Toys.services(),
                      here,
                      "export",
                      run,
                      "--format",
                      "trl/prompt-only",
                      "--out",
                      root + "/out",
                      "--force")
                  .code())
          .isEqualTo(ExitCode.MISTAKE);
      assertThat(Said.of(Toys.services(), original, "inspect", run + "/made").code()).isZero();
    }
    Files.move(original, moved);
    assertThat(answers(moved)).isEqualTo(untouched);
    assertThat(Said.of(Toys.services(), moved, "verify").code()).isZero();
    // Two mounts of one folder.
    Path mount = Files.createSymbolicLink(root.resolve("mount"), moved);
    assertThat(answers(mount)).isEqualTo(untouched);
    Said again =
        Said.of(
            Toys.services(),
            mount,
            "rerun",
            run,
            "--stage",
            "counted",
            "--runner",
            "direct",
            "--json",
            "--quiet");
    assertThat(again.code()).as(again.err()).isZero();
    String id = again.json().path("run_id").asText();
    assertThat(Said.of(Toys.services(), moved, "inspect", id + "/counted").code()).isZero();
  }

  @Test
  void gcRefusesWhenItDoesNotKnowWhatARunNeeds() throws IOException {
    Path workspace = copy("collected");
    Path report = workspace.resolve("runs/" + run + "/report.json");
    Files.write(report, new byte[20]);
    Said said = Said.of(Toys.services(), workspace, "gc");
    assertThat(said.code()).isEqualTo(ExitCode.FAILED);
    assertThat(said.err())
        .isEqualTo(
            "The file %s is damaged: its content is not what was written, so what the run needs is not known, and nothing was removed. Remove the folder of the run if its results are no longer needed, and 'sluice gc' again.%n"
                .formatted(report));
    assertThat(
            Said.of(Toys.services(), workspace, "plan", file.toString(), "--json")
                .json()
                .path("stages"))
        .extracting(stage -> stage.path("action").asText())
        .containsExactly("reuse", "reuse");
  }

  @Test
  void verifySaysOfEachFileWhatIsWrongAndWhatToDo() throws IOException {
    Path workspace = copy("told");
    List<String> said = new ArrayList<>();
    Path manifest;
    try (Stream<Path> all = Files.walk(workspace.resolve("artifacts/Make"))) {
      manifest = all.filter(each -> each.endsWith("manifest.json")).findFirst().orElseThrow();
    }
    Files.delete(manifest);
    Files.write(workspace.resolve("runs/" + run + "/events.jsonl"), new byte[0]);
    Files.writeString(workspace.resolve("runs/" + run + "/pipeline.yaml"), "name: other\n");
    Said verified = Said.of(Toys.services(), workspace, "verify", "--json");
    assertThat(verified.code()).isEqualTo(ExitCode.FAILED);
    for (JsonNode each : verified.json().path("damaged")) {
      said.add(each.path("file").asText() + " " + each.path("problem").asText());
    }
    String made = workspace.relativize(manifest).toString();
    assertThat(said)
        .hasSize(3)
        .anyMatch(each -> each.startsWith(made + " is missing, and the artifact artifacts/Count/"))
        .contains(
            "runs/" + run + "/events.jsonl is empty",
            "runs/" + run + "/pipeline.yaml is not the file as submitted");
  }
}
