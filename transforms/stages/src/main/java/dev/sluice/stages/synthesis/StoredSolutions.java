package dev.sluice.stages.synthesis;

import dev.sluice.records.config.Key;
import dev.sluice.stages.dataset.DatasetShape;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Solutions stored in a file: one row per solution, lists of solutions in a column, or several
 * columns with a solution each. All rows of a question give solutions to it, in the file's order,
 * within a row in the order of columns and items.
 *
 * @param path the file
 * @param question column of the problem's text, by which solutions meet their problems
 * @param id column of the problem's id, by which they meet as well; null if there is none
 * @param solutions column of a solution's text or of a list of them; null if {@code columns} name
 *     them
 * @param correct column of their stored correctness; null if there is none
 * @param columns the columns that hold solutions; empty if {@code solutions} names them
 * @param dataset the shape of the rows, which then name no columns; null if the other keys do
 */
public record StoredSolutions(
    @Key(value = "Path of the file. Its extension selects the format.", refersTo = Key.FILE)
        String path,
    @Key(
            value = "Column of the question; it assigns solutions to problems.",
            byDefault = "question")
        String question,
    @Key(
            "Column of the problem id. Rows with the same id or question belong to one problem. Solutions are matched by id if the problem source has an `id` column, else by question.")
        @Nullable String id,
    @Key(
            "Column of the solutions: one solution per row, or a list, such as `responses` or `responses[*].text`.")
        @Nullable String solutions,
    @Key(
            "Column that says whether each of `solutions` is correct: one value, or a list of the same length. Only Evaluate reads it.")
        @Nullable String correct,
    @Key(value = "Columns of solutions, instead of `solutions`.", byDefault = "[]")
        List<Column> columns,
    @Key(
            "Dataset whose rows the file has, instead of names of columns. Solutions are matched by all that a row asks; steps are those of the row.")
        @Nullable DatasetShape dataset)
    implements Serializable {
  private static final String QUESTION = "question";

  public StoredSolutions {
    columns = List.copyOf(columns);
  }

  /**
   * One column.
   *
   * @param text column of the solution's text, or of a list of them
   * @param correct column of its stored correctness; null if there is none
   */
  public record Column(
      @Key(
              "Column of the solution's text or of a list. A dot selects a field of an object, `[*]` each item of a list.")
          String text,
      @Key("Column that says whether the solution is correct. Only Evaluate reads it.")
          @Nullable String correct)
      implements Serializable {}

  /** All columns with solutions. */
  List<Column> all() {
    return solutions == null ? columns : List.of(new Column(solutions, correct));
  }

  /** The columns that are read of the file. */
  List<FileColumn> named(String prefix) {
    List<@Nullable FileColumn> named = new ArrayList<>();
    named.add(
        id == null
            ? FileColumn.everyRow(prefix + "question", question)
            : FileColumn.everyRow(prefix + "id", id).unless(question));
    if (solutions != null) {
      named.add(FileColumn.everyRow(prefix + "solutions", solutions));
    }
    named.add(FileColumn.optional(prefix + "correct", correct));
    for (int i = 0; i < columns.size(); i++) {
      String at = prefix + "columns[%d].".formatted(i);
      named.add(FileColumn.everyRow(at + "text", columns.get(i).text()));
      named.add(FileColumn.optional(at + "correct", columns.get(i).correct()));
    }
    return FileColumn.all(named.toArray(FileColumn[]::new));
  }

  /** What is wrong with the keys together; null if nothing is. */
  @Nullable String objection() {
    if (dataset != null) {
      return solutions != null
              || id != null
              || correct != null
              || !columns.isEmpty()
              || !question.equals(QUESTION)
          ? "rows of '%s' have columns of their own; leave 'dataset' or the names of columns out"
              .formatted(dataset.name())
          : null;
    }
    if ((solutions == null) == columns.isEmpty()) {
      return "solutions are in one column 'solutions' or in several 'columns'; name one of the two";
    }
    return solutions == null && correct != null
        ? "'correct' belongs to 'solutions'; name it in each of the 'columns' instead"
        : null;
  }
}
