package dev.sluice.stages.evaluation;

import dev.sluice.methods.RowFault;
import dev.sluice.models.Completion;
import dev.sluice.models.Generation;
import dev.sluice.models.LanguageModel;
import dev.sluice.models.Sampling;
import dev.sluice.records.Hashes;
import dev.sluice.records.Problem;
import dev.sluice.records.Solution;
import dev.sluice.records.manifest.Counts;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.Unit;
import dev.sluice.stages.UnitContext;
import dev.sluice.stages.synthesis.SampleSolutions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * Samples one model on one shard of problems. The index of a sample tells how it was drawn: first
 * those at temperature 1, then those at 0.7, then the greedy one. Base and policy draw with the
 * same seeds, so that their difference is theirs alone.
 */
public final class SampleUnit {
  static final double COOL = 0.7;

  /** The key of the config that names the model. */
  record Parameters(String who) implements Unit.Parameters {}

  /** Number of requests that failed, for the driver. */
  static final String UNANSWERED = "unanswered";

  private final EvaluateConfig config;
  private final UnitContext context;
  private int unanswered;

  SampleUnit(EvaluateConfig config, UnitContext context) {
    this.config = config;
    this.context = context;
  }

  void work() {
    String who = context.unit().parameters(Parameters.class).who();
    String name = Objects.requireNonNull(who.equals("base") ? config.base() : config.policy());
    LanguageModel model = context.model(name);
    String revision = context.modelRevision(name);
    context.begin(Tables.SOLUTIONS);
    List<Problem> problems = context.read("problems", Tables.PROBLEMS);
    List<List<Generation>> draws =
        List.of(
            draw(model, problems, "t1", config.samples(), 1.0),
            draw(model, problems, "t07", config.coolSamples(), COOL),
            draw(model, problems, "greedy", 1, 0));
    for (int p = 0; p < problems.size(); p++) {
      int index = 0;
      for (List<Generation> draw : draws) {
        if (draw.isEmpty()) {
          continue;
        }
        Generation generation = draw.get(p);
        for (int k = 0; k < generation.completions().size(); k++) {
          context.write(
              Tables.SOLUTIONS,
              read(model, problems.get(p), generation, who, k, index++, revision));
        }
      }
    }
    context.value(UNANSWERED, unanswered);
    context.count(Counts.NONE);
  }

  private List<Generation> draw(
      LanguageModel model, List<Problem> problems, String salt, int samples, double temperature) {
    if (samples == 0) {
      return List.of();
    }
    List<Generation> drawn =
        model.generate(
            SampleSolutions.requests(
                problems,
                config.asked(),
                context.seed(),
                "evaluate/" + salt,
                samples,
                Sampling.at(temperature, config.maxTokens())
                    .endedBy(config.asked().stop(List.of()))));
    return drawn.stream().map(generation -> answered(generation, samples)).toList();
  }

  /** A request that failed counts as samples cut off before the first token: all wrong. */
  private Generation answered(Generation generation, int samples) {
    if (generation.error() == null) {
      return generation;
    }
    unanswered++;
    return unanswered(generation, samples);
  }

  private static Generation unanswered(Generation generation, int samples) {
    Completion nothing =
        new Completion("", new int[0], new float[0], Completion.FinishReason.LENGTH);
    return new Generation(Collections.nCopies(samples, nothing), generation.promptTokens(), null);
  }

  /** One that cannot be read counts as unanswered too. */
  private Solution read(
      LanguageModel model,
      Problem problem,
      Generation generation,
      String who,
      int k,
      int index,
      String revision) {
    List<Solution> read = new ArrayList<>();
    RowFault.read(
        () -> row(model, problem, generation, who, k, index, revision),
        read::add,
        fault -> {
          unanswered++;
          read.add(row(model, problem, unanswered(generation, k + 1), who, k, index, revision));
        });
    return read.get(0);
  }

  private static Solution row(
      LanguageModel model,
      Problem problem,
      Generation generation,
      String who,
      int k,
      int index,
      String revision) {
    Solution solution =
        SampleSolutions.solution(model, problem, k, generation, k, Evaluate.NAME, revision);
    return new Solution(
        Hashes.childId(problem.problemId(), Evaluate.NAME + "/" + who, index),
        solution.problemId(),
        index,
        solution.text(),
        solution.steps(),
        solution.finalAnswer(),
        solution.finishReason(),
        solution.promptTokens(),
        solution.completionTokens(),
        solution.meanLogprob(),
        solution.answerLogprob(),
        solution.model(),
        null,
        solution.contentHash());
  }

  /** The samples of a model by how they were drawn. */
  public record Drawn(List<Solution> warm, List<Solution> cool, List<Solution> greedy) {

    /** The samples of one model, by their indexes. */
    public static Drawn of(EvaluateConfig config, List<Solution> solutions) {
      Drawn drawn = new Drawn(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
      for (Solution solution : solutions) {
        if (solution.sampleIndex() < config.samples()) {
          drawn.warm.add(solution);
        } else if (solution.sampleIndex() < config.samples() + config.coolSamples()) {
          drawn.cool.add(solution);
        } else {
          drawn.greedy.add(solution);
        }
      }
      return drawn;
    }
  }
}
