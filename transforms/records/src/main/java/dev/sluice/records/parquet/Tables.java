package dev.sluice.records.parquet;

import static dev.sluice.records.parquet.ColumnType.listOf;
import static dev.sluice.records.parquet.ColumnType.mapOf;
import static dev.sluice.records.parquet.ColumnType.struct;
import static dev.sluice.records.parquet.PrimitiveType.BOOLEAN;
import static dev.sluice.records.parquet.PrimitiveType.DOUBLE;
import static dev.sluice.records.parquet.PrimitiveType.FLOAT;
import static dev.sluice.records.parquet.PrimitiveType.INT;
import static dev.sluice.records.parquet.PrimitiveType.TEXT;

import dev.sluice.records.Criterion;
import dev.sluice.records.DeadLetter;
import dev.sluice.records.DroppedProblem;
import dev.sluice.records.Example;
import dev.sluice.records.Metric;
import dev.sluice.records.Preference;
import dev.sluice.records.Problem;
import dev.sluice.records.Rollout;
import dev.sluice.records.RolloutAdvantage;
import dev.sluice.records.Rubric;
import dev.sluice.records.Solution;
import dev.sluice.records.StepLabel;
import dev.sluice.records.StepSpan;
import dev.sluice.records.TextVector;
import dev.sluice.records.Verification;
import java.util.List;
import java.util.stream.Collectors;

/**
 * All tables, in the order in which a chain writes them, with the schema of each. Column docs stand
 * in every file's footer and in the specification of the format.
 *
 * <p>A column that is not content (an origin, the text of an error) stays out of digests; so no
 * stage may let its rows depend on one.
 */
public final class Tables {
  /** Problems. */
  public static final Table<Problem> PROBLEMS =
      new Table<>(
          "problems",
          Problem.class,
          List.of(
              Column.of("problem_id", TEXT, Problem::problemId, "Hash of the messages.").unique(),
              Column.messages(
                  "messages", Problem::messages, "The conversation that states the problem."),
              Column.<Problem, String>of(
                      "reference_answer",
                      TEXT,
                      Problem::referenceAnswer,
                      "The known answer, for evaluation only; stages that have not declared that they read it do not load it.")
                  .orNull(),
              Column.of("source", TEXT, Problem::source, "Where the problem came from.")
                  .notContent(),
              Column.<Problem, Integer>of(
                      "difficulty",
                      INT,
                      Problem::difficulty,
                      "The source's measure of difficulty, such as the number of operations.")
                  .orNull(),
              Column.of(
                  "attributes",
                  mapOf(TEXT),
                  Problem::attributes,
                  "Facts of the source that later stages need, by name.")));

  /** Problems that were kept out. */
  public static final Table<DroppedProblem> DROPPED_PROBLEMS =
      new Table<>(
          "dropped_problems",
          DroppedProblem.class,
          List.of(
              Column.of("problem_id", TEXT, DroppedProblem::problemId, "The problem's id.")
                  .unique(),
              Column.of(
                  "reason",
                  TEXT,
                  DroppedProblem::reason,
                  "benchmark, near_duplicate or paraphrase."),
              Column.of(
                      "match",
                      TEXT,
                      DroppedProblem::match,
                      "What it is too like: FILE:ROW (from 0) of a benchmark, or the id of a problem that was kept.")
                  .notContent(),
              Column.of(
                  "similarity",
                  DOUBLE,
                  DroppedProblem::similarity,
                  "How like, from 0 to 1: share of the shorter text's words in a common subsequence (benchmark), share of common runs of words (near_duplicate), cosine of the vectors (paraphrase).")));

  /** Texts as vectors, from which a stage sees which say the same; part of no artifact. */
  public static final Table<TextVector> TEXT_VECTORS =
      new Table<>(
          "text_vectors",
          TextVector.class,
          List.of(
              Column.of(
                      "text_id",
                      TEXT,
                      TextVector::textId,
                      "The id of a problem, or FILE:ROW (from 0) of a text of a file.")
                  .unique(),
              Column.of("vector", listOf(FLOAT), TextVector::vector, "The vector, of length 1.")));

  /** Solutions. */
  public static final Table<Solution> SOLUTIONS =
      new Table<>(
          "solutions",
          Solution.class,
          List.of(
              Column.of(
                      "solution_id",
                      TEXT,
                      Solution::solutionId,
                      "Hash of the problem's id, the stage type and the sample's index.")
                  .unique(),
              Column.of("problem_id", TEXT, Solution::problemId, "The problem's id."),
              Column.of(
                  "sample_index",
                  INT,
                  Solution::sampleIndex,
                  "Index of the sample within the problem, from 0."),
              Column.of("text", TEXT, Solution::text, "The whole completion.").unique(),
              Column.of(
                      "steps", listOf(TEXT), Solution::steps, "The completion cut into its steps.")
                  .unique(),
              Column.<Solution, String>of(
                      "final_answer",
                      TEXT,
                      Solution::finalAnswer,
                      "The extracted answer; null if none was found.")
                  .orNull(),
              Column.of(
                  "finish_reason",
                  TEXT,
                  Solution::finishReason,
                  "Why the text ends: stop, length (cut off) or file (a stored solution)."),
              Column.of(
                  "prompt_tokens",
                  INT,
                  Solution::promptTokens,
                  "Tokens of the prompt; 0 for a stored solution."),
              Column.of(
                  "completion_tokens",
                  INT,
                  Solution::completionTokens,
                  "Tokens of the completion, end of text included; 0 for a stored solution."),
              Column.<Solution, Double>of(
                      "mean_logprob",
                      DOUBLE,
                      Solution::meanLogprob,
                      "Mean log-probability (nats) of the completion's tokens; null if unknown.")
                  .orNull(),
              Column.<Solution, Double>of(
                      "answer_logprob",
                      DOUBLE,
                      Solution::answerLogprob,
                      "Mean log-probability (nats) of the answer's tokens; null if unknown.")
                  .orNull(),
              Column.of(
                      "model",
                      TEXT,
                      Solution::model,
                      "Content hash or revision of the model, or the file's column for a stored solution.")
                  .notContent(),
              Column.<Solution, Boolean>of(
                      "reference_correct",
                      BOOLEAN,
                      Solution::referenceCorrect,
                      "Stored correctness from a file; only Evaluate may load it.")
                  .orNull(),
              Column.of(
                  "content_hash",
                  TEXT,
                  Solution::contentHash,
                  "Hash of the text, equal for equal samples.")));

  /** Rubrics. */
  public static final Table<Rubric> RUBRICS =
      new Table<>(
          "rubrics",
          Rubric.class,
          List.of(
              Column.of(
                      "rubric_id",
                      TEXT,
                      Rubric::rubricId,
                      "Hash of the parent's id, the stage type and the index.")
                  .unique(),
              Column.of("problem_id", TEXT, Rubric::problemId, "The problem's id."),
              Column.<Rubric, String>of(
                      "solution_id",
                      TEXT,
                      Rubric::solutionId,
                      "The solution that the rubric is for; null for one that serves the whole problem.")
                  .orNull(),
              Column.of(
                  "criteria",
                  listOf(
                      struct(
                          Criterion.class,
                          List.of(
                              Column.of("id", TEXT, Criterion::id, "Name within the rubric."),
                              Column.of(
                                  "text",
                                  TEXT,
                                  Criterion::text,
                                  "What is asked of the solution, or the value that it should show."),
                              Column.of(
                                  "weight",
                                  DOUBLE,
                                  Criterion::weight,
                                  "Weight in the rubric's score, at least 0."),
                              Column.of(
                                  "check",
                                  TEXT,
                                  Criterion::check,
                                  "How it is checked: equals, contains, matches, calculator or judge.")))),
                  Rubric::criteria,
                  "The criteria; empty if the rubric abstains."),
              Column.of("provenance", TEXT, Rubric::provenance, "How the criteria came about.")
                  .notContent()));

  /** Votes. */
  public static final Table<Verification> VERIFICATIONS =
      new Table<>(
          "verifications",
          Verification.class,
          List.of(
              Column.of(
                      "verification_id",
                      TEXT,
                      Verification::verificationId,
                      "Hash of the solution's id, the stage type, the pass and the vote's index.")
                  .unique(),
              Column.of("solution_id", TEXT, Verification::solutionId, "The solution's id."),
              Column.of("problem_id", TEXT, Verification::problemId, "The problem's id."),
              Column.of(
                  "vote_index",
                  INT,
                  Verification::voteIndex,
                  "Index of the vote within the solution, from 0."),
              Column.of(
                  "pass",
                  TEXT,
                  Verification::pass,
                  "initial; first_error where the vote names the first wrong step; critique or merged; rule or calculator for a vote of a program."),
              Column.of(
                  "step_verdicts",
                  listOf(BOOLEAN),
                  Verification::stepVerdicts,
                  "True where the step is called correct; empty if not parsed or outcome only."),
              Column.<Verification, Boolean>of(
                      "outcome_verdict",
                      BOOLEAN,
                      Verification::outcomeVerdict,
                      "The verdict on the whole solution; null if not parsed.")
                  .orNull(),
              Column.of("text", TEXT, Verification::text, "What the judge wrote.").unique(),
              Column.of(
                  "parsed",
                  BOOLEAN,
                  Verification::parsed,
                  "Whether the text is a vote; if not, it is an abstention."),
              Column.of(
                  "prompt_tokens",
                  INT,
                  Verification::promptTokens,
                  "Tokens of the prompt; 0 for a vote of a program."),
              Column.of(
                  "completion_tokens",
                  INT,
                  Verification::completionTokens,
                  "Tokens of the text; 0 for a vote of a program."),
              Column.of(
                      "model",
                      TEXT,
                      Verification::model,
                      "Content hash or revision of the judge, or the program's name.")
                  .notContent()));

  /** Step labels. */
  public static final Table<StepLabel> STEP_LABELS =
      new Table<>(
          "step_labels",
          StepLabel.class,
          List.of(
              Column.of("solution_id", TEXT, StepLabel::solutionId, "The solution's id.").unique(),
              Column.of("problem_id", TEXT, StepLabel::problemId, "The problem's id."),
              Column.of(
                  "status",
                  TEXT,
                  StepLabel::status,
                  "labelled, tie, few_votes, no_match or gate; training takes the labelled."),
              Column.of("steps", listOf(TEXT), StepLabel::steps, "The solution's steps.").unique(),
              Column.of(
                  "step_scores",
                  listOf(DOUBLE),
                  StepLabel::stepScores,
                  "Share of the valid votes, by weight, that call each step correct."),
              Column.of(
                  "step_labels",
                  listOf(BOOLEAN),
                  StepLabel::stepLabels,
                  "The consensus on each step; empty if it claims none."),
              Column.of(
                  "first_error",
                  INT,
                  StepLabel::firstError,
                  "Index of the first step labelled incorrect; -1 if there is none or no label."),
              Column.<StepLabel, Boolean>of(
                      "outcome",
                      BOOLEAN,
                      StepLabel::outcome,
                      "The consensus on the whole solution; null if there is none.")
                  .orNull(),
              Column.of("votes", INT, StepLabel::votes, "Number of valid votes."),
              Column.of(
                  "agreement",
                  listOf(DOUBLE),
                  StepLabel::agreement,
                  "For each step, the share of the valid votes that agree with the consensus."),
              Column.of(
                  "estimator",
                  TEXT,
                  StepLabel::estimator,
                  "Name of the estimator, such as step_majority."),
              Column.<StepLabel, String>of(
                      "selected_verification",
                      TEXT,
                      StepLabel::selectedVerification,
                      "Id of the vote chosen as a training target; null if none.")
                  .unique()
                  .orNull()));

  /** Preferences. */
  public static final Table<Preference> PREFERENCES =
      new Table<>(
          "preferences",
          Preference.class,
          List.of(
              Column.of(
                      "preference_id",
                      TEXT,
                      Preference::preferenceId,
                      "Hash of both solutions' ids.")
                  .unique(),
              Column.of("problem_id", TEXT, Preference::problemId, "The problem's id."),
              Column.of("prompt", TEXT, Preference::prompt, "The problem's question."),
              Column.of("chosen", TEXT, Preference::chosen, "Text of the preferred solution."),
              Column.of("rejected", TEXT, Preference::rejected, "Text of the other solution."),
              Column.of(
                  "margin",
                  DOUBLE,
                  Preference::margin,
                  "Score of the chosen minus score of the rejected."),
              Column.of(
                  "strength", DOUBLE, Preference::strength, "Confidence in the order, 0 to 1."),
              Column.of("chosen_id", TEXT, Preference::chosenId, "Solution id of the chosen."),
              Column.of(
                  "rejected_id", TEXT, Preference::rejectedId, "Solution id of the rejected.")));

  /** Rollouts that train the policy. */
  public static final Table<Rollout> ROLLOUTS =
      new Table<>("rollouts", Rollout.class, rolloutColumns());

  /** Rollouts on the dev problems, for curves and alarms. */
  public static final Table<Rollout> DEV_ROLLOUTS =
      new Table<>("dev_rollouts", Rollout.class, rolloutColumns());

  /** Advantages that are estimated over a whole round. */
  public static final Table<RolloutAdvantage> ADVANTAGES =
      new Table<>(
          "advantages",
          RolloutAdvantage.class,
          List.of(
              Column.of("rollout_id", TEXT, RolloutAdvantage::rolloutId, "The rollout's id.")
                  .unique(),
              Column.of("round", INT, RolloutAdvantage::round, "The round, from 1."),
              Column.of(
                  "advantage", DOUBLE, RolloutAdvantage::advantage, "The sequence's advantage.")));

  /** Metrics. */
  public static final Table<Metric> METRICS =
      new Table<>(
          "metrics",
          Metric.class,
          List.of(
              Column.of("stage", TEXT, Metric::stage, "Name of the stage type that measured it."),
              Column.of("round", INT, Metric::round, "Round of an iterating stage, else 0."),
              Column.of("step", INT, Metric::step, "Training step within the round, else 0."),
              Column.of("name", TEXT, Metric::name, "Name of the metric, with slashes."),
              Column.of("value", DOUBLE, Metric::value, "The value."),
              Column.<Metric, Double>of(
                      "low",
                      DOUBLE,
                      Metric::low,
                      "Lower end of the 95 % interval; null if none was worked out.")
                  .orNull(),
              Column.<Metric, Double>of(
                      "high",
                      DOUBLE,
                      Metric::high,
                      "Upper end of the 95 % interval; null if none was worked out.")
                  .orNull(),
              Column.<Metric, Integer>of(
                      "n",
                      INT,
                      Metric::n,
                      "Number of independent units (problems) behind the value; null if it has no meaning.")
                  .orNull()),
          metric -> !metric.timing());

  /** Training examples. */
  public static final Table<Example> EXAMPLES =
      new Table<>(
          "examples",
          Example.class,
          List.of(
              Column.of(
                      "example_id",
                      TEXT,
                      Example::exampleId,
                      "Hash of the parents' ids, the stage type and the index.")
                  .unique(),
              Column.of(
                  "prompt",
                  TEXT,
                  Example::prompt,
                  "The text before the completion; carries no loss."),
              Column.of("completion", TEXT, Example::completion, "The text that is learnt."),
              Column.of("weight", DOUBLE, Example::weight, "Weight of the example's loss."),
              Column.of(
                  "step_labels",
                  listOf(DOUBLE),
                  Example::stepLabels,
                  "For a classifier of steps: the probability that each line of the prompt's solution is correct."),
              Column.of(
                  "source_ids",
                  listOf(TEXT),
                  Example::sourceIds,
                  "Ids of the rows that the example was made of.")));

  /** Rows that could not be made. */
  public static final Table<DeadLetter> DEAD_LETTERS =
      new Table<>(
          "dead_letters",
          DeadLetter.class,
          List.of(
              Column.of(
                  "failed_row",
                  TEXT,
                  DeadLetter::failedRow,
                  "The input row or request as JSON, shortened."),
              Column.of(
                      "error_message",
                      TEXT,
                      DeadLetter::errorMessage,
                      "What went wrong, as a sentence.")
                  .notContent(),
              Column.of("stage", TEXT, DeadLetter::stage, "Name of the stage type."),
              Column.of("record_id", TEXT, DeadLetter::recordId, "Id of the row that is missing."),
              Column.of(
                  "error_class",
                  TEXT,
                  DeadLetter::errorClass,
                  "A short, stable name of the kind of error."),
              Column.of("attempts", INT, DeadLetter::attempts, "How often it was tried.")
                  .notContent(),
              Column.of(
                  "retriable", BOOLEAN, DeadLetter::retriable, "Whether another try may help.")));

  private static final List<Table<?>> ALL =
      List.of(
          PROBLEMS,
          DROPPED_PROBLEMS,
          TEXT_VECTORS,
          SOLUTIONS,
          RUBRICS,
          VERIFICATIONS,
          STEP_LABELS,
          PREFERENCES,
          ROLLOUTS,
          DEV_ROLLOUTS,
          ADVANTAGES,
          METRICS,
          EXAMPLES,
          DEAD_LETTERS);

  private Tables() {}

  /** Every table. */
  public static List<Table<?>> all() {
    return ALL;
  }

  /** The table of this name. */
  public static Table<?> named(String name) {
    for (Table<?> table : ALL) {
      if (table.name().equals(name)) {
        return table;
      }
    }
    throw new IllegalArgumentException(
        "There is no table '%s'; the tables are %s."
            .formatted(name, ALL.stream().map(Table::name).collect(Collectors.joining(", "))));
  }

  private static List<Column<Rollout>> rolloutColumns() {
    return List.of(
        Column.of(
                "rollout_id",
                TEXT,
                Rollout::rolloutId,
                "Hash of the problem's id, the stage type, the round and the group index.")
            .unique(),
        Column.of("round", INT, Rollout::round, "The round, from 1; 0 is before any update."),
        Column.of("problem_id", TEXT, Rollout::problemId, "The problem's id."),
        Column.of(
            "group_index", INT, Rollout::groupIndex, "Index within the problem's group, from 0."),
        Column.of("completion", TEXT, Rollout::completion, "The completion's text."),
        Column.of(
            "token_ids",
            listOf(INT),
            Rollout::tokenIds,
            "The completion's tokens, end of text included."),
        Column.of(
            "logprobs",
            listOf(FLOAT),
            Rollout::logprobs,
            "Log-probability (nats) of each token under the policy that wrote it, at the temperature of sampling."),
        Column.of(
            "finish_reason", TEXT, Rollout::finishReason, "Why the text ends: stop or length."),
        Column.of(
            "rewards",
            mapOf(DOUBLE),
            Rollout::rewards,
            "Each reward term by name, before weights."),
        Column.of("reward", DOUBLE, Rollout::reward, "The whole reward."),
        Column.<Rollout, Double>of(
                "advantage",
                DOUBLE,
                Rollout::advantage,
                "The sequence's advantage; null if it is estimated over the round (table advantages).")
            .orNull(),
        Column.of(
            "advantages",
            listOf(DOUBLE),
            Rollout::advantages,
            "The advantage of each token; empty where all equal the sequence's."),
        Column.of(
            "step_spans",
            listOf(
                struct(
                    StepSpan.class,
                    List.of(
                        Column.of(
                            "begin", INT, StepSpan::begin, "Index of the step's first token."),
                        Column.of("end", INT, StepSpan::end, "Index after its last token.")))),
            Rollout::stepSpans,
            "The tokens of each step."),
        Column.of(
            "step_verdicts",
            listOf(BOOLEAN),
            Rollout::stepVerdicts,
            "The judge's verdict on each step; empty if it was not asked or not parsed."));
  }
}
