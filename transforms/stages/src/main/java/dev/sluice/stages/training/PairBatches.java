package dev.sluice.stages.training;

import dev.sluice.methods.objective.Sequences;
import dev.sluice.methods.prompt.SolvePrompt;
import dev.sluice.models.LanguageModel;
import dev.sluice.models.ScoreRequest;
import dev.sluice.models.training.Trainer;
import dev.sluice.models.training.TrainingSequence;
import dev.sluice.records.Example;
import dev.sluice.records.Hashes;
import dev.sluice.records.Preference;
import dev.sluice.records.Problem;
import dev.sluice.records.RandomStream;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.UnitContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Pairs of solutions as training rows, with their log-probabilities under the first model. */
final class PairBatches {
  /** Rows that are scored in one request. */
  private static final int SCORED_AT_ONCE = 256;

  private final List<TrainingSequence> rows;

  private PairBatches(List<TrainingSequence> rows) {
    this.rows = rows;
  }

  /**
   * Reads the pairs of the unit.
   *
   * @param reference the model that training starts from
   * @throws IllegalStateException if there is no pair, or one of an unknown problem
   */
  static PairBatches of(UnitContext context, Trainer trainer, LanguageModel reference) {
    List<Preference> pairs = context.read("preferences", Tables.PREFERENCES);
    if (pairs.isEmpty()) {
      throw new IllegalStateException(
          "Training on preferences: the table of pairs is empty. Look at the stage that makes it.");
    }
    Map<String, String> prompts = new HashMap<>();
    context.forEach(
        "problems",
        Tables.PROBLEMS,
        (Problem problem) ->
            prompts.put(problem.problemId(), SolvePrompt.orTask(null).text(problem)));
    List<TrainingSequence> rows = new ArrayList<>();
    for (Preference pair : pairs) {
      String prompt = prompts.get(pair.problemId());
      if (prompt == null) {
        throw new IllegalStateException(
            "Training on preferences: the pair %s is of problem %s, which is not among the problems. Give the problems that the pairs were made from: 'input: {problems: NAME}'."
                .formatted(pair.preferenceId(), pair.problemId()));
      }
      rows.add(row(trainer, pair, prompt, pair.chosen()));
      rows.add(row(trainer, pair, prompt, pair.rejected()));
    }
    return new PairBatches(scored(rows, reference));
  }

  private static TrainingSequence row(
      Trainer trainer, Preference pair, String prompt, String completion) {
    return Sequences.completion(
        trainer,
        new Example(
            pair.preferenceId(), prompt, completion, 1, List.of(), List.of(pair.problemId())),
        true);
  }

  private static List<TrainingSequence> scored(
      List<TrainingSequence> rows, LanguageModel reference) {
    List<TrainingSequence> scored = new ArrayList<>();
    for (int from = 0; from < rows.size(); from += SCORED_AT_ONCE) {
      List<TrainingSequence> part =
          rows.subList(from, Math.min(rows.size(), from + SCORED_AT_ONCE));
      List<ScoreRequest> requests = new ArrayList<>();
      for (TrainingSequence row : part) {
        int prompt = prompt(row);
        requests.add(
            new ScoreRequest(
                Arrays.copyOf(row.tokens(), prompt),
                Arrays.copyOfRange(row.tokens(), prompt, row.tokens().length),
                1));
      }
      List<float[]> logprobs = reference.score(requests);
      for (int i = 0; i < part.size(); i++) {
        scored.add(compared(part.get(i), logprobs.get(i)));
      }
    }
    return scored;
  }

  /** Number of tokens of the prompt: those without a weight. */
  private static int prompt(TrainingSequence row) {
    int prompt = 0;
    while (row.weights()[prompt] == 0) {
      prompt++;
    }
    return prompt;
  }

  private static TrainingSequence compared(TrainingSequence row, float[] logprobs) {
    int length = row.tokens().length;
    float[] reference = new float[length];
    System.arraycopy(logprobs, 0, reference, length - logprobs.length, logprobs.length);
    float[] none = new float[0];
    return new TrainingSequence(row.tokens(), row.weights(), none, none, reference, none);
  }

  /** Number of pairs. */
  int size() {
    return rows.size() / 2;
  }

  /** The rows of a step: pairs drawn with replacement. */
  List<TrainingSequence> batch(long runSeed, int pairs, int step) {
    List<TrainingSequence> batch = new ArrayList<>(2 * pairs);
    RandomStream random =
        new RandomStream(Hashes.seed(runSeed, FineTune.NAME, "batch", 0, "", step));
    for (int i = 0; i < pairs; i++) {
      int pair = random.nextInt(size());
      batch.add(rows.get(2 * pair));
      batch.add(rows.get(2 * pair + 1));
    }
    return batch;
  }
}
