package dev.sluice.stages.verification;

import dev.sluice.methods.RowFault;
import dev.sluice.methods.prompt.JudgePrompt;
import dev.sluice.methods.prompt.PromptVariable;
import dev.sluice.methods.verification.Judge;
import dev.sluice.methods.verification.JudgeRequest;
import dev.sluice.methods.verification.ProgramCheck;
import dev.sluice.methods.verification.RuleCheck;
import dev.sluice.methods.verification.StepVotes;
import dev.sluice.models.Failure;
import dev.sluice.models.Sampling;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.parts.Need;
import dev.sluice.records.Criterion;
import dev.sluice.records.DeadLetter;
import dev.sluice.records.Hashes;
import dev.sluice.records.Problem;
import dev.sluice.records.Solution;
import dev.sluice.records.Verification;
import dev.sluice.records.config.Key;
import dev.sluice.records.manifest.Counts;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.MetricDefinition;
import dev.sluice.stages.SampleReuse;
import dev.sluice.stages.ShardStage;
import dev.sluice.stages.Stage;
import dev.sluice.stages.StageDriver;
import dev.sluice.stages.StageType;
import dev.sluice.stages.Unit;
import dev.sluice.stages.UnitContext;
import dev.sluice.stages.Wiring;
import dev.sluice.stages.Wiring.Port;
import dev.sluice.stages.dataset.DatasetContent;
import dev.sluice.stages.synthesis.DatasetFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes the table {@code verifications}: independent votes on every solution (METHODS 1.1), by a
 * model, by programs, or by both; or the labels of a file, one vote each. Votes of programs come
 * after those of the model.
 */
public final class VerifySolutions implements StageType<VerifySolutions.Config> {
  static final String NAME = "VerifySolutions";

  private static final String RUBRICS = "rubrics";

  /** The pass of a first vote. */
  static final String INITIAL = "initial";

  /** The config block. */
  public record Config(
      @Key(
              value = "Model that judges. Default: only the programs in `checks` vote.",
              refersTo = Key.MODEL)
          @Nullable String model,
      @Key(value = "Votes of the model per solution.", byDefault = "8", min = 1, incremental = true)
          int votes,
      @Key(value = "Whether a vote judges each step or only the outcome.", byDefault = "step")
          Judge.Granularity granularity,
      @Key(value = "Prompt for the model.", byDefault = "{}", bare = "family") JudgePrompt prompt,
      @Key(
              value = "Programs that add one vote each, with an explanation.",
              byDefault = "[]",
              flat = true)
          List<ProgramCheck> checks,
      @Key(value = "Sampling temperature; 0 is greedy.", byDefault = "1.0", min = 0)
          double temperature,
      @Key(
              value =
                  "Nucleus sampling: samples from the smallest set of tokens with at least this probability.",
              byDefault = "1.0",
              min = 0,
              max = 1,
              minExclusive = true)
          double topP,
      @Key(value = "Maximum length of a vote, in tokens.", byDefault = "512", min = 1)
          int maxTokens,
      @Key(
              "File of stored labels, instead of `model` and `checks`: each solution that it labels gets one vote.")
          @Nullable DatasetFile file) {

    public Config {
      checks = List.copyOf(checks);
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String doc() {
    return "Collects independent votes on every solution.";
  }

  @Override
  public int behaviourVersion() {
    return 5;
  }

  /**
   * Since 4, votes of programs carry a reason. Since 5, a model's votes on steps may leave out the
   * answer of a tagged solution and say if they name the first error, and 'rule' does not take what
   * a solution quotes of the question for its answer.
   */
  @Override
  public int behaviourVersion(Config config) {
    if (config.checks().contains(new RuleCheck())
        || (config.model() != null && config.granularity() == Judge.Granularity.STEP)) {
      return behaviourVersion();
    }
    return config.checks().isEmpty() ? 3 : 4;
  }

  @Override
  public Class<Config> configType() {
    return Config.class;
  }

  @Override
  public List<MetricDefinition> metrics() {
    return List.of(
        MetricDefinition.of(
            FileVotes.UNLABELLED,
            "Solutions that a file of stored labels does not label, and that get no vote."));
  }

  @Override
  public Look look(Config config) {
    return config.file() == null ? Look.NOTHING : config.file().look("file.");
  }

  @Override
  public Wiring wiring(Config config) {
    List<Port> reads =
        new ArrayList<>(
            List.of(
                Port.required("solutions"),
                Port.following("problems", "problems", "solutions.problems")));
    if (readsRubric(config)) {
      reads.add(Port.required(RUBRICS));
    }
    Wiring wiring = Wiring.tables(reads, "verifications").using(config.checks());
    if (config.file() != null && config.file().restsOnReference()) {
      return wiring.withoutReferenceFreedom();
    }
    return config.model() != null && config.prompt().needs().contains(Need.REFERENCE)
        ? wiring.usesReference()
        : wiring;
  }

  private static boolean readsRubric(Config config) {
    return config.model() != null && config.prompt().readsRubric();
  }

  @Override
  public List<ConfigMistake> check(Config config) {
    boolean asks = config.model() != null || !config.checks().isEmpty();
    if (config.file() != null) {
      return asks
          ? List.of(
              new ConfigMistake(
                  "file", "votes come either from a 'file' or from 'model' and 'checks'"))
          : config.file().mistakes("file.", DatasetContent.LABELS);
    }
    return !asks
        ? List.of(new ConfigMistake("", "there are no votes; give a 'model', 'checks', or both"))
        : config
            .prompt()
            .check(
                "prompt",
                config.granularity() == Judge.Granularity.STEP,
                "'granularity' is '%s'"
                    .formatted(config.granularity().name().toLowerCase(Locale.ROOT)),
                PromptVariable.JUDGE_STAGE);
  }

  @Override
  public Stage stage(Config config) {
    if (config.file() != null) {
      return new FileVotes(config.file());
    }
    return new Work(
        config.model(),
        config.votes(),
        config.granularity(),
        config.prompt(),
        config.checks(),
        new Sampling(
            config.temperature(),
            config.topP(),
            0,
            config.maxTokens(),
            config.prompt().stop(List.of())));
  }

  private record Work(
      @Nullable String model,
      int votes,
      Judge.Granularity granularity,
      JudgePrompt prompt,
      List<ProgramCheck> checks,
      Sampling sampling)
      implements ShardStage {
    private record Parameters(int votes) implements Unit.Parameters {}

    @Override
    public List<String> ports() {
      return model != null && prompt.readsRubric()
          ? List.of("solutions", "problems", RUBRICS)
          : List.of("solutions", "problems");
    }

    /** The votes of the model; those of programs come out equal. */
    @Override
    public Optional<Predicate<Record>> askedRows() {
      return model == null
          ? Optional.empty()
          : Optional.of(row -> row instanceof Verification vote && vote.pass().equals(pass()));
    }

    @Override
    public void drive(StageDriver driver) {
      Parameters parameters = new Parameters(votes);
      driver.run("votes", shards(driver).stream().map(unit -> unit.with(parameters)).toList());
    }

    @Override
    public void work(UnitContext context) {
      context.begin(Tables.VERIFICATIONS);
      Map<String, Problem> problems =
          context.read("problems", Tables.PROBLEMS).stream()
              .collect(Collectors.toMap(Problem::problemId, Function.identity()));
      List<Solution> solutions = context.read("solutions", Tables.SOLUTIONS);
      Map<String, List<Solution>> byProblem =
          solutions.stream().collect(Collectors.groupingBy(Solution::problemId));
      Map<String, List<Criterion>> rubrics = rubrics(context);
      List<JudgeRequest> cases = new ArrayList<>(solutions.size());
      for (Solution solution : solutions) {
        Problem problem = problems.get(solution.problemId());
        if (problem == null) {
          throw new IllegalStateException(
              "Solution %s belongs to problem %s, which is not in the same shard; solutions and problems must come from the same chain."
                  .formatted(solution.solutionId(), solution.problemId()));
        }
        cases.add(
            new JudgeRequest(
                problem,
                solution.text(),
                solution.steps().size(),
                solution.solutionId(),
                siblings(solution, byProblem),
                rubrics.getOrDefault(
                    solution.solutionId(), rubrics.getOrDefault(solution.problemId(), List.of())),
                List.of()));
      }
      Tally tally = new Tally();
      Map<String, List<Verification>> known = known(context);
      for (int i = 0; i < cases.size(); i++) {
        List<Verification> before = known.getOrDefault(cases.get(i).id(), List.of());
        List<Integer> wanted = SampleReuse.missing(votes, before, Verification::voteIndex);
        Solution solution = solutions.get(i);
        wanted.removeIf(k -> takesOver(context, solution, k, tally));
        cases.set(i, cases.get(i).forVotes(wanted));
      }
      List<Judge.Votes> judged = judged(context, cases);
      for (int i = 0; i < solutions.size(); i++) {
        Solution solution = solutions.get(i);
        if (model != null) {
          List<Verification> rows =
              new ArrayList<>(known.getOrDefault(solution.solutionId(), List.of()));
          rows.addAll(rows(context, solution, cases.get(i), judged.get(i)));
          rows.sort(Comparator.comparingInt(Verification::voteIndex));
          rows.forEach(vote -> write(context, vote, tally));
          if (judged.get(i).failure().isPresent()) {
            List<Integer> lacking = new ArrayList<>(cases.get(i).votes());
            judged.get(i).votes().forEach(vote -> lacking.remove((Integer) vote.index()));
            writeDeadLetters(context, solution, lacking, judged.get(i).failure().get(), tally);
          }
        }
        for (int c = 0; c < checks.size(); c++) {
          check(
              context,
              solution,
              cases.get(i).problem(),
              (model == null ? 0 : votes) + c,
              checks.get(c),
              tally);
        }
      }
      long perSolution = (model == null ? 0L : votes) + checks.size();
      context.count(
          new Counts(
              solutions.size(),
              solutions.size() * perSolution,
              tally.out,
              tally.dead,
              tally.unparsed));
    }

    /** Criteria by the solution or the problem that they are for; none if the prompt shows none. */
    private Map<String, List<Criterion>> rubrics(UnitContext context) {
      Map<String, List<Criterion>> criteria = new HashMap<>();
      if (model != null && prompt.readsRubric()) {
        context.forEach(
            RUBRICS,
            Tables.RUBRICS,
            row -> {
              String about = row.solutionId() == null ? row.problemId() : row.solutionId();
              criteria.put(about, row.criteria());
            });
      }
      return criteria;
    }

    /** The other solutions of the problem, which are in the same shard, by their index. */
    private static List<String> siblings(Solution solution, Map<String, List<Solution>> byProblem) {
      return byProblem.getOrDefault(solution.problemId(), List.of()).stream()
          .filter(other -> other.sampleIndex() != solution.sampleIndex())
          .sorted(Comparator.comparingInt(Solution::sampleIndex))
          .map(Solution::text)
          .toList();
    }

    private boolean takesOver(UnitContext context, Solution solution, int k, Tally tally) {
      boolean dead = model != null && context.takeOver(id(solution, pass(), k));
      tally.dead += dead ? 1 : 0;
      return dead;
    }

    /** The model's votes, by solution, that a run with fewer of them left. */
    private Map<String, List<Verification>> known(UnitContext context) {
      return model == null
          ? Map.of()
          : SampleReuse.before(context, votes, Parameters::new, Tables.VERIFICATIONS).stream()
              .filter(vote -> vote.pass().equals(pass()) && vote.voteIndex() < votes)
              .collect(Collectors.groupingBy(Verification::solutionId));
    }

    private List<Judge.Votes> judged(UnitContext context, List<JudgeRequest> requests) {
      if (model == null) {
        return List.of();
      }
      return new Judge(context.model(model), granularity, prompt, sampling)
          .ask(requests, new Judge.Seeds(context.seed(), NAME, "", 0));
    }

    /** The pass of the model's votes. */
    private String pass() {
      return granularity == Judge.Granularity.STEP && prompt.namesIndex()
          ? Verification.FIRST_ERROR
          : INITIAL;
    }

    private List<Verification> rows(
        UnitContext context, Solution solution, JudgeRequest judged, Judge.Votes votes) {
      String revision = context.modelRevision(Objects.requireNonNull(model));
      return votes.votes().stream()
          .map(vote -> StepVotes.alone(vote, judged, prompt))
          .map(vote -> vote.row(id(solution, pass(), vote.index()), judged, pass(), revision))
          .toList();
    }

    private void writeDeadLetters(
        UnitContext context, Solution solution, List<Integer> asked, Failure failure, Tally tally) {
      for (int k : asked) {
        context.dead(letter(solution, pass(), k, failure));
        tally.dead++;
      }
    }

    private static void write(UnitContext context, Verification vote, Tally tally) {
      context.write(Tables.VERIFICATIONS, vote);
      tally.out++;
      tally.unparsed += vote.parsed() ? 0 : 1;
    }

    private static void check(
        UnitContext context,
        Solution solution,
        Problem problem,
        int index,
        ProgramCheck check,
        Tally tally) {
      RowFault.read(
          () -> program(solution, problem, index, check),
          vote -> {
            context.write(Tables.VERIFICATIONS, vote);
            tally.out++;
          },
          fault -> {
            context.dead(letter(solution, check.name(), index, fault));
            tally.dead++;
          });
    }

    private static Verification program(
        Solution solution, Problem problem, int index, ProgramCheck check) {
      List<Boolean> verdicts = check.verdicts(problem, solution.text(), solution.steps());
      String name = check.name();
      return new Verification(
          id(solution, name, index),
          solution.solutionId(),
          solution.problemId(),
          index,
          name,
          verdicts,
          !verdicts.isEmpty() && !verdicts.contains(false),
          check.reason(problem, solution.text(), solution.steps()),
          true,
          0,
          0,
          "program:" + name);
    }

    private static DeadLetter letter(Solution solution, String pass, int k, Failure failure) {
      return failure.letter(
          solution, "Verifying solution " + solution.solutionId(), NAME, id(solution, pass, k));
    }
  }

  /** The id of a vote on a solution. */
  static String id(Solution solution, String pass, int index) {
    return Hashes.childId(solution.solutionId(), NAME + "/" + pass, index);
  }

  private static final class Tally {
    long out;
    long dead;
    long unparsed;
  }
}
