package dev.sluice.runners.cli.models;

import dev.sluice.methods.prompt.Asked;
import dev.sluice.methods.prompt.Form;
import dev.sluice.methods.prompt.JudgePrompt;
import dev.sluice.methods.prompt.PromptException;
import dev.sluice.methods.prompt.PromptFamily;
import dev.sluice.methods.prompt.PromptPurpose;
import dev.sluice.methods.prompt.PromptText;
import dev.sluice.methods.prompt.SolvePrompt;
import dev.sluice.methods.prompt.Subject;
import dev.sluice.methods.reply.Reading;
import dev.sluice.methods.task.TaskFormat;
import dev.sluice.pipelines.file.PromptFile;
import dev.sluice.runners.cli.terminal.Terminal;
import dev.sluice.runners.cli.terminal.UserMistake;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** A prompt that is tried: a file, or one of the program. */
final class PromptTrial {
  private final @Nullable JudgePrompt judge;
  private final @Nullable SolvePrompt solve;
  private final boolean steps;

  private PromptTrial(@Nullable JudgePrompt judge, @Nullable SolvePrompt solve, boolean steps) {
    this.judge = judge;
    this.solve = solve;
    this.steps = steps;
  }

  /**
   * A prompt by its file or its name; mistakes of a file are printed and nothing comes back.
   *
   * @param asksFor of the prompt 'task', which can ask for anything
   */
  static Optional<PromptTrial> of(
      String name, Form form, PromptPurpose asksFor, Terminal terminal) {
    Path file = Path.of(name);
    if (name.equals(PromptFamily.TASK) && !Files.isRegularFile(file)) {
      return Optional.of(family(name, asksFor, Form.CHAT));
    }
    PromptFamily family = PromptFamily.all().get(name);
    if (family != null && !Files.isRegularFile(file)) {
      return Optional.of(family(name, family.asksFor(), form));
    }
    if (!Files.exists(file) && !name.contains(".") && !name.contains("/")) {
      PromptsShowCommand.named(name);
    }
    PromptFile.Read read = PromptFile.read(file, form);
    read.mistakes().forEach(terminal.err()::println);
    return read.text().map(text -> own(text, form));
  }

  private static PromptTrial family(String name, PromptPurpose asksFor, Form form) {
    return asksFor == PromptPurpose.SOLUTION
        ? new PromptTrial(null, SolvePrompt.of(name, form), false)
        : new PromptTrial(JudgePrompt.of(name, form), null, asksFor == PromptPurpose.STEPS);
  }

  private static PromptTrial own(PromptText text, Form form) {
    return text.asksFor() == PromptPurpose.SOLUTION
        ? new PromptTrial(null, new SolvePrompt(PromptFamily.TASK, form, text, null, null), false)
        : new PromptTrial(
            new JudgePrompt(PromptFamily.TASK, form, text, null, null, null),
            null,
            text.asksFor() == PromptPurpose.STEPS);
  }

  /** What is asked of a row. */
  Asked asked(Subject subject) {
    if (judge != null && judge.readsRubric()) {
      throw new UserMistake(
          "The template reads 'rubric', and rows are tried without one; run VerifySolutions on a few solutions, and look at its rows.");
    }
    if (judge != null && subject.solution().isEmpty()) {
      throw new UserMistake(
          "The prompt asks about a solution, and the row is a problem. Name a row of a stage that writes solutions.");
    }
    try {
      return judge == null ? solver().asked(subject.problem()) : judge.asked(subject, steps);
    } catch (PromptException | IllegalArgumentException e) {
      throw new UserMistake(String.valueOf(e.getMessage()));
    }
  }

  private SolvePrompt solver() {
    return solve == null ? SolvePrompt.TASK : solve;
  }

  /** The texts that end a reply. */
  List<String> stop() {
    return judge == null ? solver().stop(List.of()) : judge.stop(List.of());
  }

  /** Whether a solution is asked for. */
  boolean asksForSolution() {
    return judge == null;
  }

  /** Number of steps that the row's solution has. */
  static int steps(Subject subject) {
    return TaskFormat.of(subject.problem()).steps(subject.solution()).size();
  }

  /** What a judge's reply is read as. */
  Reading read(Subject subject, String reply) {
    JudgePrompt asked = judge == null ? JudgePrompt.TASK : judge;
    int count = steps(subject);
    return asked
        .reading(reply, count)
        .orElseGet(
            () ->
                new Reading(
                    asked.verdicts(subject.problem(), reply, count).filter(all -> steps),
                    steps ? asked.stated(subject.problem(), reply) : List.of(),
                    steps
                        ? asked.finalVerdict(subject.problem(), reply)
                        : asked.outcome(subject.problem(), reply),
                    OptionalDouble.empty(),
                    Optional.empty(),
                    Map.of()));
  }

  /** Whether a solver's reply passes the format gate. */
  boolean passes(Subject subject, String reply, boolean finished) {
    return solver().gate(subject.problem(), reply, finished);
  }
}
