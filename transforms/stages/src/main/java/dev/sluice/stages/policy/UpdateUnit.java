package dev.sluice.stages.policy;

import dev.sluice.models.LanguageModel;
import dev.sluice.models.ScoreRequest;
import dev.sluice.models.training.Trainer;
import dev.sluice.models.training.TrainerOptions;
import dev.sluice.models.training.TrainingSequence;
import dev.sluice.records.Hashes;
import dev.sluice.records.Problem;
import dev.sluice.records.Rollout;
import dev.sluice.records.manifest.Counts;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.MetricDefinition;
import dev.sluice.stages.UnitContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

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

  UpdateUnit(UpdatePolicyConfig config, UnitContext context) {
    this.config = config;
    this.context = context;
    this.parameters = context.unit().parameters(RoundUnits.Parameters.class);
  }

  /** Says how many further problems the rules of groups ask for. */
  void compose() {
    RoundBatch batch =
        RoundBatch.of(
            context.read("rollouts", Tables.ROLLOUTS), config, GroupStates.before(config, context));
    context.value(MORE, batch.more());
    context.count(Counts.NONE);
  }

  void work() {
    List<Rollout> rollouts = context.read("rollouts", Tables.ROLLOUTS);
    GroupStates states = GroupStates.before(config, context);
    RoundBatch whole = RoundBatch.of(rollouts, config, states);
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
      Map<String, int[]> prompts = prompts(trainer, rollouts);
      List<Rollout> ordered =
          kept.stream().flatMap(List::stream).map(RoundBatch.Weighed::rollout).toList();
      Map<String, float[]> reference =
          config.kl().in(UpdatePolicyConfig.Kl.Place.LOSS) ? reference(ordered, prompts) : Map.of();
      for (int update = 0; update < config.updatesPerRound(); update++) {
        List<TrainingSequence> batch = new ArrayList<>();
        for (int g = update; g < kept.size(); g += config.updatesPerRound()) {
          kept.get(g).forEach(rollout -> batch.add(sequence(rollout, prompts, reference)));
        }
        if (!batch.isEmpty()) {
          context.checkInterrupted();
          Trainer.StepReport report = trainer.step(batch, config.policyLoss());
          metric("loss", report.loss());
          metric("gradient_norm", report.gradientNorm());
        }
      }
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
    metric("reward/mean", rollouts.stream().mapToDouble(Rollout::reward).average().orElse(0));
    metric(
        "tokens/mean",
        rollouts.stream().mapToInt(rollout -> rollout.tokenIds().size()).average().orElse(0));
    disagreement(rollouts).ifPresent(mean -> metric("disagreement/mean", mean));
    context.count(Counts.NONE);
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

  private Map<String, int[]> prompts(Trainer trainer, List<Rollout> rollouts) {
    Set<String> wanted = new HashSet<>();
    rollouts.forEach(rollout -> wanted.add(rollout.problemId()));
    Map<String, int[]> prompts = new HashMap<>();
    context.forEach(
        "problems",
        Tables.PROBLEMS,
        (Problem problem) -> {
          if (wanted.contains(problem.problemId())) {
            prompts.put(problem.problemId(), trainer.encodePrompt(config.asked().text(problem)));
          }
        });
    return prompts;
  }

  /** Log-probabilities under the reference policy, for the KL estimate. */
  private Map<String, float[]> reference(List<Rollout> rollouts, Map<String, int[]> prompts) {
    List<ScoreRequest> requests = new ArrayList<>(rollouts.size());
    for (Rollout rollout : rollouts) {
      requests.add(
          new ScoreRequest(prompt(prompts, rollout), tokens(rollout), config.temperature()));
    }
    LanguageModel model = context.model(PolicyRounds.referenceOf(config, context));
    List<float[]> scores = model.score(requests);
    Map<String, float[]> byRollout = new HashMap<>();
    for (int i = 0; i < rollouts.size(); i++) {
      byRollout.put(rollouts.get(i).rolloutId(), scores.get(i));
    }
    return byRollout;
  }

  private static int[] prompt(Map<String, int[]> prompts, Rollout rollout) {
    int[] prompt = prompts.get(rollout.problemId());
    if (prompt == null) {
      throw new IllegalStateException(
          "Updating the policy: rollout %s belongs to problem %s, which is not among the problems."
              .formatted(rollout.rolloutId(), rollout.problemId()));
    }
    return prompt;
  }

  private static int[] tokens(Rollout rollout) {
    return rollout.tokenIds().stream().mapToInt(Integer::intValue).toArray();
  }

  private static TrainingSequence sequence(
      RoundBatch.Weighed weighed, Map<String, int[]> prompts, Map<String, float[]> reference) {
    Rollout rollout = weighed.rollout();
    int[] prompt = prompt(prompts, rollout);
    int[] completion = tokens(rollout);
    int length = prompt.length + completion.length;
    int[] tokens = Arrays.copyOf(prompt, length);
    System.arraycopy(completion, 0, tokens, prompt.length, completion.length);
    float[] weights = new float[length];
    float[] advantages = new float[length];
    float[] old = new float[length];
    float[] first = reference.isEmpty() ? new float[0] : new float[length];
    float[] scores = reference.get(rollout.rolloutId());
    for (int t = 0; t < completion.length; t++) {
      int at = prompt.length + t;
      weights[at] = 1;
      advantages[at] =
          rollout.advantages().isEmpty()
              ? (float) weighed.advantage()
              : rollout.advantages().get(t).floatValue();
      old[at] = rollout.logprobs().get(t);
      if (scores != null) {
        first[at] = scores[t];
      }
    }
    return new TrainingSequence(tokens, weights, advantages, old, first, new float[0]);
  }

  private void metric(String name, double value) {
    context.write(Tables.METRICS, PolicyRounds.metric(parameters.round(), name, value));
  }
}
