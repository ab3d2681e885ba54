package dev.sluice.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.records.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exports that grow night by night. */
final class AppendTest {
  private static final Split SPLIT = Split.parse("train=0.75,test=0.25");

  @TempDir private Path folder = Path.of("");

  private ExportRequest request() {
    return ExportRequest.into(folder.resolve("out")).split(SPLIT).mode(ExportRequest.Mode.APPEND);
  }

  /** Questions of 30 words, of which every fifth is an earlier one with one word changed. */
  private static List<String> questions(int count) {
    Random random = new Random(11);
    List<String> questions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<String> words = new ArrayList<>();
      if (i % 5 == 4) {
        words.addAll(List.of(questions.get(random.nextInt(i)).split(" ", -1)));
        words.set(29, "changed" + i);
      } else {
        for (int k = 0; k < 30; k++) {
          words.add("w" + random.nextInt(500));
        }
      }
      questions.add(String.join(" ", words));
    }
    return questions;
  }

  private Map<String, String> bytes() throws IOException {
    Map<String, String> hashes = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder.resolve("out/data"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        hashes.put(file.toString(), FileHashes.sha256(file));
      }
    }
    return hashes;
  }

  private Map<?, ?> manifest() throws IOException {
    return (Map<?, ?>)
        Objects.requireNonNull(Json.parse(Files.readString(folder.resolve("out/manifest.json"))));
  }

  /** Part and text of each problem in all files. */
  private Map<Object, String> parts() throws IOException {
    Map<Object, String> parts = new HashMap<>();
    for (Object each : (List<?>) Objects.requireNonNull(manifest().get("files"))) {
      String path = String.valueOf(((Map<?, ?>) each).get("path"));
      if (path.endsWith(".jsonl")) {
        for (Map<String, @Nullable Object> row : Exported.rows(folder.resolve("out/" + path))) {
          String part = path.contains("-train-") ? "train" : "test";
          String before = parts.put(Objects.requireNonNull(row.get("prompt")), part);
          assertThat(before).isIn(null, part);
        }
      }
    }
    return parts;
  }

  @Test
  void fiveNights_changeNoPartAndNoFile() throws IOException {
    Map<Object, String> known = Map.of();
    Map<String, String> files = Map.of();
    int count = 40;
    for (int night = 0; night < 6; night++) {
      RunView run = FakeRun.ofTexts(folder.resolve("ws" + night), questions(count));
      ExportReport report = Exports.run(run, "trl/unpaired", request());
      assertThat(report.files()).allSatisfy(file -> assertThat(file.path()).contains("/0000"));
      assertThat(bytes()).containsAllEntriesOf(files);
      Map<Object, String> parts = parts();
      assertThat(parts).containsAllEntriesOf(known);
      files = bytes();
      known = parts;
      count += count / 10;
    }
    // What is near problems of both parts is in none.
    assertThat(known.size()).isBetween(57, 64);
    for (Map.Entry<Object, String> one : known.entrySet()) {
      for (Map.Entry<Object, String> other : known.entrySet()) {
        if (start(one.getKey()).equals(start(other.getKey()))) {
          assertThat(one.getValue()).isEqualTo(other.getValue());
        }
      }
    }
    assertThat(known.values()).contains("train", "test");
    assertThat(folder.resolve("out").toFile().list())
        .filteredOn(name -> name.startsWith("problems-"))
        .containsExactly("problems-00006.parquet");
    assertThat(manifest().get("appended")).asString().contains("exports=6");
  }

  private static String start(Object question) {
    return question.toString().substring(0, 80);
  }

  @Test
  void appendedInOneStepOrInFive_theRowsAreTheSame() throws IOException {
    for (int count : new int[] {20, 30, 40}) {
      RunView run = FakeRun.ofTexts(folder.resolve("ws" + count), questions(count));
      Exports.run(run, "trl/unpaired", request());
    }
    Map<Object, String> grown = parts();
    RunView whole = FakeRun.ofTexts(folder.resolve("whole"), questions(40));
    ExportReport once =
        Exports.run(whole, "trl/unpaired", ExportRequest.into(folder.resolve("once")).split(SPLIT));
    Map<Object, String> parts = new HashMap<>();
    for (String part : List.of("train", "test")) {
      Exported.rows(once, part)
          .forEach(row -> parts.put(Objects.requireNonNull(row.get("prompt")), part));
    }
    assertThat(grown).isEqualTo(parts);
  }

  @Test
  void aNightWithoutNewProblems_addsNothing() throws IOException {
    RunView run = FakeRun.ofTexts(folder.resolve("ws"), questions(20));
    Exports.run(run, "trl/sft", request());
    Map<String, String> files = bytes();
    assertThat(Exports.run(run, "trl/sft", request()).files()).isEmpty();
    assertThat(bytes()).isEqualTo(files);
    assertThat(manifest().get("left_out")).asString().contains("exported before");
  }

  @Test
  void anAppendedExport_isReplacedWithAllItsFiles() throws IOException {
    RunView run = FakeRun.ofTexts(folder.resolve("ws"), questions(20));
    Exports.run(run, "trl/sft", request());
    Exports.run(run, "trl/sft", ExportRequest.into(folder.resolve("out")).replacing());
    assertThat(folder.resolve("out").toFile().list())
        .containsExactlyInAnyOrder("README.md", "croissant.json", "data", "manifest.json");
    assertThat(bytes().keySet())
        .allSatisfy(file -> assertThat(file).contains("/data/sft-train."))
        .hasSize(2);
  }

  @Test
  void otherOptions_areRefusedAndLeaveTheExportAlone() throws IOException {
    RunView run = FakeRun.ofTexts(folder.resolve("ws"), questions(20));
    Exports.run(run, "trl/sft", request());
    Map<String, String> files = bytes();
    assertThatThrownBy(() -> Exports.run(run, "trl/unpaired", request()))
        .isInstanceOf(ExportException.class)
        .hasMessage(
            "Nothing can be appended to the export in %s: its format is trl/sft, and trl/unpaired is asked for. Append with the options that it was made with, or name another folder."
                .formatted(folder.resolve("out")));
    assertThatThrownBy(() -> Exports.run(run, "trl/sft", request().split(Split.TRAIN)))
        .hasMessageContaining("its split is [train=0.75, test=0.25], and [train=1.0] is asked for");
    assertThatThrownBy(() -> Exports.run(run, "trl/sft", request().scrub(true)))
        .hasMessageContaining("its scrubbing is false, and true is asked for");
    assertThat(bytes()).isEqualTo(files);
  }

  @Test
  void anExportThatIsNoneToAppendTo_isRefused() throws IOException {
    RunView run = FakeRun.ofTexts(folder.resolve("ws"), questions(20));
    Exports.run(run, "trl/sft", request().mode(ExportRequest.Mode.NEW));
    assertThatThrownBy(() -> Exports.run(run, "trl/sft", request()))
        .isInstanceOf(ExportException.class)
        .hasMessageContaining("it was not made with --append, so it does not know its problems");
    Files.writeString(
        folder.resolve("out/manifest.json"),
        Files.readString(folder.resolve("out/manifest.json")).replace("\"rows\": ", "\"rows\": 1"));
    assertThatThrownBy(() -> Exports.run(run, "trl/sft", request()))
        .hasMessageContaining("its manifest.json is damaged or was changed");
    Path other = Files.createDirectory(folder.resolve("other"));
    Files.writeString(other.resolve("mine.txt"), "mine");
    assertThatThrownBy(
            () ->
                Exports.run(
                    run, "trl/sft", ExportRequest.into(other).mode(ExportRequest.Mode.APPEND)))
        .hasMessageContaining("the folder is not empty, and holds no export to append to");
  }
}
