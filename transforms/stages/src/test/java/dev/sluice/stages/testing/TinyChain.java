package dev.sluice.stages.testing;

import dev.sluice.models.scripted.ScriptedLanguageModel.Script;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.stages.aggregation.AggregateStepLabels;
import dev.sluice.stages.evaluation.Evaluate;
import dev.sluice.stages.filtering.FilterProblems;
import dev.sluice.stages.policy.UpdatePolicy;
import dev.sluice.stages.reward.TrainReward;
import dev.sluice.stages.rubric.GenerateRubrics;
import dev.sluice.stages.selection.SelectSolutions;
import dev.sluice.stages.synthesis.SampleSolutions;
import dev.sluice.stages.synthesis.SynthesizeProblems;
import dev.sluice.stages.training.FineTune;
import dev.sluice.stages.verification.VerifySolutions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A chain like the quickstart's in the small, with scripted models; every stage can be run. */
public final class TinyChain {
  /** Types of the chain's stages, in its order. */
  public static final List<String> STAGES =
      List.of(
          "SynthesizeProblems",
          "SampleSolutions",
          "GenerateRubrics",
          "VerifySolutions",
          "AggregateStepLabels",
          "SelectSolutions",
          "TrainReward",
          "FineTune",
          "UpdatePolicy",
          "Evaluate");

  private final StageHost host;
  private final int shardProblems;
  private final Map<String, StageRun> runs = new TreeMap<>();

  /**
   * A chain.
   *
   * @param script what the policy and the verifier write
   * @param shardProblems problems of a shard
   */
  public TinyChain(Path workspace, Script script, int shardProblems) {
    this.host = new StageHost(workspace, new FakeModels(weights -> script));
    this.shardProblems = shardProblems;
    Path folder = host.newFolder("base");
    FakeModels.write(folder, "base");
    host.with("policy", folder).with("verifier", script);
    host.with("verifier_folder", folder);
  }

  /** Where it runs. */
  public StageHost host() {
    return host;
  }

  /** Runs a stage anew, and before it what it reads, once. */
  public StageRun run(String stage) {
    StageRun run =
        switch (stage) {
          case "problems" -> problems("count: 12");
          case "dev" -> problems("count: 6, slice: dev");
          case "test" -> problems("count: 6, slice: test");
          case "SynthesizeProblems" -> problems("count: 12");
          case "SampleSolutions" ->
              host.run(
                  new SampleSolutions(),
                  "{model: policy, samples: 4, max_tokens: 64}",
                  Map.of("problems", files("problems", "problems")));
          case "FilterProblems" ->
              host.run(
                  new FilterProblems(),
                  "{near_duplicates: {run_words: 1, similarity: 0.5}}",
                  Map.of("problems", files("problems", "problems")));
          case "GenerateRubrics" ->
              host.run(
                  new GenerateRubrics(),
                  "{strategy: consensus}",
                  Map.of(
                      "problems", files("problems", "problems"),
                      "solutions", files("SampleSolutions", "solutions")));
          case "VerifySolutions" ->
              host.run(
                  new VerifySolutions(),
                  "{model: verifier, votes: 5, max_tokens: 96, checks: [rule]}",
                  Map.of(
                      "problems", files("problems", "problems"),
                      "solutions", files("SampleSolutions", "solutions")));
          case "AggregateStepLabels" ->
              host.run(new AggregateStepLabels(), "{preferences: 2}", labelInputs());
          case "SelectSolutions" ->
              host.run(
                  new SelectSolutions(),
                  """
                  {reward: [{kind: process, model: verifier, votes: 2, temperature: 1.0}],
                   select: {kind: above, most: 2}, pairs: right_wrong, pass_rate: {min: 0.25, max: 0.75}}
                  """,
                  Map.of(
                      "problems", files("problems", "problems"),
                      "solutions", files("SampleSolutions", "solutions")));
          case "TrainReward" ->
              host.run(
                  new TrainReward(),
                  "{model: policy, steps: 7, batch_size: 4, checkpoint_steps: 2}",
                  rewardInputs());
          case "FineTune" ->
              host.run(
                  new FineTune(),
                  "{model: policy, steps: 7, batch_size: 4, checkpoint_steps: 2}",
                  Map.of("examples", files("TrainReward", "examples")));
          case "UpdatePolicy" ->
              host.run(
                  new UpdatePolicy(),
                  """
                  {model: policy, reward: [{kind: process, model: verifier}], rounds: 3,
                   problems_per_round: 5, samples: 4, max_tokens: 64, dev: {every: 2},
                   alarms: {verifier: verifier, votes: 3}}
                  """,
                  Map.of(
                      "problems", files("problems", "problems"), "dev", files("dev", "problems")));
          case "Evaluate" ->
              host.run(
                  new Evaluate(),
                  """
                  {base: policy, policy: policy, verifier: verifier, reward: verifier, samples: 4,
                   cool_samples: 2, votes: 3, max_tokens: 64,
                   suites: [accuracy, first_error, judge, labels, consensus, preferences]}
                  """,
                  evaluationInputs());
          default -> throw new IllegalArgumentException(stage);
        };
    runs.put(stage, run);
    return run;
  }

  private StageRun problems(String what) {
    return host.run(
        new SynthesizeProblems(),
        "{source: {kind: arithmetic, %s}, shard_problems: %d}".formatted(what, shardProblems),
        Map.of());
  }

  /** The shards of a table of a stage, which runs if it has not. */
  public List<ShardFile> files(String stage, String table) {
    return known(stage).files(table);
  }

  /** What a stage left; it runs if it has not. */
  public StageRun known(String stage) {
    StageRun run = runs.get(stage);
    return run == null ? run(stage) : run;
  }

  /** The inputs of the stage of labels. */
  public Map<String, List<ShardFile>> labelInputs() {
    return Map.of(
        "problems", files("problems", "problems"),
        "solutions", files("SampleSolutions", "solutions"),
        "rubrics", files("GenerateRubrics", "rubrics"),
        "verifications", files("VerifySolutions", "verifications"));
  }

  /** The inputs of a reward's training. */
  public Map<String, List<ShardFile>> rewardInputs() {
    return Map.of(
        "problems", files("problems", "problems"),
        "solutions", files("SampleSolutions", "solutions"),
        "verifications", files("VerifySolutions", "verifications"),
        "step_labels", files("AggregateStepLabels", "step_labels"));
  }

  /** The inputs of an evaluation. */
  public Map<String, List<ShardFile>> evaluationInputs() {
    Map<String, List<ShardFile>> inputs = new TreeMap<>();
    inputs.put("problems", files("test", "problems"));
    inputs.put("step_labels", files("AggregateStepLabels", "step_labels"));
    inputs.put("preferences", files("AggregateStepLabels", "preferences"));
    inputs.put("label_problems", files("problems", "problems"));
    inputs.put("label_solutions", files("SampleSolutions", "solutions"));
    inputs.put("label_votes", files("VerifySolutions", "verifications"));
    inputs.put("label_rubrics", files("GenerateRubrics", "rubrics"));
    inputs.put("dev_rollouts", files("UpdatePolicy", "dev_rollouts"));
    inputs.put("dev_problems", files("dev", "problems"));
    return inputs;
  }
}
