package dev.sluice.runners.fuzz.targets;

import dev.sluice.records.parquet.TableException;
import dev.sluice.runners.fuzz.inputs.Draw;
import dev.sluice.runners.fuzz.inputs.JsonEdits;
import dev.sluice.runners.fuzz.inputs.Odd;
import dev.sluice.runners.fuzz.inputs.Repository;
import dev.sluice.runners.fuzz.inputs.Scratch;
import dev.sluice.stages.synthesis.FileReads;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Files of rows: JSONL, CSV and Parquet. */
final class SourceTargets {
  private static final List<String> ROWS =
      List.of(
          "{\"id\":\"a\",\"question\":\"3+4?\",\"answer\":\"7\",\"level\":2}",
          "{\"question\":\"How many?\",\"answer\":0.10,\"level\":null,\"responses\":[{\"text\":\"A: 4\",\"ok\":true},{\"text\":\"A: 5\"}]}",
          "{\"id\":7,\"question\":{\"text\":\"nested\"},\"answer\":[\"1\",\"2\"],\"ok\":[1,0]}",
          "{\"question\":\"3+4?\",\"answer\":1e-05,\"level\":\"3\",\"responses\":\"A: 7\",\"ok\":\"yes\"}",
          "{\"question\":\"23+4-8*3\",\"id\":\"\",\"answer\":[],\"responses\":[],\"ok\":\"no\"}",
          "{\"question.text\":\"dots\",\"question\":\"é\ud83d\ude00\",\"level\":123456789012}");

  private static final List<String> MARKS =
      List.of(
          "\n",
          "\r\n",
          "\n\n",
          ",",
          "\"",
          "\"\"",
          ";",
          "\t",
          "{",
          "}",
          "[",
          "]",
          ":",
          "question",
          "answer",
          "level",
          "id",
          "responses",
          "null",
          "true",
          "1e5",
          "\\",
          "\\u",
          "\\ud800",
          "#",
          "'",
          "\"question\":\"",
          "{\"question\":\"q\"}",
          " ",
          "/*",
          "//",
          "NaN");

  private static final String PARQUET =
      "transforms/records/src/test/resources/dev/sluice/records/parquet/";
  private static final String OWN =
      "runners/src/harness/resources/dev/sluice/runners/fuzz/parquet/";
  private static final String COVERED = "dev.sluice.stages.synthesis.";
  private static final String RECORDS = "dev.sluice.records.parquet.";
  private static final int MANY_ROWS = 1200;

  private SourceTargets() {}

  static List<Target> all() {
    JsonEdits rows = new JsonEdits(ROWS, List.of("yes", "no", "7", "-3"));
    List<byte[]> parquet = new ArrayList<>();
    for (String file : List.of("values", "nested", "old")) {
      parquet.add(Repository.bytes(PARQUET + file + ".parquet"));
    }
    for (String file : List.of("rows", "pages", "old", "problems", "rubrics")) {
      parquet.add(Repository.bytes(OWN + file + ".parquet"));
    }
    return List.of(
        Target.named("jsonl")
            .mutatedTexts(
                List.of(
                    String.join("\n", ROWS) + "\n",
                    ROWS.get(0) + "\n\n" + ROWS.get(1),
                    ROWS.get(3) + "\r\n" + ROWS.get(3)),
                MARKS)
            .drawn(draw -> lines(rows, draw))
            .refuses(IllegalArgumentException.class)
            .refuses(UncheckedIOException.class)
            .covers(
                COVERED + "FileRows",
                COVERED + "FileRow",
                COVERED + "FileLook",
                COVERED + "FileProblems",
                COVERED + "IndexedRows",
                COVERED + "Lines",
                "dev.sluice.stages.dataset.PlainNumber",
                COVERED + "RowKey",
                COVERED + "RowsByKey",
                COVERED + "StoredText",
                COVERED + "TextFile")
            .notCounted(
                "reads another kind of file, whose reader counts it",
                COVERED + "FileRows.csv",
                COVERED + "FileRows.parquet",
                COVERED + "FileRows.copy")
            .notCounted("looks at a file's age, not at its content", COVERED + "TextFile.stamp")
            .reads(() -> reader(".jsonl")),
        Target.named("csv")
            .mutatedTexts(
                List.of(
                    "id,question,answer,level\na,3+4?,7,2\nb,\"How, many?\",\"1\"\"2\",\n",
                    "question;answer\r\n1;2\r\n",
                    "question,answer,ok,level\nq,7,yes,1\n23+4-8*3,3,no,2\nq,7,1,\nr,8,0,x\n",
                    "question,answer,ok\nq,\"never closed\nr,7,true\n",
                    "\ufeffquestion,answer\n\"a\nb\",0.10\n\n,,\nx,1e-05\n"),
                MARKS)
            .marks(MARKS)
            .refuses(IllegalArgumentException.class)
            .refuses(UncheckedIOException.class)
            .covers(COVERED + "FileRows", COVERED + "UnclosedCsvQuote")
            .notCounted(
                "reads another kind of file, whose reader counts it", COVERED + "FileRows.parquet")
            .notCounted(
                "reads the rows of CSV that the program wrote as JSONL; the reader 'jsonl' counts it",
                COVERED + "FileRows.row")
            .notCounted(
                "says what is wrong with a row of JSONL; the rows of CSV are copied as good ones",
                COVERED + "FileRows.broken")
            .reads(() -> reader(".csv")),
        Target.named("parquet")
            .mutated(parquet, MARKS)
            .refuses(IllegalArgumentException.class)
            .refuses(UncheckedIOException.class)
            .refuses(TableException.class)
            .covers(
                RECORDS + "ParquetRows",
                RECORDS + "ParquetSource",
                RECORDS + "RowMaterializer",
                RECORDS + "TableReader",
                RECORDS + "RepeatedReader",
                RECORDS + "ScalarConverter",
                RECORDS + "FileFields")
            .notCounted(
                "names the columns of CSV, whose reader counts it", RECORDS + "FileFields.flat")
            .reads(() -> reader(".parquet")));
  }

  private static String lines(JsonEdits rows, Draw draw) {
    StringBuilder text = new StringBuilder();
    if (draw.chance(0.005)) {
      int count = draw.between(60, MANY_ROWS);
      for (int i = 0; i < count; i++) {
        text.append("{\"id\":%d,\"question\":\"%d+4?\"}\n".formatted(i, draw.below(count)));
      }
      return text.toString();
    }
    for (int i = 1 + draw.few(8); i > 0; i--) {
      text.append(rows.make(draw)).append(draw.chance(0.05) ? Odd.piece(draw) : "\n");
    }
    return text.toString();
  }

  private static Target.Reader reader(String ending) {
    Scratch scratch = Scratch.create();
    return input -> {
      Path file = scratch.fresh(ending);
      Files.write(file, input);
      try {
        return ending.equals(".parquet") ? FileReads.table(file) : FileReads.texts(file);
      } finally {
        Files.delete(file);
      }
    };
  }
}
