package dev.sluice.export.dataset;

import dev.sluice.export.Artifact;
import dev.sluice.export.ExportException;
import dev.sluice.export.ExportSource;
import dev.sluice.export.Near;
import dev.sluice.export.SplitOptions;
import dev.sluice.export.screen.Screen;
import dev.sluice.export.split.Placed;
import dev.sluice.export.split.Placement;
import dev.sluice.records.Problem;
import dev.sluice.records.parquet.Tables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The part of each problem, and the problems that no part takes: those of evaluation sets, and
 * those near problems of several parts. Decided by the table of problems alone, so a problem is in
 * the same part in every format.
 */
final class ProblemParts {
  /** The part of a problem that is left out. */
  static final int NONE = Placed.NO_PART;

  private static final Set<String> REFERENCES = Set.of("reference_answer");
  private static final String CONTAMINATED = "problems of evaluation sets (decontamination)";
  private static final String BETWEEN = "problems near problems of several parts";

  private final SplitOptions options;
  private final List<String> names;
  private final Placement placement;
  private final boolean remembers;
  private final Map<String, Integer> parts = new HashMap<>();
  private final List<Removed> removed = new ArrayList<>();
  private final List<PlacedProblem> placed = new ArrayList<>();

  private ProblemParts(SplitOptions options, boolean remembers) {
    this.options = options;
    this.remembers = remembers;
    this.names = options.split().parts().stream().map(part -> part.name()).toList();
    // Near-duplicates matter only where there is another part to be in.
    this.placement = Placement.of(options.split(), names.size() == 1 ? null : options.near());
  }

  /**
   * A problem that was removed.
   *
   * @param problemId its id
   * @param reason why
   * @param set the set that has it, or the ids of the problems that it is near to
   * @param row its row in the set, from 0; null if there is no set
   * @param share share of words or runs of words that both have, above 0 to 1
   */
  record Removed(
      String problemId, String reason, String set, @Nullable Integer row, double share) {}

  /**
   * Places the problems of a table.
   *
   * @param problems the table; null if every row goes by its own hash
   * @param screen the texts that must not be trained on
   * @param earlier the export to which this one is appended; null if none is ever to be
   * @param scrubbed what becomes of a text before it is compared and kept
   * @param progress takes the number of problems that are placed, for who waits
   */
  static ProblemParts of(
      SplitOptions options,
      @Nullable Artifact problems,
      Screen screen,
      @Nullable EarlierExport earlier,
      UnaryOperator<String> scrubbed,
      LongConsumer progress) {
    ProblemParts parts = new ProblemParts(options, earlier != null);
    if (earlier != null) {
      earlier.problems().forEach(parts::hold);
    }
    if (problems != null) {
      problems
          .manifest()
          .shards("problems")
          .forEach(
              shard ->
                  problems.forEach(
                      shard,
                      Tables.PROBLEMS,
                      REFERENCES,
                      problem -> {
                        parts.place(problem, screen, scrubbed);
                        progress.accept(parts.parts.size());
                      }));
    }
    return parts;
  }

  private void hold(PlacedProblem earlier) {
    int part = names.indexOf(earlier.part());
    parts.put(earlier.problemId(), part);
    if (part >= 0) {
      placement.hold(earlier.problemId(), earlier.question(), earlier.stratum(), part);
    }
    placed.add(earlier);
  }

  private void place(Problem problem, Screen screen, UnaryOperator<String> scrubbed) {
    String id = problem.problemId();
    if (parts.containsKey(id)) {
      return;
    }
    String question = scrubbed.apply(problem.question());
    String stratum = stratum(problem);
    Optional<Screen.Overlap> overlap = screen.find(problem.question());
    int part = NONE;
    if (overlap.isPresent()) {
      Screen.Overlap found = overlap.get();
      removed.add(new Removed(id, CONTAMINATED, found.set(), found.row(), found.share()));
    } else {
      Placed where = placement.place(id, question, stratum);
      part = where.part();
      if (where.leftOut()) {
        removed.add(
            new Removed(
                id,
                BETWEEN,
                where.neighbours(names),
                null,
                where.neighbours().get(0).similarity()));
      }
    }
    parts.put(id, part);
    if (remembers) {
      placed.add(
          new PlacedProblem(id, part == NONE ? "" : names.get(part), stratum, question, false));
    }
  }

  private @Nullable String stratum(Problem problem) {
    String column = options.stratify();
    if (column == null) {
      return null;
    }
    if (column.startsWith("attributes.")) {
      return problem.attributes().getOrDefault(column.substring("attributes.".length()), "");
    }
    return switch (column) {
      case "source" -> problem.source();
      case "difficulty" -> String.valueOf(problem.difficulty());
      default ->
          throw new ExportException(
              "Problems cannot be stratified by '%s'%s Take difficulty, source or attributes.NAME."
                  .formatted(column, Near.suggestion(column, List.of("difficulty", "source"))));
    };
  }

  /** The part of a problem; {@link #NONE} if it is left out. */
  int part(String problemId) {
    Integer known = parts.get(problemId);
    return known == null ? options.split().part(problemId) : known;
  }

  /** The problems that were removed, in the order of the table. */
  List<Removed> removed() {
    return removed;
  }

  /** The problems with their parts, for exports that are appended: those of earlier ones first. */
  List<PlacedProblem> placed() {
    return placed;
  }

  /** Counts what was removed, by the reason. */
  void count(ExportSource source) {
    for (String reason : List.of(CONTAMINATED, BETWEEN)) {
      source.leftOut(reason, removed.stream().filter(each -> each.reason().equals(reason)).count());
    }
  }
}
