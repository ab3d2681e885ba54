package dev.sluice.stages.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.methods.prompt.Form;
import dev.sluice.methods.prompt.JudgePrompt;
import dev.sluice.methods.prompt.SolvePrompt;
import dev.sluice.methods.reward.ProcessJudge;
import dev.sluice.methods.reward.ProcessReward;
import dev.sluice.methods.reward.Response;
import dev.sluice.methods.reward.SparkRewards;
import dev.sluice.methods.reward.StepScoreRules;
import dev.sluice.methods.reward.StepScores;
import dev.sluice.methods.task.TextTask;
import dev.sluice.methods.verification.Vote;
import dev.sluice.models.Completion;
import dev.sluice.records.Problem;
import dev.sluice.records.Rollout;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.testing.Configs;
import dev.sluice.stages.testing.Rows;
import dev.sluice.stages.testing.StageHost;
import dev.sluice.stages.testing.StageRun;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules of SPARK that only problems in words reach: mismatches, bounds, tags. */
class SparkOnTextTest extends PolicyFixture {
  private static final Problem WORDS = Rows.words("Ann has 2 pens and buys 3. How many?", "5");

  /** Verdicts as the judge writes them: {@code 11Yes} judges two steps and says Yes at the end. */
  private static String verdicts(String marks) {
    StringBuilder text = new StringBuilder();
    int steps = 0;
    for (int i = 0; i < marks.length(); i++) {
      char mark = marks.charAt(i);
      if (mark == '0' || mark == '1') {
        steps++;
        text.append("Step %d: %s\n".formatted(steps, mark == '1' ? "Correct" : "Incorrect"));
      }
    }
    String word = marks.replaceAll("[01]", "");
    return word.isEmpty()
        ? text.toString()
        : text + "**Verification: Is the answer correct (Yes/No)? " + word + "**";
  }

  /** A reply of so many steps in lines, the answer among them; its mark names it to the judge. */
  private static String lines(int steps, int mark) {
    return IntStream.range(1, steps)
            .mapToObj(i -> "Step %d: mark%d, line %d".formatted(i, mark, i))
            .collect(Collectors.joining("\n"))
        + (steps == 1 ? "" : "\n")
        + "Answer: 5 "
        + "(mark%d)".formatted(mark);
  }

  private static String tagged(int steps, int mark) {
    return "<think>"
        + IntStream.range(0, steps)
            .mapToObj(i -> "<step>mark%d, step %d</step>".formatted(mark, i))
            .collect(Collectors.joining("\n"))
        + "</think>\n<answer>\\boxed{5}</answer>";
  }

  /** Judges called {@code judge} and {@code other} that say of each reply what is listed. */
  private StageRun judging(String config, Map<String, List<String>> said, String... replies) {
    policy = (updates, prompt, index) -> replies[index];
    StageHost host = host().forget();
    said.forEach(
        (name, marks) ->
            host.with(
                name,
                (prompt, sampling, index, seed) -> {
                  for (int i = 0; i < replies.length; i++) {
                    if (prompt.contains("mark" + i)) {
                      return verdicts(marks.get(i));
                    }
                  }
                  return "no verdict";
                }));
    return run(
        host,
        "{model: policy, rounds: 1, problems_per_round: 1, samples: %d, max_tokens: 2000, %s}"
            .formatted(replies.length, config),
        List.of(WORDS),
        List.of(WORDS));
  }

  private static final String ONE = "reward: [{kind: process, model: judge, max_tokens: 999}]";

  private StageRun judging(String config, String said, String... replies) {
    return judging(config, Map.of("judge", List.of(said.split(" ", -1))), replies);
  }

  private static double[] advantages(StageRun run) {
    return run.rows(Tables.ROLLOUTS).stream().mapToDouble(Rollout::advantage).toArray();
  }

  private static double[] numbers(String text) {
    return Arrays.stream(text.split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
  }

  private static String[] replies(int count, int steps) {
    return IntStream.range(0, count).mapToObj(i -> lines(steps, i)).toArray(String[]::new);
  }

  @ParameterizedTest
  @CsvSource({
    "spark, 111 11Yes 010 111, .4999 .4999 -1.4997 .4999",
    "incorrect, 111 11Yes 010 111, .8659 -.8659 -.8659 .8659",
    "spark, 111 1111Yes 010 111, .4999 .4999 -1.4997 .4999",
    "spark, 111 11No 010 111, .8659 -.8659 -.8659 .8659",
    "spark, 111 10Yes 010 111, .8659 -.8659 -.8659 .8659",
    "spark, 111 Yes 010 111, .8659 -.8659 -.8659 .8659",
    "spark, 1 1 0 0, .8659 .8659 -.8659 -.8659",
    "incorrect, 1 1 0 111, -.4999 -.4999 -.4999 1.4997"
  })
  void voteOnAnotherNumberOfSteps_countsAsTheRuleSays(String rule, String said, String expected) {
    StageRun run = judging("on_mismatch: " + rule + ", " + ONE, said, replies(4, 3));
    assertThat(advantages(run)).containsExactly(numbers(expected), within(5e-5));
  }

  @Test
  void finalVerdictAlone_ofAMismatch_isKeptByTheScript() {
    String verdict = "reward: [{kind: process, model: judge, y_rule: verdict, max_tokens: 999}]";
    StageRun run =
        judging("on_mismatch: spark, " + verdict, "111Yes 10Yes 010No 111No", replies(4, 3));
    assertThat(rewards(run.rows(Tables.ROLLOUTS))).containsExactly(1.0, 1.0, 0.0, 0.0);
    // The column holds verdicts on the steps that there are.
    assertThat(run.rows(Tables.ROLLOUTS).get(1).stepVerdicts()).isEmpty();
  }

  /** Step rewards of a mismatch are 0 in design 4, which beats the -1/3 of the third reply. */
  @Test
  void stepRewards_ofAMismatch_areZero() {
    StageRun run =
        judging(
            "on_mismatch: spark, credit: global_step, " + ONE, "111 11Yes 000 111", replies(4, 3));
    double[] process = advantages(run);
    // Twelve step rewards: six of +1/3, three of 0, three of -1/3.
    double mean = 1.0 / 12;
    double deviation = Math.sqrt((9 * (1 / 9.0) - 12 * mean * mean) / 11);
    double zero = -mean / (deviation + 1e-4);
    assertThat(run.rows(Tables.ROLLOUTS).get(1).advantages().get(0))
        .isCloseTo(0.8 * process[1] + 0.2 * 3 * zero, within(1e-9));
  }

  @ParameterizedTest
  @CsvSource({
    // Steps of each reply, bounds, and which replies keep their reward.
    "3 5 4 8, '{}', 0 1 1 1",
    "3 5 4 8, '{min: 4, max: 6}', 0 1 1 0",
    "1 2 3 4, '{min: 2, max: 3}', 0 1 1 0",
    "20 21 4 5, '{min: 4}', 1 0 1 1",
    "20 21 4 5, '{max: 4}', 0 0 1 0",
    "3 5 4 8, , 1 1 1 1",
    "1 2 3 4, '{min: 1, max: 2147483647}', 1 1 1 1"
  })
  void stepBounds_ofText_act(String steps, String bounds, String kept) {
    String[] counts = steps.split(" ", -1);
    for (boolean tags : List.of(false, true)) {
      String[] replies = new String[counts.length];
      String[] said = new String[counts.length];
      for (int i = 0; i < replies.length; i++) {
        int count = Integer.parseInt(counts[i]);
        replies[i] = tags ? tagged(count, i) : lines(count, i);
        said[i] = "1".repeat(count);
      }
      StageRun run =
          judging(
              (bounds == null ? "" : "step_bounds: " + bounds + ", ") + ONE,
              String.join(" ", said),
              replies);
      assertThat(run.rows(Tables.ROLLOUTS).stream().mapToDouble(Rollout::reward).toArray())
          .as("tags %s", tags)
          .containsExactly(numbers(kept));
    }
  }

  private static final String TAGS = "prompt: {family: tagged}, ";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mark0\\nAnswer: 5",
        "Step 1: mark0\\nAnswer: 5",
        "<think>mark0</think> 5",
        "<answer>\\boxed{5}</answer> mark0",
        "<think>mark0</think><answer>5</answer>",
        "mark0 \\boxed{5}",
        "<step>mark0</step><answer>\\boxed{5}</answer><step>Another problem</step><answer>\\boxed{7}</answer>",
        "<think>mark0</think><answer>\\boxed{5}</answer>\\nAnswer: 5"
      })
  void taggedPrompt_gatesEveryReply(String reply) {
    String text = reply.replace("\\n", "\n");
    StageRun run = judging(TAGS + ONE, "11 11", text, tagged(2, 1));
    assertThat(rewards(run.rows(Tables.ROLLOUTS))).containsExactly(0.0, 1.0);
    assertThat(run.rows(Tables.ROLLOUTS).get(0).stepVerdicts()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'', false",
    "' \n', false",
    "' and more', true",
    "<step>Another</step>, true",
    "'\n<answer>\\boxed{7}</answer>', true",
    "., true"
  })
  void textAfterTheAnswerTag_isAppended(String after, boolean appended) {
    assertThat(new TextTask().appended(tagged(2, 0) + after)).isEqualTo(appended);
  }

  @ParameterizedTest
  @CsvSource({
    "111, 1, 3",
    "1111, 1, 4",
    "110, 0, 3",
    "1110, 0, 4",
    "11, 0, 0",
    "11111, 0, 0",
    "101Yes, 0, 3",
    "111No, 0, 3",
    "111Yes, 1, 3"
  })
  void answer_isAStepOnlyWhereTheJudgeJudgesIt(String said, double reward, int verdicts) {
    StageRun run = judging(ONE, said + " 000", tagged(3, 0), tagged(3, 1));
    Rollout first = run.rows(Tables.ROLLOUTS).get(0);
    assertThat(first.reward()).isEqualTo(reward);
    assertThat(first.stepVerdicts()).hasSize(verdicts);
  }

  /** The answer's tokens keep the advantage of the whole, and k/n is of the steps alone. */
  @Test
  void answerWithoutVerdict_keepsTheAdvantageOfTheWhole() {
    StageRun run = judging("credit: selective, " + ONE, "101 111", tagged(3, 0), tagged(3, 1));
    Rollout first = run.rows(Tables.ROLLOUTS).get(0);
    List<Double> tokens = first.advantages();
    int answer = first.completion().indexOf("\\boxed");
    int wrong = first.completion().indexOf("step 1");
    int right = first.completion().indexOf("step 2");
    assertThat(tokens.get(answer)).isEqualTo(first.advantage()).isNegative();
    assertThat(tokens.get(wrong)).isEqualTo(first.advantage());
    assertThat(tokens.get(right)).isZero();
    assertThat(
            rewards(
                judging(
                        ONE.replace("judge,", "judge, score: step_augmented,"),
                        "101 111",
                        tagged(3, 0),
                        tagged(3, 1))
                    .rows(Tables.ROLLOUTS)))
        .containsExactly(0.4 * 2 / 3, 1.0);
  }

  /** Five votes that name the first wrong step; a majority of steps would say another thing. */
  @ParameterizedTest
  @CsvSource({
    "-1 -1 0 1 2, 1, 1 1 1 1",
    "3 3 0 1 -1, 0, 1 1 1 -1",
    "-1 -1 0 0 2, 0, -1 -1 -1 -1",
    "-1 -1 x x 2, 0, -1 -1 -1 -1",
    "-1 -1 x 2 2, 0, 1 1 -1 -1",
    "-1 -1 -1 x x, 1, 1 1 1 1"
  })
  void indexes_areVotedOnByIndex(String named, double y, String signs) {
    String text = lines(4, 0);
    Response response =
        Response.of(
            WORDS,
            0,
            "id",
            new Completion(text, new int[0], new float[0], Completion.FinishReason.STOP),
            SolvePrompt.TASK);
    UpdatePolicyConfig config =
        Configs.of(
            UpdatePolicyConfig.class,
            "{model: m, rounds: 1, reward: [{kind: process, model: j, votes: 5, merge: majority, prompt: {family: process_bench}}]}");
    JudgePrompt prompt = JudgePrompt.of("process_bench", Form.CHAT);
    List<Vote> votes = new ArrayList<>();
    for (String index : named.split(" ", -1)) {
      String reply = "\\boxed{" + index + "}";
      List<Boolean> verdicts = prompt.verdicts(WORDS, reply, 4).orElse(List.of());
      Vote vote = new Vote(votes.size(), "", verdicts, !verdicts.contains(false), reply);
      votes.add(verdicts.isEmpty() ? Vote.UNPARSED : vote);
    }
    StepScores judgement =
        new ProcessJudge(
                new StepScoreRules(
                    config.onMismatch(), config.credit().guard(), config.stepBounds()),
                (ProcessReward) config.reward().get(0).term())
            .judge(response, votes);
    assertThat(judgement.y()).isEqualTo(y);
    assertThat(judgement.steps().stream().mapToDouble(Double::doubleValue).toArray())
        .containsExactly(numbers(signs));
  }

  @ParameterizedTest
  @CsvSource({
    "'', '', You are a maths teacher",
    "', prompt: {family: verdicts}', '', Verify the student's",
    "', prompt: {family: verdicts}', ', prompt: {family: think_prm}', Review and critique"
  })
  void alarmsVerifier_isAskedAsTheReward(String reward, String alarm, String start) {
    List<String> asked = new ArrayList<>();
    policy = (updates, prompt, index) -> lines(3, index);
    String own = reward.isEmpty() ? ", prompt: {family: spark}" : reward;
    run(
        host()
            .with("judge", (prompt, sampling, index, seed) -> verdicts("111Yes"))
            .with(
                "untrained",
                (prompt, sampling, index, seed) -> {
                  asked.add(prompt);
                  return verdicts("111Yes");
                }),
        "{model: policy, rounds: 1, problems_per_round: 1, samples: 2, dev: {every: 1}, alarms: {verifier: untrained, votes: 2%s}, reward: [{kind: process, model: judge%s}]}"
            .formatted(alarm, own),
        List.of(WORDS),
        List.of(WORDS));
    assertThat(asked).isNotEmpty().allMatch(prompt -> prompt.startsWith(start));
  }

  private static final String TWO =
      "reward: [{kind: process, model: judge, max_tokens: 999, weight: %s}, {kind: process, model: other, max_tokens: 999, weight: %s}]";

  @ParameterizedTest
  @CsvSource({
    // What each judge says, their weights; signs of the steps, and whether it is accepted.
    "111, 110, 1, 1, 1 1 0, false",
    "111, 110, 3, 1, 1 1 .5, true",
    "110, 111, 3, 1, 1 1 -.5, false",
    "111, 111, 1, 1, 1 1 1, true",
    "000, 111, 0, 1, 1 1 1, true",
    "000, 111, -1, 1, 1 1 1, true",
    "111, 000, 0, 0, 0 0 0, false",
    "11, 111, 1, 1, 0 0 0, false"
  })
  void twoJudges_shareCreditByTheirWeights(
      String one, String two, double first, double second, String signs, boolean accepted) {
    Map<String, List<String>> said = new TreeMap<>();
    said.put("judge", List.of(one, "000"));
    said.put("other", List.of(two, "000"));
    StageRun run =
        judging("dev: {every: 1}, " + TWO.formatted(first, second), said, lines(3, 0), lines(3, 1));
    assertThat(run.rows(Tables.DEV_ROLLOUTS).get(0).rewards().get("accepted"))
        .isEqualTo(accepted ? 1.0 : 0.0);
    StepScores both =
        ProcessJudge.combine(List.of(judged(one), judged(two)), List.of(first, second));
    assertThat(both.steps().stream().mapToDouble(Double::doubleValue).toArray())
        .containsExactly(numbers(signs), within(1e-12));
  }

  private static StepScores judged(String marks) {
    List<Boolean> verdicts = marks.chars().mapToObj(mark -> mark == '1').toList();
    return SparkRewards.judge(
        3, Vote.onSteps(verdicts), SparkRewards.StepBounds.NONE, SparkRewards.Options.DEFAULT);
  }

  /** Selective credit needs the steps of both: the second term's alone would be all right. */
  @Test
  void twoJudges_bothGiveStepCredit() {
    Map<String, List<String>> said = new TreeMap<>();
    said.put("judge", List.of("100", "111"));
    said.put("other", List.of("111", "111"));
    StageRun run =
        judging("credit: selective, " + TWO.formatted(2, 1), said, lines(3, 0), lines(3, 1));
    Rollout first = run.rows(Tables.ROLLOUTS).get(0);
    assertThat(first.advantage()).isNegative();
    assertThat(first.advantages().get(first.completion().indexOf("line 1"))).isZero();
    assertThat(first.advantages().get(first.completion().indexOf("line 2")))
        .isEqualTo(first.advantage());
    assertThat(first.rewards()).isEqualTo(Map.of("process", 1.0));
  }
}
