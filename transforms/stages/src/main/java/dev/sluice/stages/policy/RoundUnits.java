package dev.sluice.stages.policy;

import dev.sluice.methods.round.RoundState;
import dev.sluice.records.manifest.ModelFolder;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.stages.StageDriver;
import dev.sluice.stages.Unit;
import dev.sluice.stages.UnitResult;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The units of one round.
 *
 * @param config the stage's
 * @param round the round, from 1; 0 for the look at dev before any
 * @param policy the policy of the round before; null for the config's
 * @param reference the policy of the round that is the reference; null for the config's
 * @param fresh whether the optimiser starts afresh
 */
record RoundUnits(
    UpdatePolicyConfig config,
    int round,
    @Nullable ModelFolder policy,
    @Nullable ModelFolder reference,
    boolean fresh) {
  /** Problems of one unit of rollouts: enough rows for a full batch, few enough to share out. */
  private static final int PROBLEMS_PER_UNIT = 16;

  /**
   * What a look at dev, a composition or an update depends on.
   *
   * @param rounds how many rounds there are to be; null for a unit that does not depend on it
   * @param optimizer {@code fresh} for an update that begins with a fresh optimiser, else null
   */
  record Parameters(int round, @Nullable Integer rounds, @Nullable String optimizer)
      implements Unit.Parameters {

    Parameters(int round) {
      this(round, null, null);
    }
  }

  /** The units of a round after a state, with the policies of the rounds so far. */
  static RoundUnits of(
      UpdatePolicyConfig config, int round, RoundState state, List<ModelFolder> policies) {
    return new RoundUnits(
        config,
        round,
        policies.isEmpty() ? null : policies.get(policies.size() - 1),
        state.reference() == 0 ? null : policies.get(state.reference() - 1),
        state.reference() > 0 && state.reference() == round - 1);
  }

  /**
   * Rollouts of a wave.
   *
   * @param offline stored solutions that rewards are compared with; empty for the first policy's
   * @param wave from 0; only the first one has the plain names
   * @param first index of its first problem, beyond the table's end as well
   */
  List<Unit> rollouts(
      ProblemRange range, List<ShardFile> offline, int wave, long first, int problems) {
    List<Unit> units = new ArrayList<>();
    for (int from = 0; from < problems; from += PROBLEMS_PER_UNIT) {
      int count = Math.min(PROBLEMS_PER_UNIT, problems - from);
      String name = "round-" + round + (wave == 0 ? "" : "-wave-" + (wave + 1));
      Unit unit = range.unit(name + "-" + units.size(), round, first + from, count);
      units.add(
          bound(
              offline.isEmpty() ? unit : unit.with(FirstPolicyResponses.OFFLINE, offline),
              config.kl().in(UpdatePolicyConfig.Kl.Place.REWARD)));
    }
    return units;
  }

  /** Looks at dev before any update, every few rounds, and after the last one. */
  List<Unit> dev(StageDriver driver) {
    boolean due =
        config.dev() != null && (round % config.dev().every() == 0 || round == config.rounds());
    List<Unit> units = new ArrayList<>();
    if (due) {
      for (ShardFile shard : driver.input("dev")) {
        units.add(
            bound(
                Unit.of(
                    "dev-" + round + "-" + units.size(),
                    "dev",
                    Map.of("dev", List.of(shard)),
                    new Parameters(round)),
                false));
      }
    }
    return units;
  }

  /** The unit that says how many problems the rules want beyond those that were rolled out. */
  Unit composition(int wave, List<UnitResult> results) {
    return bound(
        Unit.of(
            "round-" + round + "-composition-" + (wave + 1),
            "compose",
            Map.of("rollouts", files(results)),
            new Parameters(round)),
        false);
  }

  /**
   * The update.
   *
   * @param earlier the rollouts of the rounds before that a rule may train on again
   */
  Unit update(List<Unit> units, List<UnitResult> results, List<PolicyRounds.Rollouts> earlier) {
    Set<ShardFile> problems = new LinkedHashSet<>();
    earlier.forEach(
        each ->
            each.units()
                .forEach(
                    unit -> problems.addAll(unit.inputs().getOrDefault("problems", List.of()))));
    units.forEach(unit -> problems.addAll(unit.inputs().getOrDefault("problems", List.of())));
    // Only then does an update of this round depend on how many there are to be.
    boolean decays = config.optimizer().decays() && config.optimizer().decaySteps() == null;
    Unit unit =
        Unit.of(
            "round-" + round + "-update",
            "update",
            Map.of("rollouts", files(results), "problems", List.copyOf(problems)),
            new Parameters(round, decays ? config.rounds() : null, fresh ? "fresh" : null));
    List<ShardFile> replay =
        earlier.stream().flatMap(each -> files(each.results()).stream()).toList();
    return bound((replay.isEmpty() ? unit : unit.with("replay", replay)).thatTrains(), true);
  }

  private Unit bound(Unit unit, boolean withReference) {
    Unit bound = policy == null ? unit : unit.with(PolicyRounds.POLICY, policy);
    return withReference && reference != null
        ? bound.with(PolicyRounds.REFERENCE, reference)
        : bound;
  }

  private static List<ShardFile> files(List<UnitResult> results) {
    List<ShardFile> files = new ArrayList<>();
    for (UnitResult result : results) {
      ShardFile file = result.table("rollouts");
      if (file != null) {
        files.add(file);
      }
    }
    return files;
  }
}
