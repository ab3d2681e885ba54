package dev.sluice.stages.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.methods.verification.ProgramCheck;
import dev.sluice.methods.verification.RuleCheck;
import dev.sluice.models.ModelException;
import dev.sluice.models.Sampling;
import dev.sluice.models.scripted.ScriptedLanguageModel;
import dev.sluice.records.Criterion;
import dev.sluice.records.DeadLetter;
import dev.sluice.records.Hashes;
import dev.sluice.records.Problem;
import dev.sluice.records.Rubric;
import dev.sluice.records.Solution;
import dev.sluice.records.Verification;
import dev.sluice.records.manifest.Counts;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.Wiring.Port;
import dev.sluice.stages.testing.ArithmeticScripts;
import dev.sluice.stages.testing.Configs;
import dev.sluice.stages.testing.FakeModels;
import dev.sluice.stages.testing.Rows;
import dev.sluice.stages.testing.StageHost;
import dev.sluice.stages.testing.StageRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerifySolutionsTest {
  private static final Problem CHAIN = Rows.arithmetic("4+5-2");
  private static final String TEXT = "4+5=9\n9-2=7\n#7";

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  private StageHost host() {
    return new StageHost(folder, new FakeModels(weights -> ArithmeticScripts.world()));
  }

  private static StageRun run(StageHost host, String yaml, Problem problem, Solution... solutions) {
    return host.run(
        new VerifySolutions(),
        yaml,
        Map.of(
            "problems", List.of(host.shard(Tables.PROBLEMS, List.of(problem))),
            "solutions", List.of(host.shard(Tables.SOLUTIONS, List.of(solutions)))));
  }

  @Test
  void votesOnEveryStep() {
    Solution solution = Rows.solution(CHAIN, 0, TEXT);
    StageHost host =
        host()
            .with(
                "judge",
                (prompt, sampling, index, seed) -> {
                  assertThat(prompt).isEqualTo("4+5-2:" + TEXT + "?");
                  assertThat(sampling).isEqualTo(new Sampling(1.0, 1.0, 0, 12, List.of()));
                  assertThat(seed)
                      .isEqualTo(
                          Hashes.seed(7, "VerifySolutions", "", 0, solution.solutionId(), index));
                  // All verdicts, one too few, cut off.
                  return List.of("a y y n", "b y y", "a 9y 17y 17y").get(index);
                });
    StageRun run =
        run(
            host,
            "{model: judge, votes: 3, max_tokens: 12, checks: [rule, calculator]}",
            CHAIN,
            solution);
    assertThat(run.rows(Tables.VERIFICATIONS))
        .extracting(
            Verification::voteIndex,
            Verification::pass,
            Verification::stepVerdicts,
            Verification::outcomeVerdict,
            Verification::parsed)
        .containsExactly(
            tuple(0, "initial", List.of(true, true, false), false, true),
            tuple(1, "initial", List.of(), null, false),
            tuple(2, "initial", List.of(), null, false),
            tuple(3, "rule", List.of(true, true, true), true, true),
            tuple(4, "calculator", List.of(true, true, true), true, true));
    assertThat(run.counts().unparsed()).isEqualTo(2);
    assertThat(run.counts().expected()).isEqualTo(5);
    assertThat(run.rows(Tables.VERIFICATIONS))
        .extracting(Verification::verificationId)
        .contains(Hashes.childId(solution.solutionId(), "VerifySolutions/initial", 1))
        .doesNotHaveDuplicates();
  }

  @Test
  void promptOfAUser_asksWithItsTextAndReadsWithItsParser() {
    Problem words = Rows.words("Is {{ x }} 4?", "4");
    Set<String> prompts = ConcurrentHashMap.newKeySet();
    StageHost host =
        host()
            .with(
                "judge",
                (prompt, sampling, index, seed) -> {
                  prompts.add(prompt);
                  return List.of("The first: 0", "none", "The first: -1").get(index);
                });
    StageRun run =
        run(
            host,
            """
            model: judge
            votes: 3
            prompt:
              file:
                asks_for: steps
                system: Be strict.
                user: |
                  {{ problem }} {{ attributes.format }}
                  {% for step in steps %}
                  {{ loop.index }}. {{ step }}
                  {% endfor %}
                  {% for other in siblings %}
                  not: {{ other | one_line }}
                  {% endfor %}
                reply: {kind: regex, pattern: "first: (?<first_error>-?[0-9]+)"}
            """,
            words,
            Rows.solution(words, 0, "2 + 2 = 4\nA: 4"),
            Rows.solution(words, 1, "2 + 2 = 5"));
    assertThat(prompts)
        .containsExactlyInAnyOrder(
            "Be strict.\n\nIs {{ x }} 4? text\n1. 2 + 2 = 4\n2. A: 4\nnot: 2 + 2 = 5\n",
            "Be strict.\n\nIs {{ x }} 4? text\n1. 2 + 2 = 5\nnot: 2 + 2 = 4 A: 4\n");
    assertThat(run.rows(Tables.VERIFICATIONS).subList(0, 3))
        .extracting(Verification::pass, Verification::stepVerdicts, Verification::parsed)
        .containsExactly(
            tuple(Verification.FIRST_ERROR, List.of(false, false), true),
            tuple(Verification.FIRST_ERROR, List.of(), false),
            tuple(Verification.FIRST_ERROR, List.of(true, true), true));
  }

  @Test
  void promptThatShowsTheRubric_readsTheTableAndNoOtherDoes() {
    Problem words = Rows.words("How many?", "4");
    Solution solution = Rows.solution(words, 0, "2 + 2 = 4\nA: 4");
    String yaml =
        "{model: judge, votes: 1, granularity: outcome, prompt: {template: '{% for c in rubric %}{{ c.id }} {{ c.text }} {{ c.weight }};{% endfor %}', reply: {kind: word}}}";
    StageHost host =
        host()
            .with(
                "judge",
                (prompt, sampling, index, seed) -> prompt.equals("answer 4 2.0;") ? "yes" : "no");
    Rubric rubric =
        new Rubric(
            "r",
            words.problemId(),
            solution.solutionId(),
            List.of(new Criterion("answer", "4", 2, "equals")),
            "test");
    StageRun run =
        host.run(
            new VerifySolutions(),
            yaml,
            Map.of(
                "problems", List.of(host.shard(Tables.PROBLEMS, List.of(words))),
                "solutions", List.of(host.shard(Tables.SOLUTIONS, List.of(solution))),
                "rubrics", List.of(host.shard(Tables.RUBRICS, List.of(rubric)))));
    assertThat(run.rows(Tables.VERIFICATIONS))
        .extracting(Verification::outcomeVerdict)
        .containsExactly(true);
    VerifySolutions type = new VerifySolutions();
    assertThat(type.wiring(Configs.of(VerifySolutions.Config.class, yaml)).reads())
        .extracting(Port::name)
        .containsExactly("solutions", "problems", "rubrics");
    assertThat(type.wiring(Configs.of(VerifySolutions.Config.class, "{model: judge}")).reads())
        .extracting(Port::name)
        .containsExactly("solutions", "problems");
  }

  @Test
  void templateThatFailsOnARow_isADeadLetterOfThatRow() {
    Problem words = Rows.words("How many?", "4");
    Solution solution = Rows.solution(words, 0, "2 + 2 = 4\nA: 4");
    StageHost host = host().with("judge", (prompt, sampling, index, seed) -> "\\boxed{yes}");
    StageRun run =
        run(
            host,
            "{model: judge, votes: 2, granularity: outcome, prompt: {template: 'is {{ attributes.level }} {{ solution }}', reply: {kind: boxed}}}",
            words,
            solution);
    assertThat(run.counts()).isEqualTo(new Counts(1, 2, 0, 2, 0));
    assertThat(run.dead())
        .extracting(DeadLetter::errorClass)
        .containsExactly("template", "template");
    assertThat(run.dead().get(0).errorMessage())
        .contains("The template of the prompt cannot be applied to problem")
        .contains("(line 1)")
        .contains("has no attribute 'level'");
  }

  @Test
  void check_thatCannotReadARow_isADeadLetter() {
    Problem words = Rows.words("How many?", "4");
    Problem riddle =
        new Problem(
            words.problemId(),
            words.messages(),
            words.referenceAnswer(),
            words.source(),
            words.difficulty(),
            Map.of("format", "riddle"));
    Solution solution = Rows.solution(words, 0, "2 + 2 = 4\nA: 4");
    StageRun run = run(host(), "{checks: [calculator, rule]}", riddle, solution);
    assertThat(run.rows(Tables.VERIFICATIONS))
        .extracting(Verification::pass)
        .containsExactly("calculator");
    assertThat(run.counts()).isEqualTo(new Counts(1, 2, 1, 1, 0));
    assertThat(run.dead())
        .extracting(DeadLetter::recordId, DeadLetter::errorClass)
        .containsExactly(
            tuple(Hashes.childId(solution.solutionId(), "VerifySolutions/rule", 1), "unreadable"));
  }

  @Test
  void votesOnTheWhole() {
    StageHost host =
        host()
            .with(
                "judge", (prompt, sampling, index, seed) -> List.of("y", "n", "maybe").get(index));
    assertThat(
            run(
                    host,
                    "{model: judge, votes: 3, granularity: outcome}",
                    CHAIN,
                    Rows.solution(CHAIN, 0, TEXT))
                .rows(Tables.VERIFICATIONS))
        .extracting(Verification::outcomeVerdict, Verification::stepVerdicts, Verification::parsed)
        .containsExactly(
            tuple(true, List.of(), true),
            tuple(false, List.of(), true),
            tuple(null, List.of(), false));
  }

  @Test
  void ownFinalVerdictIsTheOutcome() {
    Problem problem = Rows.words("How many?", "4");
    StageHost host =
        host()
            .with(
                "judge",
                (prompt, sampling, index, seed) ->
                    "Step 1: Correct\n**Verification: Is the answer correct (Yes/No)? No**");
    assertThat(
            run(host, "{model: judge, votes: 1}", problem, Rows.solution(problem, 0, "A: 4"))
                .rows(Tables.VERIFICATIONS))
        .extracting(Verification::outcomeVerdict, Verification::stepVerdicts)
        .containsExactly(tuple(false, List.of(true)));
  }

  @Test
  void nothingIsNoVoteOnASolutionWithoutSteps() {
    StageHost host = host().with("judge", (prompt, sampling, index, seed) -> "a");
    assertThat(
            run(
                    host,
                    "{model: judge, votes: 1, checks: [rule]}",
                    CHAIN,
                    Rows.solution(CHAIN, 0, ""))
                .rows(Tables.VERIFICATIONS))
        .extracting(Verification::parsed, Verification::outcomeVerdict)
        .containsExactly(tuple(false, null), tuple(true, false));
  }

  @Test
  void programsVoteWithoutAModel() {
    Problem problem = Rows.words("How many?", "4");
    Solution right = Rows.solution(problem, 0, "2+2=<<2+2=4>>4\nA: 4");
    Solution wrong = Rows.solution(problem, 1, "2+2=<<2+2=5>>5\nA: 6");
    StageRun run = run(host(), "{checks: [rule, calculator]}", problem, right, wrong);
    assertThat(run.rows(Tables.VERIFICATIONS))
        .extracting(Verification::voteIndex, Verification::pass, Verification::stepVerdicts)
        .containsExactly(
            tuple(0, "rule", List.of(true, true)),
            tuple(1, "calculator", List.of(true, true)),
            tuple(0, "rule", List.of(true, false)),
            tuple(1, "calculator", List.of(false, true)));
    assertThat(run.counts().expected()).isEqualTo(4);
    assertThat(run.rows(Tables.VERIFICATIONS))
        .extracting(Verification::text)
        .containsExactly(
            "The answer 4 restates the last number of the line before.",
            "The arithmetic of 1 of 2 lines holds; the others state none.",
            "The answer 6 is not the last number of the line before, 5.",
            "Line 1 states 5, but its arithmetic comes to 4.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rule | '' | No answer is stated once, at the end.",
        "rule | 'So it is.' | No answer is stated once, at the end.",
        "rule | 'A: 4' | The answer 4 is stated once, at the end; no number before it to compare.",
        "rule | 'So many.;A: 4' | The answer 4 is stated once, at the end; no number before it to compare.",
        "rule | '2 and 2 are 4.0;A: 4' | The answer 4 restates the last number of the line before.",
        "calculator | 'So many.;A: 4' | No line states arithmetic; nothing was checked.",
        "calculator | '1+1=2;2*3 = 6;A: 6' | The arithmetic of 2 of 3 lines holds; the others state none.",
        "calculator | '1+1=2;2*3 = 7;3*3=8' | Line 2 states 7, but its arithmetic comes to 6.",
        "calculator | '10000000*10=2;A: 2' | Line 1 states 2, but its arithmetic comes to 100000000.",
        "calculator | '1/4=0.5' | Line 1 states 0.5, but its arithmetic comes to 0.25."
      })
  void voteOfAProgram_saysWhy(String word, String lines, String reason) {
    ProgramCheck check = config("{checks: [%s]}".formatted(word)).checks().get(0);
    Problem problem = Rows.words("How many?", "4");
    Solution solution = Rows.solution(problem, 0, lines.replace(';', '\n'));
    assertThat(check.reason(problem, solution.text(), solution.steps())).isEqualTo(reason);
  }

  @Test
  void votesThatAreReadAsBefore_keepTheirVersion() {
    VerifySolutions type = new VerifySolutions();
    assertThat(type.behaviourVersion(config("{model: m}"))).isEqualTo(5);
    assertThat(type.behaviourVersion(config("{model: m, granularity: outcome}"))).isEqualTo(3);
    assertThat(type.behaviourVersion(config("{checks: [calculator]}"))).isEqualTo(4);
    assertThat(type.behaviourVersion(config("{checks: [rule]}"))).isEqualTo(5);
  }

  private static final String TAGGED =
      "<think><step>2+2=4</step><step>4*2=8</step></think><answer>\\boxed{8}</answer>";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // One verdict for each <step>, one more for the answer, or another number.
        "verdicts | Step 1: Correct~Step 2: Incorrect | 10",
        "verdicts | Step 1: Correct~Step 2: Correct | 11",
        "verdicts | Step 1: Correct~Step 2: Correct~Step 3: Incorrect | 110",
        "verdicts | Step 1: Correct | ",
        "verdicts | Step 1: Correct~Step 2: Correct~Step 3: Correct~Step 4: Correct | ",
        "spark | ## Step 1: a~**This step is correct.**~## Step 2: b~**This step is incorrect.** | 10",
        "task | Step 1: Incorrect~Step 2: Correct | 01",
        "think_prm | \\boxed{correct} \\boxed{correct} | 11",
        "think_prm | \\boxed{correct} \\boxed{incorrect} | 100",
        "process_bench | \\boxed{-1} | 111",
      })
  void verdictsOnATaggedSolution_neednotIncludeItsAnswer(
      String family, String reply, String verdicts) {
    Problem problem = Rows.words("How much is 2+2, doubled?", "8");
    StageHost host = host().with("judge", (prompt, sampling, i, seed) -> reply.replace('~', '\n'));
    Verification vote =
        run(
                host,
                "{model: judge, votes: 1, prompt: {family: %s}}".formatted(family),
                problem,
                Rows.solution(problem, 0, TAGGED))
            .rows(Tables.VERIFICATIONS)
            .get(0);
    StringBuilder marks = new StringBuilder();
    vote.stepVerdicts().forEach(right -> marks.append(right ? '1' : '0'));
    assertThat(marks.toString()).isEqualTo(verdicts == null ? "" : verdicts);
    assertThat(vote.parsed()).isEqualTo(verdicts != null);
    assertThat(vote.outcomeVerdict())
        .isEqualTo(verdicts == null ? null : Boolean.valueOf(!verdicts.contains("0")));
  }

  @ParameterizedTest
  @CsvSource({
    "process_bench, first_error",
    "think_prm, first_error",
    "gen_prm, first_error",
    "verdicts, initial",
    "spark, initial",
    "task, initial"
  })
  void passSaysWhetherAVoteNamesTheFirstError(String family, String pass) {
    Problem problem = Rows.words("How many?", "4");
    StageHost host = host().with("judge", (prompt, sampling, i, seed) -> "\\boxed{0}");
    Solution solution = Rows.solution(problem, 0, "A: 4");
    Verification vote =
        run(
                host,
                "{model: judge, votes: 1, prompt: {family: %s}}".formatted(family),
                problem,
                solution)
            .rows(Tables.VERIFICATIONS)
            .get(0);
    assertThat(vote.pass()).isEqualTo(pass);
    assertThat(vote.verificationId())
        .isEqualTo(Hashes.childId(solution.solutionId(), "VerifySolutions/" + pass, 0));
  }

  @Test
  void ruleDoesNotTakeAQuotedBoxForTheAnswer() {
    Problem problem = Rows.words("Put it into \\boxed{5}.", "4");
    Solution solution = Rows.solution(problem, 0, "2+2=4\nAs \\boxed{5} asks: 4");
    assertThat(solution.finalAnswer()).isEqualTo("4");
    assertThat(new RuleCheck().verdicts(problem, solution.text(), solution.steps()))
        .containsExactly(true, true);
  }

  @Test
  void calculatorIsDeclared() {
    VerifySolutions type = new VerifySolutions();
    assertThat(type.wiring(config("{model: m}")).referenceFree()).isTrue();
    assertThat(type.wiring(config("{checks: [rule]}")).referenceFree()).isTrue();
    assertThat(type.wiring(config("{checks: [rule, calculator]}")).referenceFree()).isFalse();
    assertThat(type.wiring(config("{model: m}")).loadsReference()).isFalse();
    // The problems of the solutions, not the nearest ones.
    assertThat(type.wiring(config("{model: m}")).reads())
        .containsExactly(
            Port.required("solutions"),
            Port.following("problems", "problems", "solutions.problems"));
    assertThat(type.check(config("{}"))).hasSize(1);
  }

  private static VerifySolutions.Config config(String yaml) {
    return Configs.of(VerifySolutions.Config.class, yaml);
  }

  @Test
  void moreVotesAddOnlyTheMissingOnes() {
    Solution first = Rows.solution(CHAIN, 0, TEXT);
    Solution second = Rows.solution(CHAIN, 1, TEXT);
    String yaml = "{model: judge, votes: %d, checks: [rule]}";
    // One request dies, once: the votes of the second solution by the run with three.
    AtomicInteger asked = new AtomicInteger();
    ScriptedLanguageModel.Script judge =
        (prompt, sampling, index, seed) -> {
          if (asked.getAndIncrement() == 3) {
            throw new ModelException("no reply");
          }
          return "a y y " + (seed % 2 == 0 ? "y" : "n");
        };
    StageHost grown = host().with("judge", judge);
    StageRun three = run(grown, yaml.formatted(3), CHAIN, first, second);
    assertThat(three.counts().dead()).isEqualTo(3);
    long before = grown.completions("judge");
    StageRun five = run(grown, yaml.formatted(5), CHAIN, first, second);
    // Two of the first solution, all five of the second.
    assertThat(grown.completions("judge") - before).isEqualTo(7);
    assertThat(five.dead()).isEmpty();

    asked.set(100);
    StageRun whole = run(host().with("judge", judge), yaml.formatted(5), CHAIN, first, second);
    assertThat(five.rows(Tables.VERIFICATIONS)).isEqualTo(whole.rows(Tables.VERIFICATIONS));
    assertThat(five.counts()).isEqualTo(whole.counts());
  }
}
