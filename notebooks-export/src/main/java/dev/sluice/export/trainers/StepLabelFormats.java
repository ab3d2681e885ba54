package dev.sluice.export.trainers;

import static dev.sluice.export.trainers.Turns.UNLABELLED;

import dev.sluice.export.format.DatasetFormat;
import dev.sluice.export.format.FileType;
import dev.sluice.export.format.Place;
import dev.sluice.export.format.Rows;
import dev.sluice.export.format.Target;
import dev.sluice.export.items.LabelledSolutions;
import dev.sluice.export.items.LabelledSolutions.Labelled;
import dev.sluice.records.schema.Column;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Step labels in the shapes of the public sets ProcessBench (2412.06559), PRM800K (2305.20050) and
 * Math-Shepherd (2312.08935). Labels are the consensus of votes; in the public sets they are those
 * of people or follow from reference answers.
 */
final class StepLabelFormats {
  /** Ends every step of Math-Shepherd, behind a blank. */
  private static final String STEP_TOKEN = "ки";

  private StepLabelFormats() {}

  private record ProcessBench(
      @Column("Id of the solution.") String id,
      @Column("The model that wrote the solution.") String generator,
      @Column("The problem's question.") String problem,
      @Column("The steps of the solution.") List<String> steps,
      @Column("Whether the consensus calls the solution correct.") boolean finalAnswerCorrect,
      @Column("Index of the first step called incorrect; -1 if there is none.") int label) {

    static @Nullable ProcessBench of(Labelled item) {
      List<Boolean> verdicts = item.verdicts();
      return verdicts == null || item.correctness() == null
          ? null
          : new ProcessBench(
              item.id(),
              item.solution().model(),
              item.problem().question(),
              item.label().steps(),
              item.correct(),
              verdicts.indexOf(false));
    }
  }

  private record PrmQuestion(
      @Column("The problem's question.") String problem,
      @Column("The steps that were rated.") List<String> preGeneratedSteps,
      @Column("The solution's answer; null if none was found.")
          @Nullable String preGeneratedAnswer) {}

  private record PrmCompletion(
      @Column("The step.") String text,
      @Column("1 if the consensus calls it correct, else -1.") int rating,
      @Column("Whether it was flagged: false.") boolean flagged) {}

  private record PrmStep(
      @Column("The step that was rated.") List<PrmCompletion> completions,
      @Column("A completion by a person: null.") @Nullable String humanCompletion,
      @Column("Index of the completion that was taken: 0.") int chosenCompletion) {}

  private record PrmLabel(
      @Column("The steps, each with its rating.") List<PrmStep> steps,
      @Column("Time in ms: 0.") int totalTime,
      @Column("found_error or solution.") String finishReason) {}

  private record Prm800k(
      @Column("Who rated: the name of the estimator.") String labeler,
      @Column("What was rated.") PrmQuestion question,
      @Column("The ratings.") PrmLabel label,
      @Column("false.") boolean isQualityControlQuestion,
      @Column("false.") boolean isInitialScreeningQuestion) {

    static @Nullable Prm800k of(Labelled item) {
      List<Boolean> verdicts = item.verdicts();
      if (verdicts == null) {
        return null;
      }
      List<PrmStep> steps = new ArrayList<>();
      for (int i = 0; i < verdicts.size(); i++) {
        steps.add(
            new PrmStep(
                List.of(
                    new PrmCompletion(
                        item.label().steps().get(i), verdicts.get(i) ? 1 : -1, false)),
                null,
                0));
      }
      return new Prm800k(
          item.label().estimator(),
          new PrmQuestion(
              item.problem().question(), item.label().steps(), item.solution().finalAnswer()),
          new PrmLabel(steps, 0, verdicts.contains(false) ? "found_error" : "solution"),
          false,
          false);
    }
  }

  private record MathShepherd(
      @Column("The question and the steps, each ended by the step token.") String input,
      @Column("The same text with + or - in place of the step token.") String label,
      @Column("Name of the task.") String task) {

    static @Nullable MathShepherd of(Labelled item, Place place) {
      List<Boolean> verdicts = item.verdicts();
      if (verdicts == null || holdsToken(item)) {
        return null;
      }
      String begin = item.problem().question() + " ";
      List<String> input = new ArrayList<>();
      List<String> label = new ArrayList<>();
      for (int i = 0; i < verdicts.size(); i++) {
        String step = item.label().steps().get(i);
        input.add(step + " " + STEP_TOKEN);
        label.add(step + (verdicts.get(i) ? " +" : " -"));
      }
      return new MathShepherd(
          begin + String.join("\n", input), begin + String.join("\n", label), place.option("task"));
    }

    private static boolean holdsToken(Labelled item) {
      return item.problem().question().contains(STEP_TOKEN)
          || item.label().steps().stream().anyMatch(step -> step.contains(STEP_TOKEN));
    }
  }

  /** All formats, in the order of the help. */
  static List<DatasetFormat<?>> all() {
    return List.of(
        DatasetFormat.of(
            "processbench/labels",
            "First incorrect steps in the shape of ProcessBench.",
            new LabelledSolutions(),
            Rows.some(
                ProcessBench.class, UNLABELLED + " or that have no verdict", ProcessBench::of),
            Target.of("", FileType.PARQUET, FileType.JSONL)),
        DatasetFormat.of(
            "prm800k/labels",
            "Ratings of steps in the shape of PRM800K.",
            new LabelledSolutions(),
            Rows.some(Prm800k.class, UNLABELLED, Prm800k::of),
            Target.of("", FileType.JSONL)),
        new DatasetFormat<>(
                "math-shepherd/labels",
                "Solutions with step tokens and their labels in the shape of Math-Shepherd.",
                new LabelledSolutions(),
                new Rows<>(
                    MathShepherd.class,
                    MathShepherd::of,
                    UNLABELLED + " or whose texts hold the step token"),
                null,
                List.of(),
                Target.of("", FileType.PARQUET, FileType.JSONL))
            .option("task", "MATH", "name of the task"));
  }
}
