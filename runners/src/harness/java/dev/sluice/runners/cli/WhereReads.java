package dev.sluice.runners.cli;

import dev.sluice.records.RowFilter;
import dev.sluice.records.RowFilterException;
import dev.sluice.runners.fuzz.targets.Sentence;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Chooses rows by an expression, for a look at what strange ones do. */
public final class WhereReads {
  private static final Map<String, @Nullable Object> ROW =
      Map.of(
          "votes",
          3,
          "status",
          "tie",
          "agreement",
          List.of(0.5, 1.0),
          "parsed",
          true,
          "usage",
          Map.of("calls", 2L, "cost", 0.25),
          "criteria",
          List.of(Map.of("id", "a", "weight", 1.0), Map.of("id", "b", "weight", 2.0)),
          "text",
          "it's \"so\" and so");

  private WhereReads() {}

  /** Whether an expression can be used. */
  public static boolean read(String expression) {
    try {
      RowFilter filter = RowFilter.of(expression);
      boolean unused = filter.test(ROW);
      return true;
    } catch (RowFilterException e) {
      // What was typed is quoted as it was typed.
      Sentence.quoted(String.valueOf(e.getMessage()));
      return false;
    }
  }
}
