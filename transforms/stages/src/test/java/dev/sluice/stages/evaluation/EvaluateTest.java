package dev.sluice.stages.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.models.Sampling;
import dev.sluice.models.scripted.ScriptedLanguageModel.Script;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.records.Metric;
import dev.sluice.records.Preference;
import dev.sluice.records.Problem;
import dev.sluice.records.Rollout;
import dev.sluice.records.Solution;
import dev.sluice.records.StepLabel;
import dev.sluice.records.Verification;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.policy.UpdatePolicyConfig;
import dev.sluice.stages.testing.ArithmeticScripts;
import dev.sluice.stages.testing.Configs;
import dev.sluice.stages.testing.FakeModels;
import dev.sluice.stages.testing.Rows;
import dev.sluice.stages.testing.StageHost;
import dev.sluice.stages.testing.StageRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluateTest {
  private static final Problem ONE = Rows.arithmetic("4+5-2");
  private static final Problem TWO = Rows.arithmetic("9-3+2");
  private static final String RIGHT_ONE = "4+5=9\n9-2=7\n#7";
  private static final String WRONG_ONE = "4+5=9\n9-2=8\n#8";
  private static final String SHORT_ONE = "4+5=9\n#9";
  private static final String RIGHT_TWO = "9-3=6\n6+2=8\n#8";
  private static final String WRONG_TWO = "9-3=5\n5+2=7\n#7";

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  @SuppressWarnings("NullAway.Init")
  private StageHost host;

  @BeforeEach
  void setUp() {
    host = new StageHost(folder, new FakeModels(weights -> ArithmeticScripts.world()));
    host.with(
            "base",
            solver(
                Map.of(
                    ONE,
                    List.of(
                        RIGHT_ONE, RIGHT_ONE, WRONG_ONE, SHORT_ONE, RIGHT_ONE, WRONG_ONE,
                        RIGHT_ONE),
                    TWO,
                    List.of(
                        WRONG_TWO, WRONG_TWO, RIGHT_TWO, RIGHT_TWO, RIGHT_TWO, RIGHT_TWO,
                        WRONG_TWO))))
        .with(
            "policy",
            solver(
                Map.of(
                    ONE,
                    List.of(
                        RIGHT_ONE, WRONG_ONE, SHORT_ONE, RIGHT_ONE, RIGHT_ONE, RIGHT_ONE,
                        RIGHT_ONE),
                    TWO,
                    List.of(
                        RIGHT_TWO, RIGHT_TWO, RIGHT_TWO, RIGHT_TWO, RIGHT_TWO, RIGHT_TWO,
                        RIGHT_TWO))))
        .with("verifier", (prompt, sampling, index, seed) -> verdict(prompt, sampling, index, "y"))
        .with("prm", (prompt, sampling, index, seed) -> verdict(prompt, sampling, index, "zzz"));
  }

  /** Four samples at temperature 1, two at 0.7, one greedy. */
  private static Script solver(Map<Problem, List<String>> replies) {
    return (prompt, sampling, index, seed) -> {
      Problem problem = prompt.startsWith(ONE.question()) ? ONE : TWO;
      int from = sampling.temperature() == 1 ? 0 : sampling.temperature() == 0.7 ? 4 : 6;
      return Objects.requireNonNull(replies.get(problem)).get(from + index);
    };
  }

  /**
   * The truth; but its first vote at temperature 1 is the first word, said of every line, and so is
   * the greedy one if that is a verdict. As a reward, at temperature 0.5, every line is right.
   */
  private static String verdict(String prompt, Sampling sampling, int index, String first) {
    String truth = ArithmeticScripts.verify(prompt);
    if (sampling.temperature() == 0.5) {
      return truth.replace('n', 'y');
    }
    boolean careless = sampling.greedy() ? first.equals("y") : index == 0;
    return !careless ? truth : first.equals("y") ? truth.replace('n', 'y') : first;
  }

  private static final String ALL =
      """
      {base: base, policy: policy, verifier: verifier, reward: prm, samples: 4, cool_samples: 2, votes: 3,
       first_error_solutions: 5, judge: {votes: 1, temperature: 0.5}, suites: [%s]}
      """;

  private StageRun run(String suites, Map<String, List<ShardFile>> more) {
    Map<String, List<ShardFile>> inputs = new TreeMap<>(more);
    inputs.putIfAbsent("problems", problems());
    return host.run(new Evaluate(), ALL.formatted(suites), inputs);
  }

  /** The judges' suites with another kind of reward model. */
  private StageRun runAs(String kind) {
    String yaml =
        ALL.formatted("first_error, judge")
            .replace("judge: {votes: 1, temperature: 0.5}", "judge: {as: " + kind + "}");
    return host.run(new Evaluate(), yaml, Map.of("problems", problems()));
  }

  private List<ShardFile> problems() {
    return List.of(
        host.shard(Tables.PROBLEMS, List.of(ONE)), host.shard(Tables.PROBLEMS, List.of(TWO)));
  }

  private static Map<String, Double> values(StageRun run) {
    Map<String, Double> values = new TreeMap<>();
    run.metrics().forEach((name, metric) -> values.put(name, metric.value()));
    return values;
  }

  @Test
  void accuracyOfBaseAndPolicy() {
    StageRun run = run("accuracy", Map.of());
    assertThat(values(run))
        .isEqualTo(
            new TreeMap<>(
                Map.ofEntries(
                    Map.entry("accuracy/base", 0.5),
                    Map.entry("accuracy/base_greedy", 0.5),
                    Map.entry("accuracy/base_t07", 0.75),
                    // In the second problem the wrong answer came first.
                    Map.entry("maj_at_4/base", 0.5),
                    Map.entry("pass_at_1/base", 0.5),
                    // Of two right ones among four: 1 - 1/6; of three, and of one: 1 and 1/2.
                    Map.entry("pass_at_2/base", 0.8333333333333333),
                    Map.entry("pass_at_4/base", 1.0),
                    Map.entry("process_accuracy/base", 0.5),
                    Map.entry("accuracy/policy", 0.75),
                    Map.entry("accuracy/policy_greedy", 1.0),
                    Map.entry("accuracy/policy_t07", 1.0),
                    Map.entry("maj_at_4/policy", 1.0),
                    Map.entry("pass_at_1/policy", 0.75),
                    Map.entry("pass_at_2/policy", 11 / 12.0),
                    Map.entry("pass_at_4/policy", 1.0),
                    Map.entry("process_accuracy/policy", 0.75))));
    assertThat(run.metrics().get("accuracy/base"))
        .isEqualTo(new Metric("Evaluate", 0, 0, "accuracy/base", 0.5, 0.5, 0.5, 2));
    assertThat(run.metrics().get("accuracy/policy"))
        .isEqualTo(new Metric("Evaluate", 0, 0, "accuracy/policy", 0.75, 0.5, 1.0, 2));
    assertThat(run.rows(Tables.METRICS)).hasSize(16).containsAll(run.metrics().values());
    assertThat(run.counts().out()).isEqualTo(16);
    assertThat(run.rows(Tables.SOLUTIONS)).hasSize(28);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "2, 1 2",
    "3, 1 2 3",
    "4, 1 2 4",
    "6, 1 2 4 6",
    "8, 1 2 4 8",
    "16, 1 2 4 8 16",
    "100, 1 2 4 8 16 32 64 100"
  })
  void passAtK_isForAllPowersOfTwoUpToTheSamples(int samples, String expected) {
    assertThat(AccuracyMetrics.passes(samples).stream().map(String::valueOf))
        .containsExactly(expected.split(" ", -1));
  }

  /** A problem in words whose judges note what they are asked. */
  @Test
  void judges_areAskedInTheFormThatIsNamed() {
    Problem words = Rows.words("Ann has 2 pens and buys 3. How many?", "5");
    Map<String, List<String>> asked = new TreeMap<>();
    for (String name : List.of("untrained", "trained")) {
      host.with(
          name,
          (prompt, sampling, index, seed) -> {
            asked.computeIfAbsent(name, key -> new ArrayList<>()).add(prompt);
            return name.equals("trained")
                ? "Step 1: Correct\nStep 2: Correct"
                : "\\boxed{correct} \\boxed{correct}";
          });
    }
    host.with("solver", (prompt, sampling, index, seed) -> "Step 1: 2 + 3 = 5\nAnswer: 5");
    StageRun run =
        host.run(
            new Evaluate(),
            """
            {base: solver, policy: solver, verifier: untrained, reward: trained, samples: 1, cool_samples: 0, votes: 1,
             verifier_prompt: {family: think_prm}, suites: [first_error, judge],
             judge: {votes: 2, temperature: 0, prompt: {family: verdicts, form: few_shot}}}
            """,
            Map.of("problems", List.of(host.shard(Tables.PROBLEMS, List.of(words)))));
    assertThat(asked.get("untrained"))
        .hasSize(2)
        .allMatch(prompt -> prompt.startsWith("Review and critique each step"));
    // The suite 'first_error' asks twice, the suite 'judge' twice.
    assertThat(asked.get("trained"))
        .hasSize(4)
        .allMatch(prompt -> prompt.contains("Step 3: Answer: 27\nVerification:\n"));
    assertThat(run.rows(Tables.VERIFICATIONS)).hasSize(6).allMatch(Verification::parsed);
    assertThat(run.metric("judge/accept")).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"111, true", "1111, true", "1101, false", "110, false", "11, false", "11111, false"})
  void taggedAnswer_isReadAsTheRewardReadsIt(String marks, boolean accepted) {
    String text =
        "<think><step>a</step><step>b</step><step>c</step></think><answer>\\boxed{5}</answer>";
    StringBuilder reply = new StringBuilder();
    for (int i = 0; i < marks.length(); i++) {
      reply.append(
          "Step %d: %s\n".formatted(i + 1, marks.charAt(i) == '1' ? "Correct" : "Incorrect"));
    }
    host.with("solver", (prompt, sampling, index, seed) -> text)
        .with("trained", (prompt, sampling, index, seed) -> reply.toString());
    StageRun run =
        host.run(
            new Evaluate(),
            "{policy: solver, reward: trained, samples: 1, cool_samples: 0, vote_max_tokens: 999, max_tokens: 999, suites: [judge], prompt: {family: tagged}}",
            Map.of(
                "problems",
                List.of(host.shard(Tables.PROBLEMS, List.of(Rows.words("How many?", "5"))))));
    assertThat(run.metric("judge/accept")).isEqualTo(accepted ? 1 : 0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{kind: process, model: prm} | judge: {votes: 1, temperature: 0} | ",
        "{kind: process, model: prm} | judge: {temperature: 1} | temperature 1.0 here, 0.0 there",
        "{kind: process, model: prm, votes: 4, temperature: 1} | judge: {} | votes 1 here, 4 there",
        "{kind: process, model: prm, votes: 4, temperature: 1} | judge: {as_reward: false} | ",
        "{kind: process, model: prm, prompt: {family: spark}} | judge: {temperature: 0} | prompt 'task' (chat) here, 'spark' (chat) there",
        "{kind: process, model: prm, prompt: {family: spark}} | judge: {temperature: 0, prompt: {family: spark, form: few_shot}} | prompt 'spark' (few_shot) here, 'spark' (chat) there",
        "{kind: outcome, model: prm} | judge: {as: outcome, temperature: 0}, vote_max_tokens: 4 | ",
        "{kind: outcome, model: prm} | judge: {temperature: 0} | kind process here, outcome there; most tokens of a vote 96 here, 4 there",
        "{kind: process, model: prm, max_tokens: 500} | judge: {temperature: 0} | most tokens of a vote 96 here, 500 there",
        "{kind: process, model: another, votes: 9} | judge: {temperature: 0} | ",
        "{kind: classifier, model: prm} | judge: {as: classifier} | ",
        "{kind: classifier, model: prm} | judge: {} | kind process here, classifier there",
        "{kind: process, model: prm} | judge: {as: classifier} | kind classifier here, process there",
        "{kind: process, model: prm, merge: majority} | judge: {temperature: 0} | ",
        "{kind: random} | judge: {} | "
      })
  void judgeAskedOtherwiseThanTheReward_isWarnedOf(String term, String judge, String differences) {
    UpdatePolicyConfig trained =
        Configs.of(UpdatePolicyConfig.class, "{model: m, rounds: 1, reward: [%s]}".formatted(term));
    EvaluateConfig config =
        Configs.of(
            EvaluateConfig.class, "{policy: p, reward: prm, suites: [judge], %s}".formatted(judge));
    assertThat(new Evaluate().warnings(config, List.of(trained)))
        .isEqualTo(
            differences == null
                ? List.of()
                : List.of(
                    new ConfigMistake(
                        "judge",
                        "the suite 'judge' asks 'prm' otherwise than the reward does, so it measures another judge: %s; set 'judge' and 'vote_max_tokens' as in the reward, or judge.as_reward: false if that is meant"
                            .formatted(differences))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "y_rule: verdict | 1 | verdict by mean",
        "merge: majority | 4 | all_steps by majority",
        "merge: all | 2 | all_steps by all",
        "answer_follows: true | 1 | all_steps by mean and answer_follows",
        "merge: majority, y_rule: verdict | 4 | verdict by majority",
      })
  void rewardThatAcceptsOtherwise_isWarnedOf(String keys, int votes, String acceptance) {
    UpdatePolicyConfig trained =
        Configs.of(
            UpdatePolicyConfig.class,
            "{model: m, rounds: 1, reward: [{kind: process, model: prm, votes: %d, %s}]}"
                .formatted(votes, keys));
    EvaluateConfig config =
        Configs.of(
            EvaluateConfig.class,
            "{policy: p, reward: prm, suites: [judge], judge: {temperature: 0, votes: %d}}"
                .formatted(votes));
    assertThat(new Evaluate().warnings(config, List.of(trained)))
        .containsExactly(
            new ConfigMistake(
                "judge",
                "the suite 'judge' asks 'prm' otherwise than the reward does, so it measures another judge: acceptance all_steps by mean here, %s there; the suite has no key for that: change the reward, or judge.as_reward: false if that is meant"
                    .formatted(acceptance)));
  }

  @Test
  void promptsThatDoNotFitTheirJudge_areRefused() {
    assertThat(
            check(
                "{suites: [consensus], verifier_prompt: {family: yes_no}, judge: {as: outcome, prompt: {family: spark}}}"))
        .extracting(ConfigMistake::key)
        .containsExactly("verifier_prompt.family", "judge.prompt.family");
    assertThat(check("{suites: [consensus], judge: {as: classifier, prompt: {family: spark}}}"))
        .containsExactly(
            new ConfigMistake(
                "judge.prompt", "a classifier is shown steps and asked nothing; leave it out"));
    assertThat(check("{suites: [consensus], judge: {as: outcome}}")).isEmpty();
  }

  @Test
  void suiteTwice_withOtherKeys_isRefused() {
    String same =
        "{suites: [{kind: pass_at_k, k: [1]}, accuracy, {kind: pass_at_k, k: [%s]}], base: m}";
    assertThat(check(same.formatted("1"))).isEmpty();
    assertThat(check(same.formatted("2")))
        .containsExactly(
            new ConfigMistake(
                "suites[2]",
                "the suite 'pass_at_k' is named twice with different keys, and its metrics would have the same names; give the second one a stage Evaluate of its own"));
  }

  private static List<ConfigMistake> check(String yaml) {
    return new Evaluate().check(Configs.of(EvaluateConfig.class, yaml));
  }

  @Test
  void judgesAreComparedOnTheFirstSolutionsByIndex() {
    StageRun run = run("first_error", Map.of());
    List<Solution> base = run.rows(Tables.SOLUTIONS);
    List<String> judged =
        run.rows(Tables.VERIFICATIONS).stream().map(Verification::solutionId).distinct().toList();
    // (0, one), (0, two), (1, one), (1, two), (2, one): one's fourth fails the gate anyway.
    assertThat(judged)
        .containsExactlyInAnyOrder(
            base.get(0).solutionId(),
            base.get(7).solutionId(),
            base.get(1).solutionId(),
            base.get(8).solutionId(),
            base.get(2).solutionId());
    // 5 solutions, 2 judges, 3 votes and a greedy one.
    assertThat(run.rows(Tables.VERIFICATIONS)).hasSize(40);
    Map<String, Double> values = values(run);
    assertThat(values.keySet())
        .containsExactly(
            "first_error_f1/greedy",
            "first_error_f1/majority",
            "first_error_f1/one_vote",
            "first_error_f1/prm_greedy",
            "first_error_f1/prm_majority",
            "first_error_f1/prm_one_vote");
    assertThat(values)
        .containsEntry("first_error_f1/greedy", 0.0)
        .containsEntry("first_error_f1/majority", 1.0)
        .containsEntry("first_error_f1/prm_greedy", 1.0)
        .containsEntry("first_error_f1/prm_majority", 1.0);
    assertThat(run.metric("first_error_f1/one_vote")).isCloseTo(2 / 3.0, within(1e-12));
    assertThat(run.metric("first_error_f1/prm_one_vote")).isCloseTo(2 / 3.0, within(1e-12));
    assertThat(run.metrics().values())
        .allMatch(metric -> metric.low() != null && metric.high() != null)
        .allMatch(metric -> Objects.equals(metric.n(), 2));
  }

  @Test
  void rewardIsMeasuredOnWhatThePolicyWrites() {
    Map<String, Double> values = values(run("judge", Map.of()));
    // Seven of eight accepted (one fails the gate), six right; one of the two wrong is accepted.
    assertThat(values)
        .isEqualTo(
            new TreeMap<>(
                Map.of("judge/accept", 0.875, "judge/gap", 0.125, "judge/false_accept", 0.5)));
  }

  @Test
  void classifierHasOneOpinion() {
    // The fake classifier calls a step right whose last character is even: all of problem two's.
    FakeModels.write(folder.resolve("classifier"), "c");
    host.with("prm", folder.resolve("classifier"));
    StageRun run = runAs("classifier");
    assertThat(values(run))
        .containsEntry("judge/accept", 0.5)
        .containsEntry("judge/gap", -0.25)
        .containsEntry("judge/false_accept", 0.0)
        // Neither of the two right solutions is called right.
        .containsEntry("first_error_f1/prm_greedy", 0.0)
        .containsEntry("first_error_f1/majority", 1.0)
        .doesNotContainKeys("first_error_f1/prm_one_vote", "first_error_f1/prm_majority");
  }

  @Test
  void outcomeModelSpeaksOfTheWhole() {
    host.with("prm", ArithmeticScripts.world());
    StageRun run = runAs("outcome");
    assertThat(values(run))
        .containsEntry("judge/accept", 0.75)
        .containsEntry("judge/gap", 0.0)
        .containsEntry("judge/false_accept", 0.0)
        .containsEntry("first_error_f1/majority", 1.0)
        .doesNotContainKeys("first_error_f1/prm_one_vote", "first_error_f1/prm_greedy");
  }

  @Test
  void modelsAreAskedInTheFormThatIsNamed() {
    Problem words = Rows.words("Ann has 2 pens and buys 3. How many has she?", "5");
    List<String> asked = new ArrayList<>();
    host.with(
        "base",
        (prompt, sampling, index, seed) -> {
          asked.add(prompt + sampling.stop());
          return "Step 1: 2 + 3 = 5\nAnswer: 5";
        });
    StageRun run =
        host.run(
            new Evaluate(),
            "{base: base, samples: 1, cool_samples: 0, prompt: {family: steps, form: few_shot}}",
            Map.of("problems", List.of(host.shard(Tables.PROBLEMS, List.of(words)))));
    assertThat(values(run)).containsEntry("accuracy/base", 1.0);
    assertThat(asked).hasSize(2);
    assertThat(asked.get(0))
        .contains("Answer: ")
        .endsWith("buys 3. How many has she?\n[\n\n, \nQuestion:]");
  }

  @Test
  void requestThatFailsCountsAsWrong() {
    host.with(
        "base",
        (prompt, sampling, index, seed) -> {
          if (prompt.startsWith("9")) {
            throw new IllegalArgumentException("no");
          }
          return RIGHT_ONE;
        });
    StageRun run = run("accuracy, first_error", Map.of());
    assertThat(run.metric("accuracy/base")).isEqualTo(0.5);
    assertThat(run.metric("accuracy/base_greedy")).isEqualTo(0.5);
    assertThat(run.metric("maj_at_4/base")).isEqualTo(0.5);
    assertThat(run.warnings())
        .containsExactly(
            "Evaluate: 3 requests for solutions failed; their samples count as wrong.");
  }

  @Test
  void worldsWithoutGoldStepsHaveNoFirstErrors() {
    Problem words = Rows.words("How many?", "4");
    Map<String, List<ShardFile>> inputs =
        Map.of("problems", List.of(host.shard(Tables.PROBLEMS, List.of(words))));
    Script solver = (prompt, sampling, index, seed) -> index == 0 ? "A: 4" : "A: 5";
    host.with("base", solver)
        .with("policy", solver)
        .with("verifier", (prompt, sampling, index, seed) -> "Step 1: Correct")
        .with("prm", (prompt, sampling, index, seed) -> "Step 1: Correct");
    Map<String, Double> values = values(run("accuracy, first_error, judge", inputs));
    assertThat(values.keySet()).noneMatch(name -> name.startsWith("first_error_f1"));
    assertThat(values)
        .containsEntry("accuracy/base", 0.25)
        .containsEntry("judge/accept", 1.0)
        .containsEntry("judge/gap", 0.75)
        .doesNotContainKey("process_accuracy/base");
  }

  private static Rollout rollout(Problem problem, int round, String text, double reward) {
    return new Rollout(
        problem.problemId() + round,
        round,
        problem.problemId(),
        0,
        text,
        List.of(),
        List.of(),
        "stop",
        Map.of(),
        reward,
        0.0,
        List.of(),
        List.of(),
        List.of());
  }

  @Test
  void curveOnDevIsGradedAfterwards() {
    StageRun run =
        run(
            "accuracy",
            Map.of(
                "dev_problems", List.of(host.shard(Tables.PROBLEMS, List.of(ONE, TWO))),
                "dev_rollouts",
                    List.of(
                        host.shard(
                            Tables.DEV_ROLLOUTS,
                            List.of(
                                rollout(ONE, 0, RIGHT_ONE, 0),
                                rollout(TWO, 0, RIGHT_TWO, 1),
                                rollout(ONE, 5, WRONG_ONE, 1),
                                rollout(TWO, 5, WRONG_TWO, 1))))));
    assertThat(run.metric("alarm/divergence")).isEqualTo(5);
    assertThat(run.rows(Tables.METRICS).stream().filter(metric -> metric.name().startsWith("dev/")))
        .extracting(Metric::round, Metric::step, Metric::name, Metric::value)
        .containsExactly(
            tuple(0, 1, "dev/accuracy", 1.0),
            tuple(0, 1, "dev/reward", 0.5),
            tuple(5, 1, "dev/accuracy", 0.0),
            tuple(5, 1, "dev/reward", 1.0));
    assertThat(run.metrics()).doesNotContainKey("dev/accuracy");
  }

  private static StepLabel label(Solution solution, String status, @Nullable Boolean outcome) {
    return new StepLabel(
        solution.solutionId(),
        solution.problemId(),
        status,
        solution.steps(),
        List.of(),
        List.of(),
        -1,
        outcome,
        0,
        List.of(),
        "outcome_majority",
        null);
  }

  private static Preference pair(Solution chosen, Solution rejected) {
    return new Preference(
        chosen.solutionId() + rejected.solutionId(),
        chosen.problemId(),
        "",
        "",
        "",
        0,
        0,
        chosen.solutionId(),
        rejected.solutionId());
  }

  @Test
  void storedSolutionsAreComparedWithStoredCorrectness() {
    Problem a = Rows.words("a", "It is four.\n#### 4");
    Problem b = Rows.words("b", "1");
    Problem c = Rows.words("c", "8");
    Problem d = Rows.words("d", "0");
    List<Solution> s = new ArrayList<>();
    add(s, a, "A: 4 true", "A: $4.00 true", "A: 4 false", "A: 5 false");
    add(s, b, "A: 1 true", "A: 1 true", "A: 2 false", "A: 2 false");
    add(s, c, "A: 9 false", "A: 9 false", "A: 9 false", "no answer false");
    List<StepLabel> labels = new ArrayList<>();
    for (int i = 0; i < s.size(); i++) {
      boolean labelled = i == 0 || i == 2;
      labels.add(label(s.get(i), labelled ? "labelled" : "few_votes", labelled ? true : null));
    }
    StageRun run =
        run(
            "consensus, labels, preferences",
            Map.of(
                "label_problems", List.of(host.shard(Tables.PROBLEMS, List.of(a, b, c, d))),
                "label_solutions", List.of(host.shard(Tables.SOLUTIONS, s)),
                "step_labels", List.of(host.shard(Tables.STEP_LABELS, labels)),
                "preferences",
                    List.of(
                        host.shard(
                            Tables.PREFERENCES,
                            List.of(
                                pair(s.get(0), s.get(3)),
                                pair(s.get(2), s.get(1)),
                                pair(s.get(0), s.get(1)))))));
    assertThat(values(run))
        .isEqualTo(
            new TreeMap<>(
                Map.of(
                    // Two of four problems; one of them has no solution at all.
                    "consensus/coverage", 0.5,
                    "consensus/answer_accuracy", 0.5,
                    "consensus/label_accuracy", 0.5,
                    "labels/coverage", 2 / 12.0,
                    "labels/outcome_accuracy", 0.5,
                    "preferences/right_order", 1 / 3.0,
                    "preferences/wrong_order", 1 / 3.0)));
    assertThat(Objects.requireNonNull(run.metrics().get("consensus/coverage")).n()).isEqualTo(4);
    assertThat(Objects.requireNonNull(run.metrics().get("consensus/label_accuracy")).n())
        .isEqualTo(2);
    assertThat(run.rows(Tables.SOLUTIONS)).isEmpty();
  }

  private static void add(List<Solution> all, Problem problem, String... texts) {
    for (int k = 0; k < texts.length; k++) {
      int space = texts[k].lastIndexOf(' ');
      all.add(
          Rows.solution(
              problem,
              k,
              texts[k].substring(0, space),
              "file",
              Boolean.valueOf(texts[k].substring(space + 1))));
    }
  }

  @Test
  void suitesSayWhatTheyNeed() {
    Evaluate type = new Evaluate();
    assertThat(
            type.check(
                Configs.of(
                    EvaluateConfig.class, "{suites: [accuracy, first_error, judge, labels]}")))
        .extracting(mistake -> mistake.message())
        .containsExactly(
            "the suite 'accuracy' needs the key 'base'",
            "the suite 'first_error' needs the key 'base'",
            "the suite 'first_error' needs the key 'verifier'",
            "the suite 'judge' needs the key 'policy'",
            "the suite 'judge' needs the key 'reward'");
    EvaluateConfig config = Configs.of(EvaluateConfig.class, "{base: b}");
    assertThat(config.samples()).isEqualTo(8);
    assertThat(config.coolSamples()).isEqualTo(4);
    assertThat(config.votes()).isEqualTo(16);
    assertThat(config.firstErrorSolutions()).isEqualTo(500);
    // It loads references, and yet the run stays free of them.
    assertThat(type.wiring(config).loadsReference()).isTrue();
    assertThat(type.wiring(config).referenceFree()).isTrue();
  }
}
