package dev.sluice.stages.synthesis;

import dev.sluice.records.DeadLetter;
import dev.sluice.records.manifest.Counts;
import dev.sluice.stages.Unit;
import dev.sluice.stages.UnitContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rows of a dataset that state no problem, so that no shard of problems leads to them: a unit
 * of its own counts them.
 */
public final class LostRows {
  private static final String KIND = "lost";

  private LostRows() {}

  /** The unit; empty if every row states a problem. */
  public static Optional<Unit> unit(DatasetReader reader) {
    return reader.hasLostRows() ? Optional.of(Unit.of(KIND, KIND, Map.of())) : Optional.empty();
  }

  /** Whether a unit is that one. */
  public static boolean are(Unit unit) {
    return unit.kind().equals(KIND);
  }

  /**
   * Does the unit: a dead letter for each of the rows.
   *
   * @param doing what is being done, such as {@code Reading labels}
   */
  public static void count(UnitContext context, DatasetReader reader, String doing, String stage) {
    List<DeadLetter> letters = reader.lostRows(doing, stage);
    letters.forEach(context::dead);
    context.count(new Counts(0, letters.size(), 0, letters.size(), 0));
  }
}
