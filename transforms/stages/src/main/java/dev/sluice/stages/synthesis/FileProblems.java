package dev.sluice.stages.synthesis;

import dev.sluice.methods.arithmetic.Chain;
import dev.sluice.methods.task.ArithmeticTask;
import dev.sluice.methods.task.TaskFormat;
import dev.sluice.records.Hashes;
import dev.sluice.records.Message;
import dev.sluice.records.Problem;
import dev.sluice.stages.dataset.DatasetProblem;
import dev.sluice.stages.dataset.DatasetRowException;
import dev.sluice.stages.dataset.DatasetShape;
import dev.sluice.stages.dataset.PlainNumber;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Problems of a file's rows. */
final class FileProblems {
  /** Attribute of a problem's id in its file, where a column of ids is named. */
  static final String ID = "id";

  private static final String ROW = "row";

  /** Attributes that no column may take. */
  static final Set<String> OWN = Set.of(TaskFormat.ATTRIBUTE, ROW, ID);

  private FileProblems() {}

  /**
   * Why a row is no problem.
   *
   * @param kind one word, the class of a dead letter
   * @param what what the row has or lacks, to follow "row 3"
   */
  record Fault(String kind, String what) {}

  /** What is wrong with a row by itself; null if nothing is. */
  static @Nullable Fault fault(FileSource source, FileRow row) {
    if (source.dataset() != null) {
      return faultOfDataset(source, row);
    }
    String question = question(source, row);
    if (question == null || question.isBlank()) {
      return new Fault("missing", "has no question");
    }
    String difficulty = difficulty(source, row);
    if (difficulty != null && !difficulty.matches("-?\\d{1,9}")) {
      return new Fault(
          "invalid", "has the difficulty '%s', which is not a whole number".formatted(difficulty));
    }
    return faultOfWorld(source, question);
  }

  private static @Nullable Fault faultOfWorld(FileSource source, String question) {
    return source.format().equals(ArithmeticTask.NAME) && !Chain.matches(question)
        ? new Fault("invalid", "is not a chain of the arithmetic world, such as 23+4-8*3")
        : null;
  }

  private static @Nullable Fault faultOfDataset(FileSource source, FileRow row) {
    try {
      return faultOfWorld(source, question(asked(source, row).messages()));
    } catch (DatasetRowException e) {
      return new Fault(e.errorClass(), e.what());
    }
  }

  /** What a row of a dataset asks. */
  private static DatasetProblem asked(FileSource source, FileRow row) {
    DatasetShape dataset = Objects.requireNonNull(source.dataset());
    return new StoredRow(row, 0).read(dataset::problem);
  }

  private static String question(List<Message> messages) {
    return new Problem("", messages, null, "", null, Map.of()).question();
  }

  /** The problem's messages; only of a row without a fault. */
  static List<Message> messages(FileSource source, FileRow row) {
    String question = question(source, row);
    return List.of(Message.user(question == null ? "" : question));
  }

  /** The problem of a row without a fault. */
  static Problem problem(FileSource source, FileRow row, int index) {
    if (source.dataset() != null) {
      DatasetProblem asked = asked(source, row);
      return problem(
          source,
          asked.messages(),
          asked.referenceAnswer(),
          source.dataset().name(),
          null,
          asked.id(),
          Map.of(),
          index);
    }
    List<Message> messages = messages(source, row);
    String reference = source.columns().referenceAnswer();
    return problem(
        source,
        messages,
        reference == null ? null : row.text(reference),
        "file",
        difficulty(source, row),
        id(source, row),
        attributes(source, row),
        index);
  }

  /** The attributes whose columns the row has. */
  private static Map<String, String> attributes(FileSource source, FileRow row) {
    Map<String, String> found = new HashMap<>();
    source
        .columns()
        .attributes()
        .forEach(
            (name, column) -> {
              String value = row.text(column);
              if (value != null) {
                found.put(name, value);
              }
            });
    return found;
  }

  private static Problem problem(
      FileSource source,
      List<Message> messages,
      @Nullable String reference,
      String origin,
      @Nullable String difficulty,
      @Nullable String id,
      Map<String, String> named,
      int index) {
    Map<String, String> attributes = new HashMap<>(named);
    attributes.put(TaskFormat.ATTRIBUTE, source.format());
    attributes.put(ROW, Integer.toString(index));
    if (id != null) {
      attributes.put(ID, id);
    }
    return new Problem(
        Hashes.problemId(messages),
        messages,
        reference(reference),
        origin,
        difficulty == null ? null : Integer.valueOf(difficulty),
        attributes);
  }

  /** The problem's id in its file; null if no column of ids is named, or the row has none. */
  static @Nullable String id(FileSource source, FileRow row) {
    String column = source.columns().id();
    return column == null ? null : row.text(column);
  }

  // Of 1e-05 in a CSV file the answer would be taken for 05.
  private static @Nullable String reference(@Nullable String text) {
    return text == null ? null : PlainNumber.writtenOut(text);
  }

  private static @Nullable String question(FileSource source, FileRow row) {
    return row.text(source.columns().question());
  }

  private static @Nullable String difficulty(FileSource source, FileRow row) {
    String column = source.columns().difficulty();
    return column == null ? null : row.text(column);
  }
}
