package dev.sluice.stages.policy;

import dev.sluice.models.scripted.ScriptedLanguageModel.Script;
import dev.sluice.records.Problem;
import dev.sluice.records.Rollout;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.testing.ArithmeticScripts;
import dev.sluice.stages.testing.FakeModels;
import dev.sluice.stages.testing.Rows;
import dev.sluice.stages.testing.StageHost;
import dev.sluice.stages.testing.StageRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;

/** A policy that writes by script, judges beside it, and runs of the stage on a few problems. */
abstract class PolicyFixture {
  static final Problem PROBLEM = Rows.arithmetic("4+5-2");
  static final String RIGHT = "4+5=9\n9-2=7\n#7";
  static final String WRONG = "4+5=9\n9-2=8\n#8";
  static final String SHORT = "4+5=9\n#9";

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  /** What the policy writes, by the number of updates that it has had. */
  interface Policy {
    String reply(int updates, String prompt, int index);
  }

  Policy policy = (updates, prompt, index) -> index == 0 ? RIGHT : WRONG;
  final FakeModels models = new FakeModels(this::script);

  private Script script(String weights) {
    return (prompt, sampling, index, seed) ->
        policy.reply(
            (int) models.steps().stream().takeWhile(s -> !s.before().equals(weights)).count(),
            prompt,
            index);
  }

  StageHost host() {
    StageHost host = new StageHost(folder, models);
    FakeModels.write(folder.resolve("start"), "start");
    return host.with("policy", folder.resolve("start"))
        .encoder("encoder", PolicyFixture::vector)
        .with("judge", (prompt, sampling, index, seed) -> ArithmeticScripts.verify(prompt))
        .with("orm", ArithmeticScripts.world());
  }

  /** The reference lies along the first axis. */
  private static float[] vector(String text) {
    return switch (text) {
      case "7" -> new float[] {2, 0};
      case RIGHT -> new float[] {3, 4};
      case WRONG -> new float[] {0, 1};
      default -> new float[] {-1, 0};
    };
  }

  static StageRun run(StageHost host, String yaml, List<Problem> problems) {
    return run(host, yaml, problems, List.of());
  }

  static StageRun run(StageHost host, String yaml, List<Problem> problems, List<Problem> dev) {
    Map<String, List<ShardFile>> inputs = new TreeMap<>();
    List<ShardFile> shards = new ArrayList<>();
    for (int from = 0; from < problems.size(); from += 8) {
      shards.add(
          host.shard(Tables.PROBLEMS, problems.subList(from, Math.min(problems.size(), from + 8))));
    }
    inputs.put("problems", shards);
    if (!dev.isEmpty()) {
      inputs.put("dev", List.of(host.shard(Tables.PROBLEMS, dev)));
    }
    return host.run(new UpdatePolicy(), yaml, inputs);
  }

  static List<Problem> problems(int count) {
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      problems.add(Rows.arithmetic((10 + i) + "+2-3"));
    }
    return problems;
  }

  List<Rollout> group(String reward, String... replies) {
    return group(reward, PROBLEM, replies);
  }

  List<Rollout> group(String config, Problem problem, String... replies) {
    policy = (updates, prompt, index) -> replies[index];
    return run(
            host().forget(),
            "{model: policy, rounds: 1, problems_per_round: 1, samples: %d, reward: %s}"
                .formatted(replies.length, config),
            List.of(problem))
        .rows(Tables.ROLLOUTS);
  }

  static List<Double> rewards(List<Rollout> rollouts) {
    return rollouts.stream().map(Rollout::reward).toList();
  }
}
