package dev.sluice.export.items;

import dev.sluice.export.Artifact;
import dev.sluice.export.ExportException;
import dev.sluice.export.ExportSource;
import dev.sluice.export.RunView;
import dev.sluice.records.Problem;
import dev.sluice.records.parquet.Tables;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The problems that a policy may be trained on: of the requested stage; else those that the policy
 * was trained on; else those that were labelled; else those of the first stage that made any. So
 * problems for development and tests become prompts only if their stage is requested.
 */
public final class PromptProblems implements ItemSource<PromptProblems.Prompt> {

  /** A problem; its reference answer is loaded only if the export takes it. */
  public record Prompt(Problem problem) implements ProblemItem {

    /**
     * The reference answer.
     *
     * @throws ExportException if the problem has none
     */
    public String reference() {
      String reference = problem.referenceAnswer();
      if (reference == null) {
        throw new ExportException(
            "Problem %s has no reference answer, so ground_truth cannot be exported. Leave --with-reference out."
                .formatted(problem.problemId()));
      }
      return reference;
    }
  }

  @Override
  public Class<? extends Record> ids() {
    return Ids.OfProblem.class;
  }

  @Override
  public List<String> tables() {
    return List.of("problems");
  }

  @Override
  public Optional<Artifact> problems(ExportSource source) {
    return Optional.of(chosen(source));
  }

  @Override
  public void forEach(ExportSource source, Consumer<Prompt> consumer) {
    Artifact problems = chosen(source);
    Set<String> without = source.request().reference() ? Set.of() : Set.of("reference_answer");
    problems
        .manifest()
        .shards("problems")
        .forEach(
            shard ->
                problems.forEach(
                    shard,
                    Tables.PROBLEMS,
                    without,
                    problem -> consumer.accept(new Prompt(problem))));
  }

  private static Artifact chosen(ExportSource source) {
    RunView run = source.run();
    if (source.request().stage() == null) {
      Optional<Artifact> trained =
          run.last("UpdatePolicy")
              .map(stage -> Objects.requireNonNull(stage.artifact()))
              .flatMap(policy -> policy.input("problems"));
      if (trained.isPresent()) {
        source.use(trained.get(), "problems");
        return trained.get();
      }
      Optional<Artifact> labels =
          run.last("AggregateStepLabels").map(stage -> Objects.requireNonNull(stage.artifact()));
      if (labels.isPresent()) {
        return source.origin(labels.get(), "problems");
      }
      if (!run.writers("problems").isEmpty()) {
        Artifact first = Objects.requireNonNull(run.writers("problems").get(0).artifact());
        source.use(first, "problems");
        return first;
      }
    }
    return source.pick("problems");
  }
}
