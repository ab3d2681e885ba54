package dev.sluice.export.items;

import dev.sluice.export.Artifact;
import dev.sluice.export.Duplicates;
import dev.sluice.export.ExportSource;
import dev.sluice.records.Example;
import dev.sluice.records.Solution;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.records.parquet.Tables;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What a reward model was trained on: prompts of the judge, each with the verification that was
 * chosen for it.
 */
public final class VerifierExamples implements ItemSource<VerifierExamples.Lesson> {
  /** The stage type whose examples are solutions to learn, not verifications. */
  private static final String SELECTION = "SelectSolutions";

  /** An example and the solution that it judges. */
  public record Lesson(Solution solution, Example example) implements Item {
    @Override
    public String problemId() {
      return solution.problemId();
    }

    @Override
    public String id() {
      return example.exampleId();
    }

    @Override
    public Record ids(String run) {
      return new Ids.OfSolution(solution.problemId(), solution.solutionId(), run);
    }

    @Override
    public List<Record> parts() {
      return List.of(example, solution);
    }
  }

  @Override
  public Class<? extends Record> ids() {
    return Ids.OfSolution.class;
  }

  @Override
  public List<String> tables() {
    return List.of("examples", "solutions");
  }

  @Override
  public void forEach(ExportSource source, Consumer<Lesson> consumer) {
    Artifact examples =
        source.pick("examples", artifact -> !artifact.manifest().stageType().equals(SELECTION));
    Lookup<Solution> solutions =
        new Lookup<>(source.origin(examples, "solutions"), Tables.SOLUTIONS, Solution::solutionId);
    boolean pool = source.request().rows().duplicates() == Duplicates.POOL;
    Set<List<String>> texts = new HashSet<>();
    List<ShardFile> shards = examples.manifest().shards("examples");
    for (ShardFile shard : shards) {
      examples.forEach(
          shard,
          Tables.EXAMPLES,
          Set.of(),
          example -> {
            if (pool && !texts.add(List.of(example.prompt(), example.completion()))) {
              source.leftOut("copies of an example", 1);
            } else {
              consumer.accept(new Lesson(solutions.row(example.sourceIds().get(0)), example));
            }
          });
    }
  }
}
