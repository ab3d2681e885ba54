package dev.sluice.stages.synthesis;

import dev.sluice.records.config.Key;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Solutions that stand in a file beside their problems, several columns with one solution each.
 *
 * @param path the file
 * @param question column of the problem's text, by which solutions meet their problems
 * @param columns the columns that hold solutions
 */
public record StoredSolutions(
    @Key(value = "The file; its ending tells its kind.", refersTo = Key.FILE) String path,
    @Key(
            value = "Column of the question, by which solutions meet their problems.",
            byDefault = "question")
        String question,
    @Key(value = "The columns that hold a solution each.", min = 1) List<Column> columns)
    implements Serializable {

  /**
   * One column.
   *
   * @param text column of the solution's text; a dot reaches into an object
   * @param correct column of its stored correctness; null if there is none
   */
  public record Column(
      @Key("Column of the solution's text; a dot reaches into an object.") String text,
      @Key("Column of its stored correctness, which Evaluate alone may load.")
          @Nullable String correct)
      implements Serializable {}
}
