package dev.sluice.stages.synthesis;

import dev.sluice.runners.fuzz.Broken;
import dev.sluice.runners.fuzz.Sentence;
import dev.sluice.stages.StageType.Look;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Reads a file of rows as the stages do, for a look at what a strange one does. */
public final class FileReads {
  private static final FileSource.Columns COLUMNS =
      new FileSource.Columns("question", "answer", "level", "id");

  private static final StoredSolutions STORED =
      new StoredSolutions("", "question", "id", "responses[*].text", "responses[*].ok", List.of());

  private static final StoredSolutions.Column LIST = new StoredSolutions.Column("answer", "ok");

  private FileReads() {}

  /** Whether the file has a row. */
  public static boolean read(Path file) {
    look(file);
    FileSource source = new FileSource(file.toString(), COLUMNS, null, "text");
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
          solutions(row);
        });
    Broken.unless(counts[0] == rows.count(), "%d of %d rows.", counts[0], rows.count());
    Broken.unless(counts[1] == rows.repeated(), "%d rows repeat one.", counts[1]);
    IndexedRows questions = IndexedRows.of(file, 5, new RowKey.Question("question", "id"));
    Broken.unless(questions.count() == Math.min(5, rows.count()), "Five rows at the most.");
    return rows.count() > 0;
  }

  private static void look(Path file) {
    Look look =
        FileLook.at(
            file.toString(),
            "source.path",
            null,
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

  /** Reads one column as the examples and benchmarks do. */
  public static void texts(Path file) {
    TextFile.forEach(file, "question", text -> {});
  }
}
