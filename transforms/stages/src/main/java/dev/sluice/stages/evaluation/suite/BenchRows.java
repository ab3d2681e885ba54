package dev.sluice.stages.evaluation.suite;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.methods.task.TaskFormat;
import dev.sluice.methods.verification.JudgeRequest;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.records.Problem;
import dev.sluice.records.SolutionScore;
import dev.sluice.records.config.Key;
import dev.sluice.records.manifest.Counts;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.Unit;
import dev.sluice.stages.UnitContext;
import dev.sluice.stages.dataset.DatasetContent;
import dev.sluice.stages.dataset.DatasetPair;
import dev.sluice.stages.dataset.DatasetProblem;
import dev.sluice.stages.dataset.DatasetRow;
import dev.sluice.stages.dataset.DatasetRowException;
import dev.sluice.stages.dataset.DatasetShape;
import dev.sluice.stages.dataset.DatasetSolution;
import dev.sluice.stages.dataset.PreferenceShape;
import dev.sluice.stages.evaluation.Evaluate;
import dev.sluice.stages.evaluation.EvaluateConfig;
import dev.sluice.stages.evaluation.Suite;
import dev.sluice.stages.synthesis.DatasetFile;
import dev.sluice.stages.synthesis.DatasetReader;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The rows of a benchmark of reward models: the responses to a prompt, of which some are to score
 * higher than the others. They are read from the benchmark's file, since one prompt may be in
 * several subsets.
 */
record BenchRows(
    @Key(
            value = "Path of the benchmark's file. Its extension selects the format.",
            refersTo = Key.FILE)
        String path,
    @Key(value = "Dataset whose rows the file has.", byDefault = "preference") DatasetShape dataset,
    @Key(
            value =
                "What scores the responses: the `reward` model with the settings of `judge`, the untrained `verifier`, or the `file`: the column `scores` with those of the chosen responses first, or `scores_chosen` and `scores_rejected`.",
            byDefault = "reward")
        By scores,
    @Key(
            value = "Format of the problems, which decides how a model is asked.",
            byDefault = "text",
            choices = {"text", "arithmetic"})
        String format)
    implements Serializable {
  /** Units among which the rows are shared out. */
  private static final int UNITS = 8;

  private static final String FIRST = "scores_chosen";
  private static final String SECOND = "scores_rejected";

  /** What scores responses. */
  public enum By {
    /** The trained reward model. */
    REWARD,
    /** The untrained judge. */
    VERIFIER,
    /** The file itself. */
    FILE
  }

  /** The share of a unit. */
  record Parameters(int part, int parts) implements Unit.Parameters {}

  /**
   * A row with its scores.
   *
   * @param subset as the file writes it; empty if it has none
   * @param id of the row in the file; its index if it has none
   * @param chosen scores of the responses that are to score higher
   * @param rejected scores of the others
   */
  record Scored(String subset, String id, List<Double> chosen, List<Double> rejected) {}

  /**
   * What a row holds.
   *
   * @param chosen indexes of the responses that are to score higher, in the order of the row
   */
  private record Content(
      String subset,
      String id,
      DatasetProblem problem,
      List<String> texts,
      List<Integer> chosen,
      List<Integer> rejected,
      List<Double> scores) {}

  /** The usual keys, without a file. */
  static final BenchRows USUAL = new BenchRows("", new PreferenceShape(), By.REWARD, "text");

  Set<String> models() {
    return scores == By.FILE ? Set.of() : Set.of(scores.name().toLowerCase(Locale.ROOT));
  }

  List<ConfigMistake> check(String key) {
    return DatasetFile.lacks(dataset, key + ".dataset", DatasetContent.PAIRS);
  }

  /** The port at which the last unit reads the scores. */
  static String port(String suite) {
    return "scores." + suite;
  }

  List<Suite.Judging> units(String suite, List<ShardFile> problems) {
    List<Suite.Judging> units = new ArrayList<>();
    int parts = scores == By.FILE ? 1 : UNITS;
    for (int part = 0; part < parts; part++) {
      units.add(
          new Suite.Judging(
              Unit.of(suite + "-" + part, suite, Map.of(), new Parameters(part, parts)),
              port(suite),
              Tables.SOLUTION_SCORES.name()));
    }
    return units;
  }

  /**
   * Scores the responses of a share of the rows, unless the file does; a row that cannot be read is
   * a dead letter.
   */
  void work(String suite, EvaluateConfig config, UnitContext context) {
    Parameters share = context.unit().parameters(Parameters.class);
    context.begin(Tables.SOLUTION_SCORES);
    List<JudgeRequest> cases = new ArrayList<>();
    int[] index = new int[1];
    long[] dead = new long[1];
    DatasetReader.forEach(
        path,
        Integer.MAX_VALUE,
        row -> {
          int at = index[0]++;
          if (at % share.parts() != share.part()) {
            return;
          }
          try {
            Content content = row.read(this::content);
            if (scores != By.FILE) {
              cases.addAll(requests(content, at));
            }
          } catch (DatasetRowException e) {
            dead[0]++;
            context.dead(
                row.letter(
                    "Reading the benchmark of the suite '%s'".formatted(suite),
                    e,
                    Evaluate.NAME,
                    row.id()));
          }
        });
    if (!cases.isEmpty()) {
      ScoreSource.By by = scores == By.VERIFIER ? ScoreSource.By.VERIFIER : ScoreSource.By.REWARD;
      new Scorer(config, context, by)
          .scores(cases, suite)
          .forEach(score -> context.write(Tables.SOLUTION_SCORES, score));
    }
    context.count(new Counts(0, dead[0], 0, dead[0], 0));
  }

  private List<JudgeRequest> requests(Content content, int index) {
    Problem problem =
        new Problem(
            content.problem().problemId(),
            content.problem().messages(),
            null,
            dataset.name(),
            null,
            Map.of(TaskFormat.ATTRIBUTE, format));
    TaskFormat task = TaskFormat.of(problem);
    List<JudgeRequest> requests = new ArrayList<>();
    for (int k = 0; k < content.texts().size(); k++) {
      String text = content.texts().get(k);
      requests.add(new JudgeRequest(problem, text, task.steps(text).size(), id(index, k)));
    }
    return requests;
  }

  private static String id(int row, int response) {
    return row + ":" + response;
  }

  /** All rows that can be read, with the scores of the file or of a model. */
  List<Scored> scored(String suite, UnitContext context) {
    Map<String, Double> known = new HashMap<>();
    context.forEach(
        port(suite),
        Tables.SOLUTION_SCORES,
        (SolutionScore row) -> known.put(row.solutionId(), row.score()));
    List<Scored> rows = new ArrayList<>();
    int[] index = new int[1];
    DatasetReader.forEach(
        path,
        Integer.MAX_VALUE,
        row -> {
          int at = index[0]++;
          try {
            Content content = row.read(this::content);
            String id = content.id().isEmpty() ? Integer.toString(at) : content.id();
            rows.add(
                new Scored(
                    content.subset(),
                    id,
                    content.chosen().stream().map(k -> score(content, known, at, k)).toList(),
                    content.rejected().stream().map(k -> score(content, known, at, k)).toList()));
          } catch (DatasetRowException e) {
            // A unit has left its dead letter.
            return;
          }
        });
    return rows;
  }

  private double score(Content content, Map<String, Double> known, int row, int response) {
    return scores == By.FILE
        ? content.scores().get(response)
        : known.getOrDefault(id(row, response), 0.0);
  }

  private Content content(DatasetRow row) {
    List<DatasetSolution> solutions = dataset.solutions(row);
    Set<Integer> better = new HashSet<>();
    Set<Integer> worse = new HashSet<>();
    for (DatasetPair pair : dataset.pairs(row)) {
      better.add(pair.chosen());
      worse.add(pair.rejected());
    }
    if (better.isEmpty() || worse.isEmpty()) {
      throw DatasetRowException.missing("has no chosen and rejected responses");
    }
    String subset = row.optionalText("subset");
    String id = row.optionalText("id");
    return new Content(
        subset == null ? "" : subset,
        id == null ? "" : id,
        dataset.problem(row),
        solutions.stream().map(DatasetSolution::text).toList(),
        better.stream().sorted().toList(),
        worse.stream().sorted().toList(),
        scores == By.FILE ? stated(row, solutions.size()) : List.of());
  }

  /** The scores that a row states of its responses. */
  private static List<Double> stated(DatasetRow row, int responses) {
    List<Double> stated = new ArrayList<>();
    if (row.hasList("scores")) {
      for (int k = 0; k < row.object().get("scores").size(); k++) {
        stated.add(number(row.object().get("scores").get(k), k));
      }
    } else {
      Double chosen = row.optionalNumber(FIRST);
      Double rejected = row.optionalNumber(SECOND);
      if (chosen == null || rejected == null) {
        throw DatasetRowException.missing(
            "has no scores: neither a list in column 'scores' nor numbers in '%s' and '%s'"
                .formatted(FIRST, SECOND));
      }
      stated.addAll(List.of(chosen, rejected));
    }
    if (stated.size() != responses) {
      throw DatasetRowException.invalid(
          "has %d scores for %d responses; the two go in pairs"
              .formatted(stated.size(), responses));
    }
    return stated;
  }

  /** A number; RewardBench 2 also writes each score as a list of one number. */
  private static double number(JsonNode node, int index) {
    JsonNode value = node.isArray() && node.size() == 1 ? node.get(0) : node;
    double number = value.isNumber() ? value.asDouble() : Double.NaN;
    if (!Double.isFinite(number)) {
      throw DatasetRowException.invalid(
          "has '%s' in 'scores[%d]' where a finite number belongs".formatted(node, index));
    }
    return number;
  }
}
