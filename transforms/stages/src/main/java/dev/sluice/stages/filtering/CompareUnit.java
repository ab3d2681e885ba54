package dev.sluice.stages.filtering;

import dev.sluice.methods.text.NearDuplicates;
import dev.sluice.methods.text.Repeats;
import dev.sluice.records.DroppedProblem;
import dev.sluice.records.manifest.Counts;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.UnitContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides on all problems, in their order: of what is left out nothing is a repeat. Benchmarks come
 * first, then runs of words, then meaning.
 */
final class CompareUnit {
  static final String BENCHMARK = "benchmark";
  static final String NEAR_DUPLICATE = "near_duplicate";
  static final String PARAPHRASE = "paraphrase";

  private final FilterProblemsConfig config;
  private final UnitContext context;
  private final List<String> ids = new ArrayList<>();
  private final List<String> questions = new ArrayList<>();

  CompareUnit(FilterProblemsConfig config, UnitContext context) {
    this.config = config;
    this.context = context;
  }

  void work() {
    context.begin(Tables.DROPPED_PROBLEMS);
    context.forEach(
        FilterProblems.PROBLEMS,
        Tables.PROBLEMS,
        problem -> {
          ids.add(problem.problemId());
          questions.add(problem.question());
        });
    Benchmarks benchmarks = Benchmarks.of(config);
    List<Rule> rules = rules();
    for (int i = 0; i < ids.size(); i++) {
      DroppedProblem dropped = inBenchmark(ids.get(i), questions.get(i), benchmarks);
      for (Rule rule : dropped == null ? rules : List.<Rule>of()) {
        dropped = dropped == null ? rule.find(ids.get(i), i) : dropped;
      }
      if (dropped == null) {
        for (Rule rule : rules) {
          rule.repeats().keep(rule.first() + i);
        }
      } else {
        context.write(Tables.DROPPED_PROBLEMS, dropped);
      }
      context.progress(1, ids.size());
    }
    context.count(Counts.NONE);
  }

  /**
   * A rule with the names of its texts.
   *
   * @param names of all its texts, those of problems from {@code first} on
   */
  private record Rule(String reason, Repeats repeats, List<String> names, int first) {
    @Nullable DroppedProblem find(String id, int problem) {
      Repeats.Repeat repeat = repeats.of(first + problem);
      return repeat == null
          ? null
          : new DroppedProblem(id, reason, names.get(repeat.of()), repeat.similarity());
    }
  }

  private List<Rule> rules() {
    List<Rule> rules = new ArrayList<>();
    FilterProblemsConfig.Alike alike = config.nearDuplicates();
    if (alike != null) {
      Repeats words = new NearDuplicates(alike.runWords(), alike.similarity(), questions);
      rules.add(new Rule(NEAR_DUPLICATE, words, ids, 0));
    }
    FilterProblemsConfig.Meaning meaning = config.paraphrases();
    if (meaning != null) {
      rules.add(paraphrases(meaning));
    }
    return rules;
  }

  /** The texts of benchmarks stand before the problems, and are kept from the beginning. */
  private Rule paraphrases(FilterProblemsConfig.Meaning meaning) {
    List<String> names = new ArrayList<>();
    List<float[]> vectors = new ArrayList<>();
    context.forEach(
        FilterProblems.VECTORS,
        Tables.TEXT_VECTORS,
        row -> {
          names.add(row.textId());
          float[] vector = new float[row.vector().size()];
          for (int i = 0; i < vector.length; i++) {
            vector[i] = row.vector().get(i);
          }
          vectors.add(vector);
        });
    Repeats repeats = new Paraphrases(meaning.similarity(), vectors);
    int first = names.size() - ids.size();
    for (int i = 0; i < first; i++) {
      repeats.keep(i);
    }
    return new Rule(PARAPHRASE, repeats, names, first);
  }

  /** What a problem is left out for because of a benchmark's words; null if it is not. */
  static @Nullable DroppedProblem inBenchmark(String id, String question, Benchmarks known) {
    Benchmarks.Found found = known.find(question);
    return found == null
        ? null
        : new DroppedProblem(
            id, BENCHMARK, Benchmarks.name(found.file(), found.row()), found.share());
  }
}
