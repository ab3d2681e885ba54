package dev.sluice.pipelines.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.pipelines.file.yaml.LoadContext;
import dev.sluice.pipelines.file.yaml.Mistake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PathsTest {
  private static final String ROWS = "{\"question\": \"q?\", \"answer\": 1, \"r\": [\"A: 1\"]}\n";

  private Path folder;
  private Path current;

  @BeforeEach
  void folders(@TempDir Path temporary) throws IOException {
    folder = Files.createDirectories(temporary.resolve("project/configs"));
    current = Files.createDirectories(temporary.resolve("current"));
  }

  private Path file(String source) throws IOException {
    return Files.writeString(
        folder.resolve("p.yaml"),
        """
        pipeline:
          type: chain
          transforms:
            - type: SynthesizeProblems
              config:
                source: %s
        """
            .formatted(source));
  }

  private LoadResult load(Path file, Map<String, String> params, String... sets) {
    LoadContext here = LoadContext.of(Map.of("DATA", "env", "ROOT", "/root-of-data"));
    return PipelineFile.load(
        file, params, List.of(sets), here.from(current), RealStagesTest.REGISTRY);
  }

  private static String named(LoadResult loaded) {
    return loaded.spec().orElseThrow().stages().get(0).files().get(0).name();
  }

  @Test
  void pathOfTheFile_countsFromItsFolder() throws IOException {
    assertThat(named(load(file("{kind: file, path: data/a.jsonl}"), Map.of())))
        .isEqualTo(folder + "/data/a.jsonl");
    assertThat(named(load(file("{kind: file, path: ../data/./a.jsonl}"), Map.of())))
        .isEqualTo(folder.getParent() + "/data/a.jsonl");
    assertThat(named(load(file("{kind: file, path: /data/a.jsonl}"), Map.of())))
        .isEqualTo("/data/a.jsonl");
  }

  @Test
  void parameter_givenOrByDefault_countsFromWhereItIsWritten() throws IOException {
    Path byDefault = file("{kind: file, path: '${param.data:rows}/a.jsonl'}");
    assertThat(named(load(byDefault, Map.of()))).isEqualTo(folder + "/rows/a.jsonl");
    assertThat(named(load(byDefault, Map.of("data", "rows")))).isEqualTo(current + "/rows/a.jsonl");
    assertThat(named(load(byDefault, Map.of("data", "/rows")))).isEqualTo("/rows/a.jsonl");
    // It begins with what the file writes.
    assertThat(named(load(file("{kind: file, path: 'rows/${param.day}.csv'}"), Map.of("day", "1"))))
        .isEqualTo(folder + "/rows/1.csv");
  }

  @Test
  void setAndEnvironment_countFromTheCurrentFolder() throws IOException {
    Path file = file("{kind: file, path: a.jsonl}");
    String key = "pipeline.transforms[0].config.source";
    assertThat(named(load(file, Map.of(), key + ".path=b.jsonl"))).isEqualTo(current + "/b.jsonl");
    assertThat(named(load(file, Map.of(), key + "={kind: file, path: c.csv}")))
        .isEqualTo(current + "/c.csv");
    assertThat(named(load(file("{kind: file, path: '${DATA}/a.csv'}"), Map.of())))
        .isEqualTo(current + "/env/a.csv");
    assertThat(named(load(file("{kind: file, path: '${ROOT}/a.csv'}"), Map.of())))
        .isEqualTo("/root-of-data/a.csv");
  }

  @Test
  void resolvedSpec_isTheSameWhereverTheFileLies() throws IOException {
    assertThat(resolved("{kind: file, path: '${DATA}/a.csv'}"))
        .contains("\"path\":\"${DATA}/a.csv\"")
        .doesNotContain(current.toString());
    assertThat(resolved("{kind: file, path: a.csv}")).contains("\"path\":\"a.csv\"");
  }

  /** The stages of a resolved spec. */
  private String resolved(String source) throws IOException {
    return load(file(source), Map.of()).spec().orElseThrow().resolved().get("stages").toString();
  }

  @Test
  void parametersOfASchedule_countFromTheFile() throws IOException {
    Path file = file("{kind: file, path: '${param.data}'}");
    Files.writeString(
        file,
        Files.readString(file)
            + """
            schedule:
              every: 1h
              params: {data: "rows/${fire.date}.jsonl"}
            """);
    LoadResult scheduled =
        PipelineFile.loadScheduled(
            file,
            Instant.parse("2024-05-01T00:00:00Z"),
            Map.of(),
            List.of(),
            Map.of(),
            RealStagesTest.REGISTRY);
    assertThat(named(scheduled)).isEqualTo(folder + "/rows/2024-05-01.jsonl");
  }

  @Test
  void modelDirectory_countsFromTheFile() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("m.yaml"),
            """
            models:
              mine: {provider: djl, from: models/mine}
              ours: {provider: djl, from: "builtin:tiny-solver"}
            pipeline:
              type: chain
              transforms:
                - {type: SynthesizeProblems, config: {source: {kind: arithmetic, count: 1}}}
                - {type: SampleSolutions, name: some, config: {model: mine}}
                - {type: SampleSolutions, name: more, config: {model: ours}}
            """);
    assertThat(load(file, Map.of()).spec().orElseThrow().models().values())
        .extracting(model -> model.provider().toString())
        .anyMatch(spec -> spec.contains("from=" + folder + "/models/mine,"))
        .anyMatch(spec -> spec.contains("from=builtin:tiny-solver,"));
    assertThat(look(file))
        .containsExactly(
            "%s:2:31: models.mine.from: there is no directory '%s/models/mine' ('models/mine' counts from the pipeline file's folder), nor at '%s/models/mine', from the current folder"
                .formatted(file, folder, current));
    Files.createDirectories(folder.resolve("models"));
    Files.writeString(folder.resolve("models/mine"), "");
    assertThat(look(file))
        .containsExactly(
            "%s:2:31: models.mine.from: '%s/models/mine' is a file; name the directory that holds the model"
                .formatted(file, folder));
  }

  private List<String> look(Path file, String... sets) {
    return PipelineFile.load(
            file,
            Map.of(),
            List.of(sets),
            LoadContext.of(Map.of()).from(current).looking(),
            RealStagesTest.REGISTRY)
        .mistakes()
        .stream()
        .map(Mistake::toString)
        .toList();
  }

  @Test
  void fileThatIsMissed_namesBothPlaces() throws IOException {
    Path file = file("{kind: file, path: data/a.jsonl}");
    String begin = file + ":6:36: pipeline.transforms[0].config.source.path: ";
    assertThat(look(file))
        .containsExactly(
            begin
                + "there is no file '%s/data/a.jsonl' ('data/a.jsonl' counts from the pipeline file's folder), nor at '%s/data/a.jsonl', from the current folder"
                    .formatted(folder, current));
    Files.createDirectories(current.resolve("data"));
    Files.writeString(current.resolve("data/a.jsonl"), ROWS);
    assertThat(look(file))
        .containsExactly(
            begin
                + "there is no file '%s/data/a.jsonl' ('data/a.jsonl' counts from the pipeline file's folder), there is one at '%s/data/a.jsonl', from the current folder; write that path, or '../../current/data/a.jsonl'"
                    .formatted(folder, current));
    assertThat(look(file("{kind: file, path: ../../current/data/a.jsonl}"))).isEmpty();
    assertThat(look(file, "pipeline.transforms[0].config.source.path=data/b.jsonl"))
        .containsExactly(
            "--set:1:43: pipeline.transforms[0].config.source.path: there is no file '%s/data/b.jsonl' ('data/b.jsonl' counts from the current folder), nor at '%s/data/b.jsonl', from the pipeline file's folder"
                .formatted(current, folder));
    assertThat(look(file("{kind: file, path: /no/where.jsonl}")))
        .containsExactly(begin + "there is no file '/no/where.jsonl'");
  }

  @Test
  void fileThatIsNoneOfItsKind_isAMistake() throws IOException {
    Path file = file("{kind: file, path: rows}");
    String begin = file + ":6:36: pipeline.transforms[0].config.source.path: ";
    Files.createDirectories(folder.resolve("rows"));
    assertThat(look(file))
        .containsExactly(begin + "'%s/rows' is a directory; name a file in it".formatted(folder));
    Files.writeString(folder.resolve("rows.txt"), "x");
    assertThat(look(file("{kind: file, path: rows.txt}")))
        .containsExactly(
            begin
                + "Reading rows of '%s/rows.txt': the ending tells the kind of file, and is .jsonl, .csv or .parquet."
                    .formatted(folder));
    Files.writeString(folder.resolve("cut.jsonl"), ROWS + "{\"question\": ");
    assertThat(look(file("{kind: file, path: cut.jsonl}")))
        .singleElement()
        .asString()
        .startsWith(
            begin + "Reading rows of '%s/cut.jsonl': line 2 is not JSON (".formatted(folder));
    assertThat(look(file("{kind: file, path: cut.jsonl, limit: 1}"))).isEmpty();
    Files.writeString(folder.resolve("none.parquet"), "PAR1 is not enough");
    assertThat(look(file("{kind: file, path: none.parquet}")))
        .singleElement()
        .asString()
        .startsWith(begin + "The file %s/none.parquet cannot be read as Parquet".formatted(folder));
  }

  @Test
  void scheduleParam_thatTheFileDoesNotUse_isAMistakeAtItsPlace() throws IOException {
    Path file = file("{kind: file, path: '${param.data:rows.jsonl}'}");
    Files.writeString(file, Files.readString(file) + "schedule: {every: 1h, params: {dta: a}}\n");
    String mistake =
        file
            + ":7:32: schedule.params.dta: unknown key 'dta': the file uses ${param.dta} nowhere; did you mean 'data'?";
    assertThat(load(file, Map.of()).mistakes())
        .extracting(Mistake::toString)
        .containsExactly(mistake);
    LoadResult scheduled =
        PipelineFile.loadScheduled(
            file, Instant.EPOCH, Map.of(), List.of(), Map.of(), RealStagesTest.REGISTRY);
    assertThat(scheduled.mistakes()).extracting(Mistake::toString).containsExactly(mistake);
  }
}
