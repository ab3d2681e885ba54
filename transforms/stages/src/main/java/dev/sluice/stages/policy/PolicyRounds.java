package dev.sluice.stages.policy;

import dev.sluice.methods.group.GroupRule;
import dev.sluice.methods.round.RoundReport;
import dev.sluice.methods.round.RoundRule;
import dev.sluice.methods.round.RoundState;
import dev.sluice.records.Metric;
import dev.sluice.records.manifest.ModelFolder;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.stages.Stage;
import dev.sluice.stages.StageDriver;
import dev.sluice.stages.Unit;
import dev.sluice.stages.UnitContext;
import dev.sluice.stages.UnitResult;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;

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

  /** The unit's model that the KL estimate is against, if a rule set it; else the config's. */
  static final String REFERENCE = "reference_policy";

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
    List<ShardFile> offline = StoredBaselines.of(config, driver);
    AlarmBell bell = new AlarmBell(config);
    RoundState state = RoundState.START;
    List<ModelFolder> policies = new ArrayList<>();
    Set<Integer> released = new HashSet<>();
    List<Rollouts> earlier = new ArrayList<>();
    long taken = 0;
    for (int round = 1; round <= config.rounds(); round++) {
      String label = "round " + round + " of " + config.rounds();
      RoundUnits before = RoundUnits.of(config, round - 1, state, policies);
      RoundUnits units = RoundUnits.of(config, round, state, policies);
      Rollouts rollouts = new Rollouts();
      List<UnitResult> looks =
          rollouts.wave(
              driver,
              label,
              units.rollouts(range, offline, 0, taken, config.problemsPerRound()),
              before.dev(driver));
      bell.dev(round - 1, looks);
      taken += config.problemsPerRound();
      taken += refill(driver, label, units, rollouts, range, offline, taken);
      bell.rollouts(rollouts.results);
      UnitResult update =
          driver
              .run(label, List.of(units.update(rollouts.units, rollouts.results, earlier)))
              .get(0);
      earlier.add(rollouts);
      if (earlier.size() > config.replayedRounds()) {
        earlier.remove(0);
      }
      policies.add(Objects.requireNonNull(update.model()));
      RoundReport report =
          new RoundReport(
              round,
              mean(rollouts.results).orElse(Double.NaN),
              looks.isEmpty() ? OptionalDouble.empty() : mean(looks));
      for (RoundRule rule : config.roundRules()) {
        state = checked(rule.after(report, state), state, round);
      }
      release(driver, policies, state, released);
    }
    RoundUnits end = RoundUnits.of(config, config.rounds(), state, policies);
    bell.dev(config.rounds(), driver.run("last look at dev", end.dev(driver)));
    bell.metrics().forEach(driver::metric);
    if (bell.unanswered() > 0) {
      driver.warn(
          "UpdatePolicy: on %d of the dev problems looked at the policy or the judge gave no reply; the curve and the alarms leave them out."
              .formatted(bell.unanswered()));
    }
    driver.model(policies.get(policies.size() - 1));
  }

  /** Policies of other rounds may be let go already. */
  private static RoundState checked(RoundState next, RoundState before, int round) {
    if (next.reference() != before.reference() && next.reference() != round) {
      throw new IllegalStateException(
          "Training a policy: after round %d a round rule names the policy of round %d as the reference; it may name round %d, or leave the reference as it is (round %d)."
              .formatted(round, next.reference(), round, before.reference()));
    }
    return next;
  }

  /** The rollouts of a round so far. */
  static final class Rollouts {
    private final List<Unit> units = new ArrayList<>();
    private final List<UnitResult> results = new ArrayList<>();

    List<Unit> units() {
      return units;
    }

    List<UnitResult> results() {
      return results;
    }

    /** Runs a wave with other units beside it, and returns the results of those. */
    List<UnitResult> wave(StageDriver driver, String label, List<Unit> wave, List<Unit> beside) {
      List<Unit> all = new ArrayList<>(wave);
      all.addAll(beside);
      List<UnitResult> done = driver.run(label, all);
      units.addAll(wave);
      results.addAll(done.subList(0, wave.size()));
      return done.subList(wave.size(), done.size());
    }
  }

  /**
   * Rolls out further problems for as long as the rules of groups ask for some, and returns how
   * many. A problem stands once in a round, so the table's size is the most.
   */
  private long refill(
      StageDriver driver,
      String label,
      RoundUnits units,
      Rollouts rollouts,
      ProblemRange range,
      List<ShardFile> offline,
      long first) {
    int waves = config.groups().stream().mapToInt(GroupRule::waves).max().orElse(1);
    long left = range.rows() - config.problemsPerRound();
    long added = 0;
    for (int wave = 1; wave < waves && left > 0; wave++) {
      UnitResult composed =
          driver.run(label, List.of(units.composition(wave - 1, rollouts.results))).get(0);
      int more =
          (int) Math.min(left, Math.round(composed.values().getOrDefault(UpdateUnit.MORE, 0.0)));
      if (more <= 0) {
        break;
      }
      rollouts.wave(
          driver, label, units.rollouts(range, offline, wave, first + added, more), List.of());
      left -= more;
      added += more;
    }
    return added;
  }

  /** Mean reward of rollouts; empty if all are dead letters. */
  private static OptionalDouble mean(List<UnitResult> results) {
    double count = 0;
    double sum = 0;
    for (UnitResult result : results) {
      count += result.values().getOrDefault(RolloutMeasures.COUNT, 0.0);
      sum += result.values().getOrDefault(RolloutMeasures.REWARD, 0.0);
    }
    return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / count);
  }

  /** Lets policies go but the last two, those that are to be kept, and the reference. */
  private void release(
      StageDriver driver, List<ModelFolder> policies, RoundState state, Set<Integer> released) {
    for (int round = 1; round <= policies.size() - KEPT; round++) {
      boolean kept = config.keepEvery() != null && round % config.keepEvery() == 0;
      if (!kept && round != state.reference() && released.add(round)) {
        driver.release(policies.get(round - 1));
      }
    }
  }

  @Override
  public void work(UnitContext context) {
    switch (context.unit().kind()) {
      case "rollouts" -> new RolloutUnit(config, context).work();
      case "dev" -> new DevUnit(config, context).work();
      case "compose" -> new UpdateUnit(config, context).compose();
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

  /** Name of the policy that the KL estimate is against. */
  static String referenceOf(UpdatePolicyConfig config, UnitContext context) {
    return context.unit().models().containsKey(REFERENCE) ? REFERENCE : config.model();
  }

  /** A metric of a round. */
  static Metric metric(int round, String name, double value) {
    return Metric.of(UpdatePolicy.NAME, round, 0, name, value);
  }
}
