package dev.sluice.stages.synthesis;

import dev.sluice.methods.task.ArithmeticTask;
import dev.sluice.records.parquet.ParquetRows;
import dev.sluice.records.parquet.TableReader;
import dev.sluice.records.parquet.Tables;
import dev.sluice.runners.fuzz.targets.Broken;
import dev.sluice.runners.fuzz.targets.Sentence;
import dev.sluice.stages.StageType.Look;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reads a file of rows as the stages do, for a look at what a strange one does. */
public final class FileReads {
  private static final FileSource.Columns COLUMNS =
      new FileSource.Columns("question", "answer", "level", "id", Map.of());

  private static final StoredSolutions STORED =
      new StoredSolutions(
          "", "question", "id", "responses[*].text", "responses[*].ok", List.of(), null);

  private static final StoredSolutions.Column LIST = new StoredSolutions.Column("answer", "ok");

  private FileReads() {}

  /** Whether the file has a row. */
  private static boolean read(Path file) {
    look(file, null);
    look(file, 2);
    FileSource source = new FileSource(file.toString(), COLUMNS, null, "text", null);
    FileSource chains = new FileSource(file.toString(), COLUMNS, null, ArithmeticTask.NAME, null);
    IndexedRows rows = IndexedRows.of(file, null, new RowKey.OfProblem(source));
    int[] counts = new int[3];
    rows.forEach(
        IntStream.range(0, rows.count()).boxed().collect(Collectors.toCollection(TreeSet::new)),
        (row, index) -> {
          counts[0]++;
          FileProblems.Fault fault = FileProblems.fault(source, row);
          if (rows.repeats(index)) {
            counts[1]++;
          } else if (fault != null) {
            counts[2]++;
            Sentence.quoted(fault.what());
          } else {
            FileProblems.problem(source, row, index);
          }
          FileProblems.Fault ofChain = FileProblems.fault(chains, row);
          Broken.unless(fault == null || ofChain != null, "What is no problem is no chain.");
          List<String> keys = new RowKey.OfProblem(source).of(row);
          Broken.unless(
              keys.isEmpty() || rows.all(keys.get(0)).contains(index), "A row has its first key.");
          solutions(row);
        });
    Broken.unless(counts[0] == rows.count(), "%d of %d rows.", counts[0], rows.count());
    Broken.unless(counts[1] == rows.repeated(), "%d rows repeat one.", counts[1]);
    IndexedRows questions = IndexedRows.of(file, 5, new RowKey.Question("question", "id"));
    Broken.unless(questions.count() == Math.min(5, rows.count()), "Five rows at the most.");
    return rows.count() > 0;
  }

  private static void look(Path file, @Nullable Integer limit) {
    Look look =
        FileLook.at(
            file.toString(),
            "source.path",
            limit,
            FileColumn.all(
                FileColumn.everyRow("question", "question"),
                FileColumn.someRow("answer", "answer"),
                FileColumn.optional("id", "id")));
    look.mistakes().forEach(each -> Sentence.quoted(each.message()));
    look.warnings().forEach(each -> Sentence.quoted(each.message()));
  }

  private static void solutions(FileRow row) {
    for (StoredSolutions.Column column : List.of(STORED.all().get(0), LIST)) {
      List<StoredText> texts = StoredText.of(row, column);
      Broken.unless(!texts.isEmpty(), "A row has a solution or a fault.");
      for (StoredText text : texts) {
        Broken.unless((text.text() == null) != (text.fault() == null), "A text or a fault.");
      }
    }
    Broken.unless(row.toString().length() <= 4000, "A row is shown in part.");
  }

  /** What is no file of rows is refused in words. */
  private static void strange(Path file) {
    Path folder = Objects.requireNonNull(file.getParent());
    for (Path each :
        List.of(
            folder,
            folder.resolve("missing.jsonl"),
            Path.of("/dev/null"),
            Path.of(System.getProperty("java.home"), "release"))) {
      try {
        FileRows.open(each, 1).close();
        throw new Broken("'%s' is opened.".formatted(each));
      } catch (IllegalArgumentException e) {
        Sentence.check(e.getMessage());
      }
    }
  }

  /** Reads problems, and one column as the examples and benchmarks do. */
  public static boolean texts(Path file) {
    strange(file);
    boolean taken = read(file);
    TextFile.forEach(file, "question", text -> {});
    return taken;
  }

  /** Reads the same, and shows a file and its table as the commands do. */
  public static boolean table(Path file) {
    ParquetRows.Description described = ParquetRows.describe(file);
    String name = described.footer().get("sluice.table");
    if (name != null && Tables.all().stream().anyMatch(each -> each.name().equals(name))) {
      for (Set<String> without : List.of(Set.<String>of(), Set.of("attributes", "evidence"))) {
        Broken.unless(
            TableReader.readAll(file, Tables.named(name), without).size() == described.rows(),
            "All rows of a table.");
      }
    }
    Broken.unless(ParquetRows.read(file, 2).size() == Math.min(2, described.rows()), "Two rows.");
    return texts(file);
  }
}
