package dev.sluice.stages.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.methods.loss.ClipLoss;
import dev.sluice.models.training.KlEstimator;
import dev.sluice.models.training.KlLoss;
import dev.sluice.models.training.Lora;
import dev.sluice.models.training.Loss;
import dev.sluice.models.training.TrainingSequence;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.records.DeadLetter;
import dev.sluice.records.Hashes;
import dev.sluice.records.Metric;
import dev.sluice.records.Problem;
import dev.sluice.records.Rollout;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.Unit;
import dev.sluice.stages.testing.ArithmeticScripts;
import dev.sluice.stages.testing.Configs;
import dev.sluice.stages.testing.FakeModels;
import dev.sluice.stages.testing.Rows;
import dev.sluice.stages.testing.StageHost;
import dev.sluice.stages.testing.StageRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpdatePolicyTest extends PolicyFixture {
  @Test
  void roundsGoThroughTheProblemsInOrder() {
    policy = (updates, prompt, index) -> prompt;
    List<Problem> problems = problems(20);
    StageRun run =
        run(
            host(),
            "{model: policy, reward: [{kind: random}], rounds: 2, problems_per_round: 18, samples:"
                + " 2, dev: {every: 5}}",
            problems,
            List.of(PROBLEM));
    assertThat(run.waves().stream().map(wave -> wave.stream().map(Unit::name).toList()))
        .containsExactly(
            List.of("round-1-0", "round-1-1", "dev-0-0"),
            List.of("round-1-update"),
            List.of("round-2-0", "round-2-1"),
            List.of("round-2-update"),
            List.of("dev-2-0"));
    assertThat(
            run.waves().get(0).stream()
                .map(unit -> unit.inputs().getOrDefault("problems", List.of()).size()))
        .containsExactly(2, 1, 0);
    assertThat(run.waves().get(1).get(0).training()).isTrue();
    assertThat(run.waves().get(0).get(0).training()).isFalse();
    // After the last problem comes the first.
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 36; i++) {
      expected.add(problems.get(i % 20).problemId());
    }
    List<Rollout> rollouts = run.rows(Tables.ROLLOUTS);
    assertThat(rollouts.stream().filter(r -> r.groupIndex() == 0).map(Rollout::problemId))
        .containsExactlyElementsOf(expected);
    assertThat(rollouts).extracting(Rollout::rolloutId).doesNotHaveDuplicates();
    assertThat(run.rows(Tables.DEV_ROLLOUTS)).extracting(Rollout::round).containsExactly(0, 2);
    assertThat(run.counts().expected()).isEqualTo(72);
  }

  @Test
  void onlyTheLastTwoPoliciesAndThoseAskedForStay() throws IOException {
    for (String keep : List.of("", ", keep_every: 2")) {
      Path place = Files.createDirectories(folder.resolve("kept" + keep.length()));
      FakeModels.write(place.resolve("start"), "start");
      StageHost host = new StageHost(place, models).with("policy", place.resolve("start"));
      run(
          host,
          "{model: policy, reward: [{kind: random}], rounds: 5, problems_per_round: 1, samples: 2%s}"
              .formatted(keep),
          problems(5));
      try (Stream<Path> folders = Files.list(place)) {
        assertThat(folders.filter(each -> each.getFileName().toString().startsWith("model-")))
            .hasSize(keep.isEmpty() ? 2 : 3);
      }
    }
  }

  @Test
  void updateDependsOnTheNumberOfRoundsOnlyIfTheLearningRateDoes() {
    for (String optimizer : List.of("{}", "{decay_to: 0.1, decay_steps: 9}", "{decay_to: 0.1}")) {
      StageRun run =
          run(
              host().forget(),
              "{model: policy, reward: [{kind: random}], rounds: 3, problems_per_round: 1, samples:"
                  + " 2, optimizer: %s}".formatted(optimizer),
              problems(3));
      assertThat(run.waves().get(1).get(0).parameters())
          .isEqualTo(
              new RoundUnits.Parameters(1, optimizer.equals("{decay_to: 0.1}") ? 3 : null, null));
    }
  }

  @Test
  void problemStandsOnceInARound() {
    assertThatThrownBy(
            () -> run(host(), "{model: policy, reward: [{kind: random}], rounds: 1}", problems(20)))
        .hasMessage(
            "Training a policy: a round takes 32 problems, but the table has 20; a problem twice in"
                + " a round would be one group. Set problems_per_round to at most 20, or make more"
                + " problems.");
    assertThatThrownBy(
            () -> run(host(), "{model: policy, reward: [{kind: random}], rounds: 1}", List.of()))
        .hasMessage(
            "Training a policy: the table of problems is empty. Look at the stage that makes it.");
  }

  @Test
  void groupsWithoutAGradientAreDropped() {
    policy = (updates, prompt, index) -> prompt.startsWith("4") && index == 1 ? WRONG : RIGHT;
    List<Problem> problems = List.of(PROBLEM, Rows.arithmetic("6+3-2"));
    String yaml =
        "{model: policy, rounds: 1, problems_per_round: 2, samples: 2, groups: %s, reward:"
            + " [{kind: process, model: judge}]}";
    StageRun dropped = run(host(), yaml.formatted("[drop_constant]"), problems);
    assertThat(models.steps().get(0).batch()).hasSize(2);
    assertThat(dropped.rows(Tables.METRICS))
        .extracting(Metric::round, Metric::name, Metric::value)
        .contains(
            tuple(1, "groups/kept", 1.0),
            tuple(1, "groups/all", 2.0),
            tuple(1, "reward/mean", 0.25),
            tuple(1, "tokens/mean", 15.0));
    run(host(), yaml.formatted("[]"), problems);
    assertThat(models.steps().get(1).batch()).hasSize(4);
    // Nothing to learn: no step, and the policy stays what it was.
    policy = (updates, prompt, index) -> RIGHT;
    StageRun still = run(host().seed(9), yaml.formatted("[drop_constant]"), problems);
    assertThat(models.steps()).hasSize(2);
    assertThat(FakeModels.weights(still.modelFolder())).isEqualTo("start");
  }

  @Test
  void optimiserGoesOnFromRoundToRound() {
    String yaml =
        """
        {model: %s, rounds: 3, problems_per_round: 4, samples: 2, updates_per_round: 2, kl: 0.1, max_tokens: 20,
         loss: {low: 0.1, high: 0.3}, aggregation: token_sum_constant, reward: [{kind: reference}]}
        """;
    policy = (updates, prompt, index) -> index == 1 ? WRONG : ArithmeticScripts.solve(prompt, 0);
    StageHost host = host();
    StageRun run = run(host, yaml.formatted("policy"), problems(4));
    List<FakeModels.Step> steps = models.steps();
    assertThat(steps).extracting(FakeModels.Step::number).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(steps).allMatch(step -> step.options().plannedSteps() == 6);
    assertThat(steps.get(0).loss())
        .isEqualTo(
            new Loss.Policy(
                new ClipLoss(0.1, 0.3, null, null),
                new KlLoss(0.1, KlEstimator.K3, 0),
                1,
                Loss.Aggregation.TOKEN_SUM_CONSTANT,
                20));
    // Every other group belongs to the second update.
    assertThat(steps.get(0).batch().stream().map(row -> new String(row.tokens(), 0, 2)))
        .containsExactly("10", "10", "12", "12");
    assertThat(steps.get(1).batch().stream().map(row -> new String(row.tokens(), 0, 2)))
        .containsExactly("11", "11", "13", "13");
    // The first policy's log-probabilities, for the KL estimate, on the completion alone.
    TrainingSequence row = steps.get(0).batch().get(0);
    assertThat(row.referenceLogprobs()).hasSameSizeAs(row.tokens());
    assertThat(row.referenceLogprobs()[6]).isZero();
    assertThat(row.referenceLogprobs()[7]).isEqualTo(-0.5f);
    // Another stage that starts from this policy has an optimiser of its own.
    host.with("trained", run);
    run(host, yaml.formatted("trained"), problems(4));
    assertThat(models.steps().get(6).number()).isZero();
    assertThat(models.steps().get(6).before()).isEqualTo(FakeModels.weights(run.modelFolder()));
  }

  /** Adapters stand on the first policy, so a round takes up the last one's state on that. */
  @Test
  void adaptersGoThroughAllRounds() {
    policy = (updates, prompt, index) -> index == 1 ? WRONG : ArithmeticScripts.solve(prompt, 0);
    StageHost host = host();
    run(
        host,
        "{model: policy, rounds: 2, problems_per_round: 4, samples: 2, max_tokens: 20, lora: {rank:"
            + " 2}, reward: [{kind: reference}]}",
        problems(4));
    List<FakeModels.Step> steps = models.steps();
    assertThat(steps).extracting(FakeModels.Step::number).containsExactly(0, 1);
    assertThat(steps)
        .allMatch(
            step -> new Lora(2, 16, List.of(Lora.Matrix.values())).equals(step.options().lora()));
    assertThat(steps.get(0).options().loraSeed()).isEqualTo(steps.get(1).options().loraSeed());
    assertThat(models.starts()).containsExactly("start", "start");
  }

  @Test
  void withoutKlNothingIsScored() {
    group("[{kind: reference}]", RIGHT, WRONG);
    assertThat(models.steps().get(0).batch().get(0).referenceLogprobs()).isEmpty();
  }

  private static final String ALARMED =
      """
      {model: policy, rounds: 10, problems_per_round: 1, samples: 2, dev: {every: 5},
       alarms: {verifier: judge, votes: 3}, reward: [%s]}
      """;

  @Test
  void alarmsRingWhereTheSumOfVerdictsIsFarmed() {
    // From its fifth update on the policy writes on after its answer; the reward likes every line.
    policy = (updates, prompt, index) -> RIGHT + "\n#7".repeat(updates < 5 ? index : 1 + index);
    StageHost host =
        host()
            .with(
                "gullible",
                (prompt, sampling, index, seed) -> "a" + " y".repeat((int) prompt.lines().count()));
    StageRun run =
        run(
            host,
            ALARMED.formatted("{kind: process, model: gullible, gate: false, score: sum}"),
            List.of(PROBLEM),
            List.of(PROBLEM, Rows.arithmetic("4+5-3")));
    assertThat(run.metric("alarm/lines")).isEqualTo(10);
    assertThat(run.metric("alarm/appended")).isEqualTo(10);
    assertThat(run.metric("alarm/repetition")).isEqualTo(10);
    // Round 0 is sound; rounds 5 and 10 are the two looks running.
    assertThat(run.metric("alarm/acceptance")).isEqualTo(10);
    assertThat(run.metric("reward/first_round")).isEqualTo(3.5);
    assertThat(run.metric("reward/last_round")).isEqualTo(4.5);
    assertThat(run.warnings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kind: process, model: prm | verifier: v | ",
        "kind: process, model: prm, prompt: {family: spark} | verifier: v | ",
        "kind: process, model: prm, prompt: {family: spark} | verifier: v, prompt: {family: spark} | ",
        "kind: process, model: prm, votes: 4, temperature: 1 | verifier: v, votes: 9 | ",
        "kind: process, model: prm, max_tokens: 500 | prompt: {family: spark} | ",
        "kind: reference | verifier: v, prompt: {family: spark} | ",
        "kind: process, model: prm | verifier: v, prompt: {family: spark} | prompt 'spark' (chat) here, 'task' (chat) there",
        "kind: process, model: prm, prompt: {family: spark, form: few_shot} | verifier: v, prompt: {family: spark} | prompt 'spark' (chat) here, 'spark' (few_shot) there",
        "kind: process, model: prm, max_tokens: 500 | verifier: v | most tokens of a vote 96 here, 500 there",
        "kind: process, model: prm, prompt: {family: verdicts} | verifier: v, max_tokens: 9, prompt: {family: gen_prm} | prompt 'gen_prm' (chat) here, 'verdicts' (chat) there; most tokens of a vote 9 here, 96 there",
      })
  void alarmThatAsksOtherwiseThanTheReward_isWarnedOf(
      String term, String alarms, String differences) {
    UpdatePolicyConfig config =
        Configs.of(
            UpdatePolicyConfig.class,
            "{model: m, rounds: 1, reward: [{%s}], alarms: {%s}, dev: {}}".formatted(term, alarms));
    assertThat(new UpdatePolicy().warnings(config, List.of()))
        .isEqualTo(
            differences == null
                ? List.of()
                : List.of(
                    new ConfigMistake(
                        "alarms",
                        "the alarm of acceptance asks 'v' otherwise than the reward asks 'prm', so it compares answers to two questions: %s; set 'alarms' as in the reward"
                            .formatted(differences))));
  }

  @Test
  void alarmsAreSilentInAGoodRun() {
    policy = (updates, prompt, index) -> index == 0 ? ArithmeticScripts.solve(prompt, 0) : WRONG;
    StageRun run =
        run(
            host(),
            ALARMED.formatted("{kind: process, model: judge}"),
            List.of(PROBLEM),
            List.of(PROBLEM, Rows.arithmetic("4+5-3")));
    for (String alarm : List.of("lines", "appended", "repetition", "acceptance")) {
      assertThat(run.metric("alarm/" + alarm)).isZero();
    }
    assertThat(run.rows(Tables.DEV_ROLLOUTS))
        .extracting(
            Rollout::round,
            rollout -> rollout.rewards().get("accepted"),
            rollout -> rollout.rewards().get("verifier_majority"))
        .containsExactly(
            tuple(0, 1.0, 1.0),
            tuple(0, 1.0, 1.0),
            tuple(5, 1.0, 1.0),
            tuple(5, 1.0, 1.0),
            tuple(10, 1.0, 1.0),
            tuple(10, 1.0, 1.0));
  }

  @Test
  void alarmThatWasNeverCheckedIsNotCalledSilent() {
    StageRun run =
        run(host(), ALARMED.formatted("{kind: process, model: judge}"), List.of(PROBLEM));
    assertThat(run.metrics()).doesNotContainKey("alarm/acceptance").containsKey("alarm/lines");
    assertThat(run.warnings())
        .containsExactly(
            "UpdatePolicy has a 'dev' block but no problems at the port 'dev': no curve, and no"
                + " alarm of acceptance. Give 'input: {dev: NAME}'.");
    // A reward that compares siblings says nothing of a single sample.
    StageRun majority =
        run(host(), ALARMED.formatted("{kind: majority}"), List.of(PROBLEM), List.of(PROBLEM));
    assertThat(majority.metrics()).doesNotContainKey("alarm/acceptance");
  }

  @Test
  void rolloutWhoseJudgeGivesNoReplyIsADeadLetter() {
    StageHost host =
        host()
            .with(
                "broken",
                (prompt, sampling, index, seed) -> {
                  if (prompt.contains("9-2=8")) {
                    throw new IllegalArgumentException("the server is gone");
                  }
                  return ArithmeticScripts.verify(prompt);
                });
    policy = (updates, prompt, index) -> index == 1 ? WRONG : index == 2 ? SHORT : RIGHT;
    StageRun run =
        run(
            host,
            "{model: policy, rounds: 1, problems_per_round: 1, samples: 4, dev: {every: 5},"
                + " reward: [{kind: process, model: broken}]}",
            List.of(PROBLEM),
            List.of(PROBLEM));
    assertThat(run.rows(Tables.ROLLOUTS))
        .extracting(Rollout::groupIndex, Rollout::reward)
        .containsExactly(tuple(0, 1.0), tuple(2, 0.0), tuple(3, 1.0));
    assertThat(run.rows(Tables.DEAD_LETTERS))
        .extracting(DeadLetter::recordId, DeadLetter::errorClass, DeadLetter::errorMessage)
        .containsExactly(
            tuple(
                Hashes.id(PROBLEM.problemId(), UpdatePolicy.NAME, 1, 1),
                "request",
                "Judging a rollout of problem %s: the server is gone"
                    .formatted(PROBLEM.problemId())));
    assertThat(run.counts().expected()).isEqualTo(4);
    assertThat(run.counts().dead()).isEqualTo(1);
  }

  @Test
  void mistakesOfTheBlockAreNamed() {
    assertThat(
            check(
                "{model: m, rounds: 1, reward: [{kind: majority}], credit: global_step,"
                    + " problems_per_round: 1, samples: 2, updates_per_round: 3, alarms: {verifier:"
                    + " v}}"))
        .containsExactly(
            new ConfigMistake(
                "alarms.verifier",
                "the verifier's majority is compared on dev rollouts, but there is no 'dev' block;"
                    + " give 'dev: {every: 5}' and 'input: {dev: NAME}'"),
            new ConfigMistake(
                "updates_per_round", "a round has fewer rollouts than it is to have updates"));
    assertThat(
            check(
                "{model: m, rounds: 1, reward: [{kind: process, model: m}], credit:"
                    + " global_step, dev: {}, alarms: {verifier: v}}"))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0.7, 0.7", "1, 1", "1.0, 1", "0.05, 0.05", "2.5, 2.5"})
  void temperature_isThatOfRolloutsAndUpdate(String written, double expected) {
    run(
        host(),
        "{model: policy, rounds: 1, problems_per_round: 1, samples: 2, kl: 0.1, temperature: %s, reward: [{kind: reference}]}"
            .formatted(written),
        List.of(PROBLEM));
    FakeModels.Step step = models.steps().get(0);
    assertThat(((Loss.Policy) step.loss()).temperature()).isEqualTo(expected);
    // The scripted model's log-probabilities are -0.5 / temperature.
    TrainingSequence row = step.batch().get(0);
    int last = row.tokens().length - 1;
    assertThat(row.oldLogprobs()[last]).isEqualTo((float) (-0.5 / expected));
    assertThat(row.referenceLogprobs()[last]).isEqualTo((float) (-0.5 / expected));
  }

  @ParameterizedTest
  @CsvSource({
    "top_p, 0.9, 1",
    "top_p, 0.95, 1",
    "top_p, 0.5, 1",
    "top_k, 1, 0",
    "top_k, 20, 0",
    "top_k, 50, 0"
  })
  void samplingFromAPartOfTheDistribution_isRefused(String key, String value, String full) {
    assertThat(
            check("{model: m, rounds: 1, reward: [{kind: random}], %s: %s}".formatted(key, value)))
        .containsExactly(
            new ConfigMistake(
                key,
                "the update takes log-probabilities of the whole distribution; rollouts drawn with %s %s are of another one, and their gradient is biased; leave '%s' out or set it to %s, and lower 'temperature' to sharpen rollouts"
                    .formatted(key, value, key, full)));
    assertThat(check("{model: m, rounds: 1, reward: [{kind: random}], top_p: 1, top_k: 0}"))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                              | 0.2 0.28 0 0 0 TOKEN_MEAN",
        "aggregation: sequence_mean_token_mean           | 0.2 0.28 0 0 0 SEQUENCE_MEAN_TOKEN_MEAN",
        "loss: {dual_clip: 3}                            | 0.2 0.28 3 0 0 TOKEN_MEAN",
        "loss: {kind: clip, low: 0.1, high: 0.4}         | 0.1 0.4 0 0 0 TOKEN_MEAN",
        "loss: clip                                      | 0.2 0.28 0 0 0 TOKEN_MEAN",
        "'loss: {dual_clip: 1.5}, aggregation: token_sum_constant' | 0.2 0.28 1.5 0 0 TOKEN_SUM_CONSTANT",
        "kl: 0.01                                        | 0.2 0.28 0 0.01 0 TOKEN_MEAN",
        "kl: {weight: 0.01}                              | 0.2 0.28 0 0.01 0 TOKEN_MEAN",
        "kl: {weight: 0.001, clamp: 10}                  | 0.2 0.28 0 0.001 10 TOKEN_MEAN",
        "kl: {weight: 0.001, place: reward}              | 0.2 0.28 0 0 0 TOKEN_MEAN",
      })
  void loss_inEverySpelling(String keys, String expected) {
    Loss.Policy loss =
        Configs.of(
                UpdatePolicyConfig.class,
                "{model: m, rounds: 1, reward: [{kind: random}], max_tokens: 7%s}"
                    .formatted(keys.isEmpty() ? "" : ", " + keys))
            .policyLoss();
    String[] parts = expected.split(" ", -1);
    assertThat(loss)
        .isEqualTo(
            new Loss.Policy(
                new ClipLoss(
                    Double.parseDouble(parts[0]),
                    Double.parseDouble(parts[1]),
                    parts[2].equals("0") ? null : Double.valueOf(parts[2]),
                    null),
                parts[3].equals("0")
                    ? null
                    : new KlLoss(
                        Double.parseDouble(parts[3]), KlEstimator.K3, Double.parseDouble(parts[4])),
                1,
                Loss.Aggregation.valueOf(parts[5]),
                7));
  }

  @Test
  void boundsThatNothingHolds_areRefused() {
    String start = "{model: m, rounds: 1, reward: [{kind: random}], ";
    assertThat(check(start + "step_bounds: {min: 8, max: 5}}"))
        .containsExactly(
            new ConfigMistake(
                "step_bounds.min",
                "no response has at least 8 and at most 5 steps; set 'min' to at most 5"));
    assertThat(check(start + "step_bounds: {min: 5, max: 5}}")).isEmpty();
  }

  /** Three of four rollouts are lost with their judge's reply. */
  @ParameterizedTest
  @ValueSource(
      strings = {"outcome", "selective", "global_step", "suffix_sum", "process_supervision"})
  void groupOfOne_hasNoAdvantageAndIsCounted(String credit) {
    StageHost host =
        host()
            .with(
                "broken",
                (prompt, sampling, index, seed) -> {
                  if (prompt.contains("9-2=8")) {
                    throw new IllegalArgumentException("the server is gone");
                  }
                  return ArithmeticScripts.verify(prompt);
                });
    policy = (updates, prompt, index) -> prompt.startsWith("4") && index > 0 ? WRONG : RIGHT;
    StageRun run =
        run(
            host,
            "{model: policy, rounds: 1, problems_per_round: 2, samples: 4, groups: [], credit: %s, reward: [{kind: process, model: broken}]}"
                .formatted(credit),
            List.of(PROBLEM, Rows.arithmetic("6+3-2")));
    Rollout alone = run.rows(Tables.ROLLOUTS).get(0);
    assertThat(run.rows(Tables.ROLLOUTS)).hasSize(5);
    assertThat(alone.advantage()).isZero();
    assertThat(alone.advantages()).allMatch(advantage -> advantage == 0);
    assertThat(run.rows(Tables.METRICS))
        .extracting(Metric::name, Metric::value)
        .contains(tuple("groups/single", 1.0), tuple("groups/all", 2.0));
  }

  private static List<ConfigMistake> check(String yaml) {
    return new UpdatePolicy().check(Configs.of(UpdatePolicyConfig.class, yaml));
  }
}
