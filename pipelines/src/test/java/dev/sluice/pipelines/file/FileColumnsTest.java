package dev.sluice.pipelines.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.pipelines.file.yaml.LoadContext;
import dev.sluice.pipelines.file.yaml.Mistake;
import dev.sluice.records.Message;
import dev.sluice.records.Problem;
import dev.sluice.records.parquet.TableWriter;
import dev.sluice.records.parquet.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code validate} says of the columns that a pipeline file names. */
class FileColumnsTest {
  private Path folder;

  @BeforeEach
  void folder(@TempDir Path temporary) {
    folder = temporary;
  }

  private void rows(String name, String... lines) throws IOException {
    Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
  }

  private LoadResult look(String... stages) throws IOException {
    StringBuilder text = new StringBuilder("pipeline:\n  type: chain\n  transforms:\n");
    for (String stage : stages) {
      text.append("    - ").append(stage).append('\n');
    }
    Path file = Files.writeString(folder.resolve("p.yaml"), text);
    return PipelineFile.load(
        file, Map.of(), List.of(), LoadContext.of(Map.of()).looking(), RealStagesTest.REGISTRY);
  }

  private static String source(String path, String columns) {
    return "{type: SynthesizeProblems, config: {source: {kind: file, path: %s, columns: %s}}}"
        .formatted(path, columns);
  }

  private List<String> mistakes(LoadResult loaded) {
    return texts(loaded.mistakes());
  }

  private List<String> warnings(LoadResult loaded) {
    return texts(loaded.warnings());
  }

  private List<String> texts(List<Mistake> found) {
    return found.stream()
        .map(mistake -> mistake.toString().replace(folder + "/", "").replace("config.", ""))
        .toList();
  }

  @Test
  void jsonl_keyThatEveryRowNeeds_isAMistake() throws IOException {
    rows("a.jsonl", "{\"q\": \"one\", \"answer\": 1}");
    LoadResult loaded = look(source("a.jsonl", "{question: question}"));
    assertThat(mistakes(loaded))
        .containsExactly(
            "p.yaml:4:99: pipeline.transforms[0].source.columns.question: the only row of 'a.jsonl' has no column 'question'; it has answer, q");
  }

  @Test
  void jsonl_optionalKeyThatTheFirstRowsLack_isAWarning() throws IOException {
    String[] lines = new String[101];
    for (int i = 0; i < 100; i++) {
      lines[i] = "{\"question\": \"q%d\", \"meta\": {\"levels\": [1]}}".formatted(i);
    }
    lines[100] = "{\"question\": \"q100\", \"answer\": \"7\", \"meta\": {\"level\": 3}}";
    rows("sparse.jsonl", lines);
    LoadResult loaded =
        look(
            source(
                "sparse.jsonl",
                "{question: question, reference_answer: answer, difficulty: meta.level, id: uid}"));
    assertThat(loaded.spec()).isPresent();
    assertThat(warnings(loaded))
        .containsExactly(
            "p.yaml:4:132: pipeline.transforms[0].source.columns.reference_answer: none of the first 100 rows of 'sparse.jsonl' has a column 'answer', and rows without it are read all the same; they have meta.levels, question",
            "p.yaml:4:152: pipeline.transforms[0].source.columns.difficulty: none of the first 100 rows of 'sparse.jsonl' has a column 'meta.level', and rows without it are read all the same; they have meta.levels, question; did you mean 'meta.levels'?",
            "p.yaml:4:168: pipeline.transforms[0].source.columns.id: none of the first 100 rows of 'sparse.jsonl' has a column 'uid', and rows without it are read all the same; they have meta.levels, question");
  }

  @Test
  void csv_columnThatTheHeaderLacks_isAMistakeEvenIfOptional() throws IOException {
    rows("a.csv", "question,answer", "q?,1");
    assertThat(mistakes(look(source("a.csv", "{reference_answer: answr}"))))
        .containsExactly(
            "p.yaml:4:105: pipeline.transforms[0].source.columns.reference_answer: 'a.csv' has no column 'answr'; it has question, answer; did you mean 'answer'?");
    rows("b.csv", "frage,answer");
    assertThat(mistakes(look(source("b.csv", "{}"))))
        .containsExactly(
            "p.yaml:4:86: pipeline.transforms[0].source.columns.question: 'b.csv' has no column 'question'; it has frage, answer");
  }

  @Test
  void csv_columnThatNoRowFills_isThere() throws IOException {
    rows("a.csv", "question,answer,level", "q?", "r?,");
    LoadResult loaded = look(source("a.csv", "{reference_answer: answer, difficulty: level}"));
    assertThat(mistakes(loaded)).isEmpty();
    assertThat(warnings(loaded)).isEmpty();
  }

  @Test
  void parquet_columnThatTheSchemaLacks_isAMistakeAndOneThatIsNullIsNot() throws IOException {
    Problem problem =
        new Problem("p", List.of(Message.user("q?")), null, "file", null, Map.of("a", "b"));
    try (TableWriter<Problem> writer =
        TableWriter.open(folder.resolve("a.parquet"), Tables.PROBLEMS, Map.of())) {
      writer.write(problem);
    }
    LoadResult loaded =
        look(
            source(
                "a.parquet",
                "{question: 'messages[*].content', reference_answer: reference_answer, id: attributes.uid}"));
    assertThat(mistakes(loaded)).isEmpty();
    assertThat(warnings(loaded)).isEmpty();
    assertThat(mistakes(look(source("a.parquet", "{question: 'messages[*].contents'}"))))
        .containsExactly(
            "p.yaml:4:101: pipeline.transforms[0].source.columns.question: 'a.parquet' has no column 'messages[*].contents'; it has problem_id, messages[*].role, messages[*].content, reference_answer, source, difficulty, attributes; did you mean 'messages[*].content'?");
  }

  @Test
  void fileWithoutRows_isAWarning() throws IOException {
    rows("a.jsonl", "", "");
    LoadResult loaded = look(source("a.jsonl", "{reference_answer: answer}"));
    assertThat(mistakes(loaded)).isEmpty();
    assertThat(warnings(loaded))
        .containsExactly(
            "p.yaml:4:70: pipeline.transforms[0].source.path: 'a.jsonl' has no rows, so there is nothing to read");
  }

  @Test
  void storedSolutions_textIsNeededAndCorrectnessIsNot() throws IOException {
    rows("a.jsonl", "{\"question\": \"q?\", \"r\": [{\"text\": \"A: 1\"}]}");
    String problems = source("a.jsonl", "{}");
    LoadResult loaded =
        look(
            problems,
            "{type: SampleSolutions, config: {file: {path: a.jsonl, solutions: 'r[*].text', correct: 'r[*].ok'}}}");
    assertThat(mistakes(loaded)).isEmpty();
    assertThat(warnings(loaded))
        .containsExactly(
            "p.yaml:5:95: pipeline.transforms[1].file.correct: the only row of 'a.jsonl' has no column 'r[*].ok', and rows without it are read all the same; it has question, r[*].text");
    assertThat(
            mistakes(
                look(
                    problems,
                    "{type: SampleSolutions, config: {file: {path: a.jsonl, solutions: 'r[*].txt'}}}")))
        .containsExactly(
            "p.yaml:5:73: pipeline.transforms[1].file.solutions: the only row of 'a.jsonl' has no column 'r[*].txt'; it has question, r[*].text; did you mean 'r[*].text'?");
  }

  @Test
  void storedSolutions_idThatNoRowHas_isAMistakeOnlyWithoutTheQuestion() throws IOException {
    rows("a.jsonl", "{\"question\": \"q?\", \"r\": \"A: 1\"}");
    rows("b.jsonl", "{\"frage\": \"q?\", \"r\": \"A: 1\"}");
    String problems = source("a.jsonl", "{}");
    String stored = "{type: SampleSolutions, config: {file: {path: %s, id: uid, solutions: r}}}";
    assertThat(warnings(look(problems, stored.formatted("a.jsonl"))))
        .containsExactly(
            "p.yaml:5:66: pipeline.transforms[1].file.id: the only row of 'a.jsonl' has no column 'uid', and rows without it are read all the same; it has question, r");
    assertThat(mistakes(look(problems, stored.formatted("b.jsonl"))))
        .containsExactly(
            "p.yaml:5:66: pipeline.transforms[1].file.id: the only row of 'b.jsonl' has no column 'uid'; it has frage, r");
  }

  @Test
  void benchmark_oneRowWithTheTextIsEnough() throws IOException {
    rows("a.jsonl", "{\"question\": \"q?\"}");
    String[] lines = new String[101];
    for (int i = 0; i < 101; i++) {
      lines[i] = "{\"question\": \"q%d\"}".formatted(i);
    }
    rows("long.jsonl", lines);
    String filter = "{type: FilterProblems, config: {benchmarks: [{path: %s, column: text}]}}";
    String problems = source("a.jsonl", "{}");
    assertThat(mistakes(look(problems, filter.formatted("a.jsonl"))))
        .containsExactly(
            "p.yaml:5:76: pipeline.transforms[1].benchmarks[0].column: the only row of 'a.jsonl' has no column 'text'; it has question");
    LoadResult loaded = look(problems, filter.formatted("long.jsonl"));
    assertThat(mistakes(loaded)).isEmpty();
    assertThat(warnings(loaded))
        .containsExactly(
            "p.yaml:5:79: pipeline.transforms[1].benchmarks[0].column: none of the first 100 rows of 'long.jsonl' has a column 'text', and rows without it are read all the same; they have question");
  }

  @Test
  void unknownKeyOfColumns_isAMistakeWithTheNearestName() throws IOException {
    rows("a.jsonl", "{\"question\": \"q?\", \"a\": 1}");
    assertThat(mistakes(look(source("a.jsonl", "{question: question, referense_answer: a}"))))
        .containsExactly(
            "p.yaml:4:109: pipeline.transforms[0].source.columns.referense_answer: unknown key 'referense_answer'; did you mean 'reference_answer'?");
    assertThat(mistakes(look(source("a.jsonl", "{referense: a}"))))
        .containsExactly(
            "p.yaml:4:89: pipeline.transforms[0].source.columns.referense: unknown key 'referense'; did you mean 'reference_answer'?");
    assertThat(mistakes(look(source("a.jsonl", "{solution: a}"))))
        .containsExactly(
            "p.yaml:4:89: pipeline.transforms[0].source.columns.solution: unknown key 'solution'; known: question, reference_answer, difficulty, id, attributes");
  }

  @Test
  void attributes_ofReservedNamesOrMissingColumns_areNamed() throws IOException {
    rows("a.jsonl", "{\"question\": \"q?\", \"db\": \"shop\"}");
    assertThat(mistakes(look(source("a.jsonl", "{attributes: {database: db}}")))).isEmpty();
    assertThat(mistakes(look(source("a.jsonl", "{attributes: {row: db}}"))))
        .singleElement()
        .asString()
        .contains("columns.attributes.row: the attribute 'row' is set by Sluice");
    assertThat(mistakes(look(source("a.jsonl", "{attributes: {database: dbs}}"))))
        .singleElement()
        .asString()
        .contains("columns.attributes.database")
        .contains("'dbs'");
  }
}
