package dev.sluice.stages.aggregation;

import dev.sluice.methods.verification.Vote;
import dev.sluice.records.Verification;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.UnitContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The votes at the port {@code verifications}, solution by solution. Tables of a chain are cut
 * alike and keep their order, so a solution's votes stand together and are handed on as soon as the
 * next solution begins: while they are in the processor's cache, and without keeping them. Where
 * they do not, they are gathered in a second reading.
 */
final class VotesBySolution {
  /** Columns that no estimator looks at. */
  private static final Set<String> UNREAD =
      Set.of("problem_id", "prompt_tokens", "completion_tokens", "model");

  private VotesBySolution() {}

  /** The votes on one solution; of those that did not parse only the number is kept. */
  static final class Votes {
    private final List<Vote> parsed = new ArrayList<>();
    private int asked;

    private void add(Verification row) {
      asked++;
      if (row.parsed()) {
        parsed.add(Vote.of(row));
      }
    }

    /** The parsed ones, in the order of the table. */
    List<Vote> parsed() {
      return parsed;
    }

    /** Number of votes asked for, those that did not parse included. */
    int asked() {
      return asked;
    }
  }

  /**
   * Hands the votes of every solution on, by its id. A solution may be handed on twice: the last
   * time with all of its votes.
   *
   * @param texts whether the votes' texts are needed
   */
  static void forEach(UnitContext context, boolean texts, BiConsumer<String, Votes> consumer) {
    Set<String> without = new HashSet<>(UNREAD);
    if (!texts) {
      without.add("text");
    }
    Neighbours neighbours = new Neighbours(consumer);
    context.forEach("verifications", Tables.VERIFICATIONS, without, neighbours::add);
    neighbours.end();
    if (neighbours.scattered) {
      Map<String, Votes> all = new HashMap<>();
      context.forEach(
          "verifications",
          Tables.VERIFICATIONS,
          without,
          row -> all.computeIfAbsent(row.solutionId(), id -> new Votes()).add(row));
      all.forEach(consumer);
    }
  }

  /** Votes that stand together. */
  private static final class Neighbours {
    private final BiConsumer<String, Votes> consumer;
    private final Set<String> ended = new HashSet<>();
    private @Nullable String solution;
    private Votes votes = new Votes();
    private boolean scattered;

    Neighbours(BiConsumer<String, Votes> consumer) {
      this.consumer = consumer;
    }

    void add(Verification row) {
      if (!row.solutionId().equals(solution)) {
        end();
        solution = row.solutionId();
        votes = new Votes();
        scattered |= ended.contains(solution);
      }
      votes.add(row);
    }

    void end() {
      if (solution != null && !scattered) {
        ended.add(solution);
        consumer.accept(solution, votes);
      }
    }
  }
}
