package dev.sluice.stages.policy;

import dev.sluice.methods.preference.PreferenceLoss;
import dev.sluice.methods.preference.UnpairedLoss;
import dev.sluice.models.training.Loss;
import dev.sluice.models.training.Trainer;
import dev.sluice.models.training.TrainerOptions;
import dev.sluice.models.training.TrainingSequence;
import dev.sluice.records.Hashes;
import dev.sluice.records.Rollout;
import dev.sluice.records.manifest.Counts;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.MetricDefinition;
import dev.sluice.stages.UnitContext;
import dev.sluice.stages.scoring.RewardFunction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Trains the policy on the rollouts of one round; leaves the policy with the optimiser's state. */
final class UpdateUnit {
  /** What the metrics mean. */
  static final List<MetricDefinition> DEFINITIONS =
      List.of(
          MetricDefinition.perRound(
              "groups/kept", "Groups of rollouts that have a gradient: not all rewards equal."),
          MetricDefinition.perRound(
              "groups/all", "Groups of rollouts in the round, one for each problem."),
          MetricDefinition.perRound(
              "groups/single",
              "Groups with a single rollout because all others are dead letters. Such a group has no advantage. The metric is written only if such groups exist."),
          MetricDefinition.perRound(
              "rollouts/masked",
              "Rollouts of the kept groups that a group rule leaves out of the loss. The metric is written only if such rollouts exist."),
          MetricDefinition.perRound(
              "rollouts/replayed",
              "Rollouts of earlier rounds with which a group rule makes one more optimiser step. The metric is written only if there are such rollouts."),
          MetricDefinition.perRound("reward/mean", "Mean reward of the round's rollouts."),
          MetricDefinition.perRound(
              "disagreement/mean",
              "Mean standard deviation of the scores of an ensemble's members on the round's rollouts. The metric is written only with a reward `ensemble`."),
          MetricDefinition.perRound(
              "tokens/mean", "Mean number of tokens of the round's rollouts."),
          MetricDefinition.perRound("loss", "Loss of a gradient step of the round's update."),
          MetricDefinition.perRound(
              "gradient_norm", "Norm of that step's gradient before clipping."));

  /** Further problems that the rules of groups ask for. */
  static final String MORE = "more";

  /** Folder in the policy's directory that holds the optimiser's state for the next round. */
  private static final String STATE = "trainer";

  private final UpdatePolicyConfig config;
  private final UnitContext context;
  private final RoundUnits.Parameters parameters;
  private final PolicyReference reference;

  UpdateUnit(UpdatePolicyConfig config, UnitContext context) {
    this.config = config;
    this.context = context;
    this.parameters = context.unit().parameters(RoundUnits.Parameters.class);
    this.reference = new PolicyReference(config, context);
  }

  /** Says how many further problems the rules of groups ask for. */
  void compose() {
    // Without the place of the penalties: the rules read no more than whether there is an
    // advantage.
    RoundBatch batch =
        RoundBatch.of(
            context.read("rollouts", Tables.ROLLOUTS),
            new RoundEstimate(config, Map.of()),
            GroupStates.before(config, context));
    context.value(MORE, batch.more());
    context.count(Counts.NONE);
  }

  void work() {
    List<Rollout> rollouts = context.read("rollouts", Tables.ROLLOUTS);
    GroupStates states = GroupStates.before(config, context);
    RoundBatch whole =
        RoundBatch.of(rollouts, new RoundEstimate(config, reference.penalties(rollouts)), states);
    if (whole.overRound()) {
      context.begin(Tables.ADVANTAGES);
    }
    whole.estimated(parameters.round()).forEach(row -> context.write(Tables.ADVANTAGES, row));
    List<List<RoundBatch.Weighed>> kept = whole.kept();
    Path start = context.modelFolder(PolicyRounds.policyOf(config, context));
    TrainerOptions options =
        new TrainerOptions(
            config.optimizer(),
            config.rounds() * config.updatesPerRound(),
            TrainerOptions.Head.LANGUAGE_MODEL,
            config.lora(),
            Hashes.seed(context.seed(), UpdatePolicy.NAME, "lora", 0, "", 0));
    // Adapters stand on the first policy in every round; those of the last one are in its state.
    Path base = config.lora() == null ? start : context.modelFolder(config.model());
    try (Trainer trainer = context.models().train(base, options)) {
      // A policy that another stage trained begins with a fresh optimiser.
      if (context.unit().models().containsKey(PolicyRounds.POLICY)
          && parameters.optimizer() == null) {
        trainer.restore(start.resolve(STATE));
      }
      List<RoundBatch.Weighed> replayed =
          whole.replay().isEmpty()
              ? List.of()
              : RoundBatch.replayed(context.read("replay", Tables.ROLLOUTS), whole.replay());
      List<Rollout> ordered =
          Stream.concat(kept.stream().flatMap(List::stream), replayed.stream())
              .map(RoundBatch.Weighed::rollout)
              .toList();
      RolloutSequences sequences =
          RolloutSequences.of(config, context, trainer::encodePrompt, ordered);
      PreferenceUpdate preference = preference(sequences, ordered);
      Map<String, float[]> compared =
          preference != null || config.kl().in(UpdatePolicyConfig.Kl.Place.LOSS)
              ? reference.scores(sequences, ordered)
              : Map.of();
      Loss loss = preference == null ? config.policyLoss() : preference.minimised();
      int rows = 0;
      for (int update = 0; update < config.updatesPerRound(); update++) {
        List<List<RoundBatch.Weighed>> groups = new ArrayList<>();
        for (int g = update; g < kept.size(); g += config.updatesPerRound()) {
          groups.add(kept.get(g));
        }
        List<TrainingSequence> batch =
            preference == null
                ? groups.stream()
                    .flatMap(List::stream)
                    .map(each -> sequences.sequence(each, compared))
                    .toList()
                : preference.batch(groups, each -> sequences.sequence(each, compared));
        rows += batch.size();
        step(trainer, batch, loss);
      }
      if (preference != null) {
        metric(PreferenceUpdate.ROWS, rows);
      }
      step(
          trainer,
          replayed.stream().map(each -> sequences.sequence(each, compared)).toList(),
          loss);
      context.saveModel(
          folder -> {
            trainer.save(folder);
            trainer.checkpoint(made(folder.resolve(STATE)));
            whole.states().save(folder);
          });
    }
    metric("groups/kept", kept.size());
    metric("groups/all", whole.groups().size());
    long single = whole.groups().stream().filter(group -> group.size() == 1).count();
    if (single > 0) {
      // The rest of the group are dead letters; without any there is no such metric.
      metric("groups/single", (double) single);
    }
    if (whole.masked() > 0) {
      metric("rollouts/masked", whole.masked());
    }
    if (!whole.replay().isEmpty()) {
      metric("rollouts/replayed", whole.replay().size());
    }
    metric("reward/mean", rollouts.stream().mapToDouble(Rollout::reward).average().orElse(0));
    metric(
        "tokens/mean",
        rollouts.stream().mapToInt(rollout -> rollout.tokenIds().size()).average().orElse(0));
    disagreement(rollouts).ifPresent(mean -> metric("disagreement/mean", mean));
    context.count(Counts.NONE);
  }

  private void step(Trainer trainer, List<TrainingSequence> batch, Loss loss) {
    if (!batch.isEmpty()) {
      context.checkInterrupted();
      Trainer.StepReport report = trainer.step(batch, loss);
      metric("loss", report.loss());
      metric("gradient_norm", report.gradientNorm());
    }
  }

  /** Mean disagreement of the members of ensembles; empty without any. */
  private static OptionalDouble disagreement(List<Rollout> rollouts) {
    return rollouts.stream()
        .flatMapToDouble(
            rollout ->
                rollout.rewards().entrySet().stream()
                    .filter(term -> term.getKey().endsWith(RewardFunction.DISAGREEMENT))
                    .mapToDouble(Map.Entry::getValue))
        .average();
  }

  private static Path made(Path folder) {
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("Making the folder " + folder + " failed.", e);
    }
  }

  private @Nullable PreferenceUpdate preference(
      RolloutSequences sequences, List<Rollout> rollouts) {
    PreferenceLoss loss = config.preference();
    if (loss == null) {
      return null;
    }
    double point = 0;
    if (loss instanceof UnpairedLoss) {
      point = reference.divergence(sequences, rollouts);
      metric(PreferenceUpdate.POINT, point);
    }
    return new PreferenceUpdate(loss, config.temperature(), point);
  }

  private void metric(String name, double value) {
    context.write(Tables.METRICS, PolicyRounds.metric(parameters.round(), name, value));
  }
}
