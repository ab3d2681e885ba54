package dev.sluice.stages.policy;

import dev.sluice.methods.prompt.PromptVariable;
import dev.sluice.methods.verification.JudgeUse;
import dev.sluice.models.training.Loss;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.records.config.KeyMigration;
import dev.sluice.stages.MetricDefinition;
import dev.sluice.stages.Stage;
import dev.sluice.stages.StageType;
import dev.sluice.stages.Wiring;
import dev.sluice.stages.Wiring.Port;
import dev.sluice.stages.scoring.RewardMistakes;
import dev.sluice.stages.scoring.WeightedReward;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Group-relative policy optimisation (METHODS 2.1) in rounds: rollouts and their rewards, then an
 * update. Leaves the policy of the last configured round, never the best one by some score.
 */
public final class UpdatePolicy implements StageType<UpdatePolicyConfig> {
  static final String NAME = "UpdatePolicy";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String doc() {
    return "Trains a policy with group-relative rewards, round by round.";
  }

  @Override
  public int behaviourVersion() {
    return 7;
  }

  @Override
  public Class<UpdatePolicyConfig> configType() {
    return UpdatePolicyConfig.class;
  }

  @Override
  public Wiring wiring(UpdatePolicyConfig config) {
    List<Port> ports =
        List.of(
            Port.required("problems"),
            Port.named("dev", "problems"),
            Port.named(FirstPolicyResponses.OFFLINE, "solutions"));
    Wiring wiring =
        (config.overRound()
                ? Wiring.tables(ports, "rollouts", "dev_rollouts", "advantages", "metrics")
                : Wiring.tables(ports, "rollouts", "dev_rollouts", "metrics"))
            .withModel();
    return wiring.using(config.reward().stream().map(WeightedReward::term).toList());
  }

  @Override
  public List<ConfigMistake> check(UpdatePolicyConfig config) {
    List<ConfigMistake> mistakes =
        new ArrayList<>(config.asked().check("prompt", PromptVariable.SOLVE_ALONE));
    if (config.asked().hasSystem()) {
      mistakes.add(
          new ConfigMistake(
              "prompt",
              "a policy is trained on its prompt as one text, so a system message has no place; write it into the text"));
    }
    if (config.topP() < 1) {
      mistakes.add(whole("top_p", Double.toString(config.topP()), "1"));
    }
    if (config.topK() > 0) {
      mistakes.add(whole("top_k", Integer.toString(config.topK()), "0"));
    }
    mistakes.addAll(PolicyParts.check(config));
    mistakes.addAll(RewardMistakes.bounds(config.stepBounds()));
    UpdatePolicyConfig.Alarms alarms = config.alarms();
    if (alarms != null && alarms.verifier() != null && config.dev() == null) {
      mistakes.add(
          new ConfigMistake(
              "alarms.verifier",
              "the verifier's majority is compared on dev rollouts, but there is no 'dev' block; give 'dev: {every: 5}' and 'input: {dev: NAME}'"));
    }
    if (alarms != null && alarms.verifier() != null) {
      mistakes.addAll(
          config
              .alarmPrompt()
              .check(
                  "alarms.prompt",
                  true,
                  "the alarm of acceptance needs verdicts on steps",
                  PromptVariable.JUDGE_BLIND));
    }
    if (config.problemsPerRound() * config.samples() < config.updatesPerRound()) {
      mistakes.add(
          new ConfigMistake(
              "updates_per_round", "a round has fewer rollouts than it is to have updates"));
    }
    return mistakes;
  }

  @Override
  public List<ConfigMistake> mistakesBeside(
      UpdatePolicyConfig config, Function<String, Optional<Record>> training) {
    return RewardMistakes.places(config.reward(), training);
  }

  @Override
  public List<ConfigMistake> warnings(UpdatePolicyConfig config, List<Record> earlier) {
    return Stream.concat(asksOtherwise(config).stream(), PolicyParts.warnings(config).stream())
        .toList();
  }

  /** An alarm whose verifier is asked otherwise than the judge compares two questions. */
  private static List<ConfigMistake> asksOtherwise(UpdatePolicyConfig config) {
    UpdatePolicyConfig.Alarms alarms = config.alarms();
    Optional<JudgeUse> judge =
        config.judges().stream().filter(use -> use.kind().equals("process")).findFirst();
    if (alarms == null || alarms.verifier() == null || judge.isEmpty()) {
      return List.of();
    }
    JudgeUse there = judge.get();
    // A majority of sampled votes is what the alarm compares with, so these are not to be equal.
    JudgeUse here =
        new JudgeUse(
            there.model(),
            there.kind(),
            config.alarmPrompt(),
            there.votes(),
            there.temperature(),
            alarms.maxTokens(),
            there.acceptance());
    List<String> differences = here.differences(there);
    return differences.isEmpty()
        ? List.of()
        : List.of(
            new ConfigMistake(
                "alarms",
                "the alarm of acceptance asks '%s' otherwise than the reward asks '%s', so it compares answers to two questions: %s; set 'alarms' as in the reward"
                    .formatted(alarms.verifier(), there.model(), String.join("; ", differences))));
  }

  /**
   * Tokens cut while sampling have no probability, so the update's ratio would be of other ones.
   */
  private static ConfigMistake whole(String key, String value, String full) {
    return new ConfigMistake(
        key,
        "the update takes log-probabilities of the whole distribution; rollouts drawn with %s %s are of another one, and their gradient is biased; leave '%s' out or set it to %s, and lower 'temperature' to sharpen rollouts"
            .formatted(key, value, key, full));
  }

  /** Keys that other parts took over. */
  @Override
  public List<KeyMigration> respellings() {
    List<String> aggregations =
        Arrays.stream(Loss.Aggregation.values())
            .map(each -> each.name().toLowerCase(Locale.ROOT))
            .toList();
    return List.of(
        KeyMigration.word("design", "process_aware", "credit", "outcome"),
        KeyMigration.word("design", "step_augmented", "reward[process].score", "step_augmented"),
        KeyMigration.word("design", "selective_advantage", "credit", "selective"),
        KeyMigration.word(
            "design", "selective_advantage_half", "credit", "{kind: selective, others: 0.5}"),
        KeyMigration.word("design", "global_step_reward", "credit", "global_step"),
        KeyMigration.wordsMoved("loss", aggregations, "aggregation"),
        KeyMigration.moved("loss.aggregation", "aggregation"),
        KeyMigration.moved("clip", "loss"),
        KeyMigration.moved("advantage_epsilon", "advantage.epsilon", "credit.epsilon"),
        KeyMigration.word("zero_variance", "drop", "groups", "[drop_constant]"),
        KeyMigration.word("zero_variance", "keep", "groups", "[]"));
  }

  @Override
  public List<String> evaluates(UpdatePolicyConfig config) {
    return List.of("dev");
  }

  @Override
  public List<MetricDefinition> metrics() {
    return Stream.of(AlarmBell.DEFINITIONS, UpdateUnit.DEFINITIONS, PreferenceUpdate.DEFINITIONS)
        .flatMap(List::stream)
        .toList();
  }

  @Override
  public Stage stage(UpdatePolicyConfig config) {
    return new PolicyRounds(config);
  }
}
