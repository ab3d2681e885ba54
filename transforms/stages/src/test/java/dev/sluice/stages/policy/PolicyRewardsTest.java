package dev.sluice.stages.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.models.training.TrainingSequence;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.records.Hashes;
import dev.sluice.records.Problem;
import dev.sluice.records.RandomStream;
import dev.sluice.records.Rollout;
import dev.sluice.records.StepSpan;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.testing.Configs;
import dev.sluice.stages.testing.Rows;
import dev.sluice.stages.testing.StageHost;
import dev.sluice.stages.testing.StageRun;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What rollouts earn, term by term. */
class PolicyRewardsTest extends PolicyFixture {
  @Test
  void processRewardAsksTheJudgeBehindTheGate() {
    List<Rollout> rollouts = group("[{kind: process, model: judge}]", RIGHT, WRONG, SHORT, RIGHT);
    assertThat(rewards(rollouts)).containsExactly(1.0, 0.0, 0.0, 1.0);
    assertThat(rollouts)
        .extracting(Rollout::stepVerdicts)
        .containsExactly(
            List.of(true, true, true),
            List.of(true, false, true),
            List.of(),
            List.of(true, true, true));
    assertThat(rollouts.get(0).rewards()).isEqualTo(Map.of("process", 1.0));
    assertThat(
            rewards(
                group(
                    "[{kind: process, model: judge, score: fraction}]",
                    RIGHT,
                    WRONG,
                    SHORT,
                    RIGHT)))
        .containsExactly(1.0, 2 / 3.0, 0.0, 1.0);
    assertThat(
            rewards(
                group("[{kind: process, model: judge, score: sum}]", RIGHT, WRONG, SHORT, RIGHT)))
        .containsExactly(3.0, 2.0, 0.0, 3.0);
    assertThat(
            rewards(
                group(
                    "[{kind: process, model: judge, score: sum, gate: false}]",
                    RIGHT,
                    WRONG,
                    SHORT,
                    "")))
        .containsExactly(3.0, 2.0, 1.0, 0.0);
    assertThat(
            rewards(
                group(
                    "[{kind: process, model: judge, y_rule: verdict}]", RIGHT, WRONG, SHORT, "x")))
        .containsExactly(1.0, 1.0, 0.0, 0.0);
  }

  @Test
  void referenceRewardIsTheControl() {
    assertThat(rewards(group("[{kind: reference}]", RIGHT, WRONG, SHORT, "4+5=9\n9-2=7\n#007")))
        .containsExactly(1.0, 0.0, 0.0, 1.0);
    UpdatePolicy type = new UpdatePolicy();
    UpdatePolicyConfig grounded =
        Configs.of(UpdatePolicyConfig.class, "{model: m, rounds: 1, reward: [{kind: reference}]}");
    assertThat(type.wiring(grounded).loadsReference()).isTrue();
    assertThat(type.wiring(grounded).referenceFree()).isFalse();
    UpdatePolicyConfig free =
        Configs.of(UpdatePolicyConfig.class, "{model: m, rounds: 1, reward: [{kind: majority}]}");
    assertThat(type.wiring(free).loadsReference()).isFalse();
    assertThat(type.wiring(free).referenceFree()).isTrue();
  }

  @Test
  void policyAndJudgeAreAskedInTheFormThatIsNamed() {
    Problem problem = Rows.words("Ann has 2 pens and buys 3. How many has she?", "5");
    List<String> asked = new ArrayList<>();
    policy =
        (updates, prompt, index) -> {
          asked.add(prompt);
          return index == 0 ? "Step 1: 2 + 3 = 5\nAnswer: 5" : "Step 1: 2 + 3 = 6\nAnswer: 6";
        };
    List<String> judged = new ArrayList<>();
    StageHost host =
        host()
            .with(
                "judge",
                (prompt, sampling, index, seed) -> {
                  judged.add(prompt);
                  String own = prompt.substring(prompt.lastIndexOf("Question: "));
                  return own.contains("= 5") ? "Yes" : "No";
                });
    StageRun run =
        run(
            host,
            "{model: policy, rounds: 1, problems_per_round: 1, samples: 2, prompt: {family: steps, form: few_shot}, "
                + "reward: [{kind: outcome, model: judge, prompt: {family: yes_no, form: few_shot}}]}",
            List.of(problem));
    assertThat(rewards(run.rows(Tables.ROLLOUTS))).containsExactly(1.0, 0.0);
    String worked = "Question: ";
    assertThat(asked.get(0)).contains("Answer: ").endsWith("buys 3. How many has she?\n");
    assertThat(asked.get(0).split(worked, -1)).hasSizeGreaterThan(2);
    assertThat(judged.get(0)).contains("buys 3. How many has she?");
    // What is trained is the continuation of what was asked.
    int[] prompt = asked.get(0).codePoints().toArray();
    assertThat(models.steps().get(0).batch().get(0).tokens()).startsWith(prompt);
  }

  @Test
  void verdictsThatAreNoneAreCounted() {
    policy = (updates, prompt, index) -> RIGHT;
    StageRun run =
        run(
            host().with("judge", (prompt, sampling, index, seed) -> "perhaps"),
            "{model: policy, rounds: 1, problems_per_round: 1, samples: 2, reward: [{kind: outcome, model: judge, votes: 3}]}",
            List.of(PROBLEM));
    assertThat(rewards(run.rows(Tables.ROLLOUTS))).containsExactly(0.0, 0.0);
    assertThat(run.counts().unparsed()).isEqualTo(6);
  }

  @Test
  void promptsThatDoNotFitAreRefused() {
    assertThat(mistakes("{family: task, form: few_shot}", "[{kind: process, model: judge}]"))
        .containsExactly("prompt.form");
    assertThat(
            mistakes(
                "{family: steps}", "[{kind: process, model: judge, prompt: {family: yes_no}}]"))
        .containsExactly("reward[0].prompt.family");
    assertThat(
            mistakes(
                "{family: steps}",
                "[{kind: random}, {kind: outcome, model: judge, prompt: {family: verdicts}}]"))
        .containsExactly("reward[1].prompt.family");
    // A verdict after thoughts does not fit into a word's tokens.
    String thinks = "[{kind: outcome, model: judge, prompt: {family: final_verification}%s}]";
    assertThat(mistakes("{family: steps}", thinks.formatted("")))
        .containsExactly("reward[0].max_tokens");
    assertThat(mistakes("{family: steps}", thinks.formatted(", max_tokens: 512"))).isEmpty();
  }

  private static List<String> mistakes(String prompt, String reward) {
    UpdatePolicyConfig config =
        Configs.of(
            UpdatePolicyConfig.class,
            "{model: m, rounds: 1, prompt: %s, reward: %s}".formatted(prompt, reward));
    return new UpdatePolicy().mistakes(config).stream().map(ConfigMistake::key).toList();
  }

  @Test
  void semanticRewardIsTheCosineToTheReference() {
    List<Rollout> rollouts =
        group("[{kind: semantic, encoder: encoder, weight: 0.5}]", RIGHT, WRONG, SHORT, RIGHT);
    assertThat(rollouts)
        .extracting(rollout -> rollout.rewards().getOrDefault("semantic", Double.NaN))
        .usingElementComparator(within6())
        .containsExactly(.6, 0.0, 0.0, .6);
    assertThat(rewards(rollouts))
        .usingElementComparator(within6())
        .containsExactly(.3, 0.0, 0.0, .3);
    // Without the gate what is too short has a vector as well.
    assertThat(
            rewards(
                group("[{kind: semantic, encoder: encoder, gate: false}]", RIGHT, WRONG, SHORT)))
        .usingElementComparator(within6())
        .containsExactly(.6, 0.0, -1.0);
    UpdatePolicyConfig config =
        Configs.of(
            UpdatePolicyConfig.class,
            "{model: m, rounds: 1, reward: [{kind: semantic, encoder: e}]}");
    assertThat(new UpdatePolicy().wiring(config).loadsReference()).isTrue();
    assertThat(new UpdatePolicy().wiring(config).referenceFree()).isFalse();
  }

  private static Comparator<Double> within6() {
    return (a, b) -> Math.abs(a - b) < 1e-6 ? 0 : Double.compare(a, b);
  }

  @Test
  void majorityIsOfThoseThatPassTheGate() {
    assertThat(
            rewards(group("[{kind: majority}]", RIGHT, WRONG, SHORT, SHORT, SHORT, WRONG, WRONG)))
        .containsExactly(0.0, 1.0, 0.0, 0.0, 0.0, 1.0, 1.0);
    // A tie goes to the lowest index.
    assertThat(rewards(group("[{kind: majority}]", SHORT, WRONG, RIGHT, RIGHT, WRONG)))
        .containsExactly(0.0, 1.0, 0.0, 0.0, 1.0);
    assertThat(rewards(group("[{kind: majority}]", SHORT, SHORT))).containsExactly(0.0, 0.0);
  }

  @Test
  void rubricIsOfTheOthers() {
    List<Rollout> rollouts = group("[{kind: rubric}]", RIGHT, RIGHT, RIGHT, WRONG, SHORT);
    assertThat(rollouts.get(0).reward()).isEqualTo(1.0);
    assertThat(rollouts.get(3).reward()).isCloseTo(1 / 3.0, within(1e-12));
    assertThat(rollouts.get(4).reward()).isZero();
    // Two siblings are too few.
    assertThat(rewards(group("[{kind: rubric}]", RIGHT, RIGHT, RIGHT)))
        .containsExactly(0.0, 0.0, 0.0);
  }

  @Test
  void sumOfVerdictsAsksNotHowManyStepsThereAre() {
    // The vote has one verdict too many: no judgement, but three times "right".
    policy = (updates, prompt, index) -> index == 0 ? RIGHT : SHORT;
    StageHost host = host().with("chatty", (prompt, sampling, index, seed) -> "a y y y n");
    String yaml =
        "{model: policy, rounds: 1, problems_per_round: 1, samples: 2,"
            + " reward: [{kind: process, model: chatty, score: %s, gate: false}]}";
    assertThat(rewards(run(host, yaml.formatted("sum"), List.of(PROBLEM)).rows(Tables.ROLLOUTS)))
        .containsExactly(3.0, 3.0);
    assertThat(
            rewards(run(host, yaml.formatted("fraction"), List.of(PROBLEM)).rows(Tables.ROLLOUTS)))
        .containsExactly(0.0, 0.0);
  }

  @Test
  void answerThatDoesNotFollowEarnsNothing() {
    // The judge calls every line right; the second answer is the first digit of the last result.
    String cut = "4*5=20\n20-2=18\n#1";
    policy = (updates, prompt, index) -> index == 0 ? "4*5=20\n20-2=18\n#18" : cut;
    StageHost host = host().with("gullible", (prompt, sampling, index, seed) -> "a y y y");
    String yaml =
        "{model: policy, rounds: 1, problems_per_round: 1, samples: 2,"
            + " reward: [{kind: process, model: gullible, answer_follows: %s}]}";
    List<Problem> problems = List.of(Rows.arithmetic("4*5-2"));
    assertThat(rewards(run(host, yaml.formatted("true"), problems).rows(Tables.ROLLOUTS)))
        .containsExactly(1.0, 0.0);
    assertThat(rewards(run(host, yaml.formatted("false"), problems).rows(Tables.ROLLOUTS)))
        .containsExactly(1.0, 1.0);
  }

  @Test
  void tieOfVotesIsNoAcceptance() {
    policy = (updates, prompt, index) -> RIGHT;
    StageHost host =
        host()
            .with(
                "torn", (prompt, sampling, index, seed) -> index % 2 == 0 ? "a y y y" : "a y n y");
    StageRun run =
        run(
            host,
            "{model: policy, rounds: 1, problems_per_round: 1, samples: 2, dev: {every: 1},"
                + " reward: [{kind: process, model: torn, votes: 2, temperature: 1.0}]}",
            List.of(PROBLEM),
            List.of(PROBLEM));
    assertThat(run.rows(Tables.DEV_ROLLOUTS))
        .extracting(Rollout::reward, rollout -> rollout.rewards().get("accepted"))
        .containsOnly(tuple(0.5, 0.0));
  }

  @Test
  void outcomeAndClassifierAndChance() {
    assertThat(rewards(group("[{kind: outcome, model: orm}]", RIGHT, WRONG, SHORT)))
        .containsExactly(1.0, 0.0, 0.0);
    // The fake classifier calls a step right whose last character is even.
    assertThat(
            rewards(
                group(
                    "[{kind: classifier, model: policy}]",
                    Rows.arithmetic("4+4-2"),
                    "4+4=8\n8-2=6\n#6",
                    "4+4=8\n8-2=7\n#6",
                    "4+4=8\n#6")))
        .containsExactly(1.0, 0.0, 0.0);
    List<Rollout> random = group("[{kind: random, probability: 0.4}]", RIGHT, WRONG, RIGHT, SHORT);
    for (Rollout rollout : random) {
      long seed = Hashes.seed(7, "UpdatePolicy", "random", 1, rollout.rolloutId(), 0);
      boolean heads = new RandomStream(seed).nextDouble() < 0.4;
      assertThat(rollout.reward()).isEqualTo(heads && rollout.groupIndex() < 3 ? 1 : 0);
    }
  }

  @Test
  void termsAreSummedByWeight() {
    List<Rollout> rollouts =
        group(
            "[{kind: process, model: judge, weight: 2}, {kind: majority, weight: -0.5}]",
            RIGHT,
            WRONG,
            WRONG);
    assertThat(rewards(rollouts)).containsExactly(2.0, -0.5, -0.5);
    assertThat(rollouts.get(1).rewards()).isEqualTo(Map.of("process", 0.0, "majority", 1.0));
  }

  @Test
  void votesAreMerged() {
    StageHost host =
        host()
            .with(
                "judge",
                (prompt, sampling, index, seed) ->
                    List.of("a y y y", "zzz", "a y n y", "a y y y").get(index));
    policy = (updates, prompt, index) -> RIGHT;
    String yaml =
        "{model: policy, rounds: 1, problems_per_round: 1, samples: 2, reward: [{kind: process,"
            + " model: judge, votes: 4, temperature: 1, merge: %s}]}";
    StageRun mean = run(host, yaml.formatted("mean"), List.of(PROBLEM));
    assertThat(rewards(mean.rows(Tables.ROLLOUTS))).containsExactly(0.5, 0.5);
    assertThat(mean.counts().unparsed()).isEqualTo(2);
    // Two of four call the second step right: a tie is incorrect.
    assertThat(
            rewards(run(host, yaml.formatted("majority"), List.of(PROBLEM)).rows(Tables.ROLLOUTS)))
        .containsExactly(0.0, 0.0);
    assertThat(rewards(run(host, yaml.formatted("all"), List.of(PROBLEM)).rows(Tables.ROLLOUTS)))
        .containsExactly(0.0, 0.0);
  }

  /** METHODS appendix A: verdicts 111, 101, 010, 111 in a group of four, eps 1e-4. */
  @ParameterizedTest
  @CsvSource({
    "outcome, y, .865875 .865875 .865875, -.865875 -.865875 -.865875, -.865875 -.865875"
        + " -.865875",
    "outcome, step_augmented, .859888 .859888 .859888, -.716574 -.716574 -.716574, -1.003203 -1.003203"
        + " -1.003203",
    "selective, y, .865875 .865875 .865875, 0 -.865875 0, -.865875 0 -.865875",
    "'{kind: selective, others: 0.5}', y, .865875 .865875 .865875, -.432938 -.865875 -.432938, -.865875"
        + " -.432938 -.865875",
    "global_step, y, 1.024253 .913735 .803218, -.803218 -.913735 -.582183, -1.245288 -.913735"
        + " -1.024253"
  })
  void creditReachesTheTokens(
      String credit, String score, String right, String second, String third) {
    String[] replies = {RIGHT, WRONG, "4+5=8\n8-2=6\n#6", "4+5=7\n7-2=5\n#5"};
    List<String> verdicts = List.of("a y y y", "a y n y", "a n y n", "a y y y");
    StageHost host =
        host()
            .with(
                "judge",
                (prompt, sampling, index, seed) -> {
                  String solution = prompt.substring("4+5-2:".length(), prompt.length() - 1);
                  return verdicts.get(List.of(replies).indexOf(solution));
                });
    policy = (updates, prompt, index) -> replies[index];
    StageRun run =
        run(
            host,
            "{model: policy, rounds: 1, problems_per_round: 1, samples: 4, credit: %s, reward: [{kind: process, model: judge, score: %s}]}"
                .formatted(credit, score),
            List.of(PROBLEM));
    List<Rollout> rollouts = run.rows(Tables.ROLLOUTS);
    List<String> expected = List.of(right, second, third, right);
    for (int i = 0; i < 4; i++) {
      Rollout rollout = rollouts.get(i);
      assertThat(rollout.stepSpans())
          .containsExactly(new StepSpan(0, 6), new StepSpan(6, 12), new StepSpan(12, 15));
      TrainingSequence row = models.steps().get(0).batch().get(i);
      String[] steps = expected.get(i).split(" ", -1);
      for (int token = 0; token < 15; token++) {
        double wanted = Double.parseDouble(steps[Math.min(2, token / 6)]);
        assertThat((double) row.advantages()[6 + token]).isCloseTo(wanted, within(1.1e-6));
        assertThat(row.weights()[6 + token]).isEqualTo(1f);
        assertThat(row.oldLogprobs()[6 + token]).isEqualTo(-0.5f);
      }
      for (int token = 0; token < 6; token++) {
        assertThat(row.weights()[token]).isZero();
      }
    }
  }
}
