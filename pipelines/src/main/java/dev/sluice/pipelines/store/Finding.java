package dev.sluice.pipelines.store;

import dev.sluice.records.Printable;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that is wrong in a workspace.
 *
 * @param path place of the file, relative to the workspace
 * @param problem what is wrong with it, as the rest of a sentence that begins with the path
 * @param next what follows from it and what to do, as a sentence without its full stop
 * @param kind how much it matters
 * @param damage the file and what was expected of it, if a manifest or a unit's record lists it
 * @param stage the stage that made the file, if that is known
 */
public record Finding(
    String path,
    String problem,
    String next,
    Kind kind,
    @Nullable Damage damage,
    @Nullable String stage) {

  private static final String ASIDE =
      "it is not read; 'sluice verify --repair' sets it aside, and the next run of its file recomputes it";

  /** What files say is quoted as far as a person reads. */
  public Finding {
    problem = Printable.shortened(problem);
  }

  /** How much a finding matters. */
  public enum Kind {
    /** Something is lost or wrong that the next run makes anew once it is set aside. */
    DAMAGED,
    /** Something is lost or wrong that no run makes anew. */
    LOST,
    /** As a process that was killed leaves it, or without any effect. */
    NOTE
  }

  /** A file that is not what a manifest says. */
  public static Finding of(Damage damage, String stage) {
    return of(damage, stage, " (stage " + stage + ")", ASIDE);
  }

  static Finding of(Damage damage, String stage, String maker, String next) {
    String problem =
        damage.missing()
            ? "is missing: expected " + damage.expected()
            : "is damaged: expected %s, found %s".formatted(damage.expected(), damage.actual());
    return new Finding(damage.path(), problem + maker, next, Kind.DAMAGED, damage, stage);
  }

  /** What the next run makes anew. */
  public static Finding damaged(String path, String problem, String next) {
    return new Finding(path, problem, next, Kind.DAMAGED, null, null);
  }

  /** What no run makes anew. */
  public static Finding lost(String path, String problem, String next) {
    return new Finding(path, problem, next, Kind.LOST, null, null);
  }

  /** What does no harm. */
  public static Finding note(String path, String problem, String next) {
    return new Finding(path, problem, next, Kind.NOTE, null, null);
  }

  /** All of it, as a sentence. */
  public String sentence() {
    return "%s %s; %s.".formatted(path, problem, next);
  }

  /** What scripts read besides: {@code stage}, {@code expected} and {@code actual}. */
  public Map<String, String> more() {
    Map<String, String> more = new LinkedHashMap<>();
    if (stage != null) {
      more.put("stage", stage);
    }
    if (damage != null) {
      more.put("expected", damage.expected());
      more.put("actual", damage.actual());
    }
    return more;
  }
}
