package dev.sluice.stages.policy;

import dev.sluice.records.Metric;
import dev.sluice.records.ModelFolder;
import dev.sluice.records.ShardFile;
import dev.sluice.stages.Stage;
import dev.sluice.stages.StageDriver;
import dev.sluice.stages.Unit;
import dev.sluice.stages.UnitContext;
import dev.sluice.stages.UnitResult;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The iteration driver: the one place where something flows back. Round k rolls out the policy of
 * round k-1 (one job, with rewards), then trains on it (a second job). Every round is a finished
 * unit, so that a killed run goes on at the round that it was in. Policies of rounds long past are
 * let go, with their optimiser's state.
 */
record PolicyRounds(UpdatePolicyConfig config) implements Stage {
  /** The unit's model that holds the policy of the round before; round 0's is the config's. */
  static final String POLICY = "policy_of_round";

  /** Policies that are kept in any case: with one damaged, the other one makes it again. */
  private static final int KEPT = 2;

  /** Problems of one unit of rollouts: enough rows for a full batch, few enough to share out. */
  private static final int PROBLEMS_PER_UNIT = 16;

  @Override
  public void drive(StageDriver driver) {
    List<ShardFile> problems = driver.input("problems");
    ProblemRange range = new ProblemRange(problems);
    if (range.rows() < config.problemsPerRound()) {
      throw new IllegalStateException(
          "Training a policy: a round takes %d problems, but the table has %d; a problem twice in a round would be one group. Set problems_per_round to at most %d, or make more problems."
              .formatted(config.problemsPerRound(), range.rows(), range.rows()));
    }
    if (config.dev() != null && driver.input("dev").isEmpty()) {
      driver.warn(
          "UpdatePolicy has a 'dev' block but no problems at the port 'dev': no curve, and no alarm of acceptance. Give 'input: {dev: NAME}'.");
    }
    AlarmBell bell = new AlarmBell(config);
    ModelFolder policy = null;
    List<ModelFolder> policies = new ArrayList<>();
    for (int round = 1; round <= config.rounds(); round++) {
      String label = "round " + round + " of " + config.rounds();
      List<Unit> rollouts = rolloutUnits(range, round, policy);
      List<Unit> wave = new ArrayList<>(rollouts);
      wave.addAll(devUnits(driver, round - 1, policy));
      List<UnitResult> results = driver.run(label, wave);
      bell.rollouts(results.subList(0, rollouts.size()));
      bell.dev(round - 1, results.subList(rollouts.size(), results.size()));
      policy = update(driver, label, round, policy, rollouts, results);
      policies.add(policy);
      release(driver, policies);
    }
    List<UnitResult> last =
        driver.run("last look at dev", devUnits(driver, config.rounds(), policy));
    bell.dev(config.rounds(), last);
    bell.metrics().forEach(driver::metric);
    if (bell.unanswered() > 0) {
      driver.warn(
          "UpdatePolicy: on %d of the dev problems looked at the policy or the judge gave no reply; the curve and the alarms leave them out."
              .formatted(bell.unanswered()));
    }
    driver.model(Objects.requireNonNull(policy));
  }

  /** Lets the last policy but two go, of round k-2, unless it is to be kept. */
  private void release(StageDriver driver, List<ModelFolder> policies) {
    int round = policies.size() - KEPT;
    if (round >= 1 && (config.keepEvery() == null || round % config.keepEvery() != 0)) {
      driver.release(policies.get(round - 1));
    }
  }

  private List<Unit> rolloutUnits(ProblemRange range, int round, @Nullable ModelFolder policy) {
    List<Unit> units = new ArrayList<>();
    long first = (long) (round - 1) * config.problemsPerRound();
    for (int from = 0; from < config.problemsPerRound(); from += PROBLEMS_PER_UNIT) {
      int count = Math.min(PROBLEMS_PER_UNIT, config.problemsPerRound() - from);
      Unit unit =
          range
              .unit("round-" + round + "-" + units.size(), "rollouts", first + from, count)
              .with("round", round);
      units.add(policy == null ? unit : unit.with(POLICY, policy));
    }
    return units;
  }

  /** Looks at dev before any update, every few rounds, and after the last one. */
  private List<Unit> devUnits(StageDriver driver, int round, @Nullable ModelFolder policy) {
    boolean due =
        config.dev() != null && (round % config.dev().every() == 0 || round == config.rounds());
    List<Unit> units = new ArrayList<>();
    if (due) {
      for (ShardFile shard : driver.input("dev")) {
        Unit unit =
            Unit.of("dev-" + round + "-" + units.size(), "dev", Map.of("dev", List.of(shard)))
                .with("round", round);
        units.add(policy == null ? unit : unit.with(POLICY, policy));
      }
    }
    return units;
  }

  private ModelFolder update(
      StageDriver driver,
      String label,
      int round,
      @Nullable ModelFolder policy,
      List<Unit> rollouts,
      List<UnitResult> results) {
    List<ShardFile> files = new ArrayList<>();
    Set<ShardFile> problems = new LinkedHashSet<>();
    for (int i = 0; i < rollouts.size(); i++) {
      ShardFile file = results.get(i).table("rollouts");
      if (file != null) {
        files.add(file);
      }
      problems.addAll(rollouts.get(i).inputs().getOrDefault("problems", List.of()));
    }
    Unit unit =
        Unit.of(
                "round-" + round + "-update",
                "update",
                Map.of("rollouts", files, "problems", List.copyOf(problems)))
            .with("round", round)
            .thatTrains();
    if (config.optimizer().decays() && config.optimizer().decaySteps() == null) {
      // Only then does an update of this round depend on how many there are to be.
      unit = unit.with("rounds", config.rounds());
    }
    Unit bound = policy == null ? unit : unit.with(POLICY, policy);
    return Objects.requireNonNull(driver.run(label, List.of(bound)).get(0).model());
  }

  @Override
  public void work(UnitContext context) {
    switch (context.unit().kind()) {
      case "rollouts" -> new RolloutUnit(config, context).work();
      case "dev" -> new DevUnit(config, context).work();
      case "update" -> new UpdateUnit(config, context).work();
      default ->
          throw new IllegalStateException(
              "UpdatePolicy has no unit '" + context.unit().kind() + "'.");
    }
  }

  /** Name of the policy that a unit works with. */
  static String policyOf(UpdatePolicyConfig config, UnitContext context) {
    return context.unit().models().containsKey(POLICY) ? POLICY : config.model();
  }

  /** A metric of a round. */
  static Metric metric(int round, String name, double value) {
    return Metric.of(UpdatePolicy.NAME, round, 0, name, value);
  }
}
