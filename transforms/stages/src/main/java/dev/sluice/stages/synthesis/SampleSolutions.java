package dev.sluice.stages.synthesis;

import dev.sluice.methods.RowFault;
import dev.sluice.methods.prompt.Asked;
import dev.sluice.methods.prompt.PromptException;
import dev.sluice.methods.prompt.PromptVariable;
import dev.sluice.methods.prompt.SolvePrompt;
import dev.sluice.methods.task.TaskFormat;
import dev.sluice.methods.text.AnswerTokens;
import dev.sluice.methods.verification.Judge;
import dev.sluice.models.Completion;
import dev.sluice.models.Failure;
import dev.sluice.models.Generation;
import dev.sluice.models.GenerationRequest;
import dev.sluice.models.LanguageModel;
import dev.sluice.models.Sampling;
import dev.sluice.models.TokenSpans;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.parts.Need;
import dev.sluice.records.DeadLetter;
import dev.sluice.records.Hashes;
import dev.sluice.records.Problem;
import dev.sluice.records.Solution;
import dev.sluice.records.config.Key;
import dev.sluice.records.manifest.Counts;
import dev.sluice.records.manifest.Usage;
import dev.sluice.records.parquet.Tables;
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
import dev.sluice.stages.dataset.DatasetShape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes the table {@code solutions}: samples a model, or replays solutions stored in a file. */
public final class SampleSolutions implements StageType<SampleSolutions.Config> {
  static final String NAME = "SampleSolutions";

  /** The config block. */
  public record Config(
      @Key(value = "Model that writes the solutions.", refersTo = Key.MODEL) @Nullable String model,
      @Key("File of stored solutions, instead of `model`.") @Nullable StoredSolutions file,
      @Key(value = "Prompt for the model.", byDefault = "{}", bare = "family") SolvePrompt prompt,
      @Key(value = "Solutions per problem.", byDefault = "4", min = 1, incremental = true)
          int samples,
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
      @Key(
              value = "Samples from this many most likely tokens; 0 keeps all tokens.",
              byDefault = "0",
              min = 0)
          int topK,
      @Key(value = "Maximum length of a solution, in tokens.", byDefault = "512", min = 1)
          int maxTokens,
      @Key(value = "Stop sequences.", byDefault = "[]") List<String> stop) {

    public Config {
      stop = List.copyOf(stop);
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String doc() {
    return "Samples solutions of each problem from a model, or replays stored ones.";
  }

  @Override
  public int behaviourVersion() {
    return 5;
  }

  @Override
  public Class<Config> configType() {
    return Config.class;
  }

  @Override
  public Wiring wiring(Config config) {
    Wiring wiring = Wiring.tables(List.of(Port.required("problems")), "solutions");
    return config.file() == null && config.prompt().needs().contains(Need.REFERENCE)
        ? wiring.usesReference()
        : wiring;
  }

  @Override
  public List<ConfigMistake> check(Config config) {
    if ((config.model() == null) == (config.file() == null)) {
      return List.of(
          new ConfigMistake(
              "", "solutions come either from a 'model' or from a 'file'; give one of them"));
    }
    String objection = config.file() == null ? null : config.file().objection();
    if (objection != null) {
      return List.of(new ConfigMistake("file", objection));
    }
    return config.file() != null && config.file().dataset() != null
        ? DatasetFile.lacks(config.file().dataset(), "file.dataset", DatasetContent.SOLUTIONS)
        : config.prompt().check("prompt", PromptVariable.SOLVE);
  }

  @Override
  public Look look(Config config) {
    StoredSolutions file = config.file();
    if (file == null) {
      return Look.NOTHING;
    }
    DatasetShape dataset = file.dataset();
    return dataset == null
        ? FileLook.at(file.path(), "file.path", null, file.named("file."))
        : DatasetLook.at(file.path(), "file.path", null, dataset, dataset::solutions);
  }

  @Override
  public Stage stage(Config config) {
    Sampling sampling =
        new Sampling(
            config.temperature(),
            config.topP(),
            config.topK(),
            config.maxTokens(),
            config.prompt().stop(config.stop()));
    StoredSolutions file = config.file();
    if (file != null) {
      return file.dataset() == null
          ? new Replay(file)
          : new DatasetSolutions(file.path(), file.dataset());
    }
    return new Work(
        Objects.requireNonNull(config.model()), config.prompt(), config.samples(), sampling);
  }

  private record Work(String model, SolvePrompt prompt, int samples, Sampling sampling)
      implements ShardStage {
    private record Parameters(int samples) implements Unit.Parameters {}

    @Override
    public List<String> ports() {
      return List.of("problems");
    }

    @Override
    public Optional<Predicate<Record>> askedRows() {
      return Optional.of(row -> true);
    }

    @Override
    public void drive(StageDriver driver) {
      Parameters parameters = new Parameters(samples);
      driver.run("solutions", shards(driver).stream().map(unit -> unit.with(parameters)).toList());
    }

    @Override
    public void work(UnitContext context) {
      context.begin(Tables.SOLUTIONS);
      List<Problem> problems = context.read("problems", Tables.PROBLEMS);
      LanguageModel solver = context.model(model);
      String revision = context.modelRevision(model);
      Map<String, List<Solution>> known =
          SampleReuse.before(context, samples, Parameters::new, Tables.SOLUTIONS).stream()
              .collect(Collectors.groupingBy(Solution::problemId));
      List<List<Integer>> missing = new ArrayList<>(problems.size());
      List<GenerationRequest> requests = new ArrayList<>(problems.size());
      Map<String, Generation> unasked = new HashMap<>();
      for (Problem problem : problems) {
        List<Solution> before = known.getOrDefault(problem.problemId(), List.of());
        List<Integer> wanted = SampleReuse.missing(samples, before, Solution::sampleIndex);
        wanted.removeIf(k -> context.takeOver(id(problem, k)));
        missing.add(wanted);
        if (!wanted.isEmpty()) {
          try {
            requests.add(request(problem, prompt, context.seed(), "", wanted, sampling));
          } catch (PromptException e) {
            unasked.put(problem.problemId(), failure(e));
          }
        }
      }
      Iterator<Generation> generations = solver.generate(requests).iterator();
      long out = 0;
      for (int p = 0; p < problems.size(); p++) {
        Problem problem = problems.get(p);
        List<Solution> rows = new ArrayList<>(known.getOrDefault(problem.problemId(), List.of()));
        Generation generation = unasked.get(problem.problemId());
        if (generation == null && !missing.get(p).isEmpty()) {
          generation = generations.next();
        }
        Generation replies = generation;
        for (int i = 0; i < missing.get(p).size(); i++) {
          int k = missing.get(p).get(i);
          int at = i;
          Failure failure = Objects.requireNonNull(replies).failure();
          if (failure != null) {
            context.dead(letter(problem, k, failure));
          } else {
            RowFault.read(
                () -> solution(solver, problem, k, replies, at, NAME, revision),
                rows::add,
                fault -> context.dead(letter(problem, k, fault)));
          }
        }
        rows.sort(Comparator.comparingInt(Solution::sampleIndex));
        rows.forEach(row -> context.write(Tables.SOLUTIONS, row));
        out += rows.size();
      }
      long expected = (long) problems.size() * samples;
      context.count(new Counts(problems.size(), expected, out, expected - out, 0));
    }

    private static Generation failure(PromptException e) {
      return new Generation(
          List.of(),
          0,
          new Failure(String.valueOf(e.getMessage()), Judge.TEMPLATE, 1, false),
          Usage.NONE);
    }

    private static DeadLetter letter(Problem problem, int k, Failure failure) {
      return failure.letter(
          problem, "Sampling a solution of problem " + problem.problemId(), NAME, id(problem, k));
    }

    private static String id(Problem problem, int k) {
      return Hashes.childId(problem.problemId(), NAME, k);
    }
  }

  /**
   * One request per problem, with a derived seed for each sample.
   *
   * @param salt sets apart several draws of the same problems
   */
  public static List<GenerationRequest> requests(
      List<Problem> problems,
      SolvePrompt prompt,
      long runSeed,
      String salt,
      int samples,
      Sampling sampling) {
    List<Integer> all = IntStream.range(0, samples).boxed().toList();
    return problems.stream()
        .map(problem -> request(problem, prompt, runSeed, salt, all, sampling))
        .toList();
  }

  private static GenerationRequest request(
      Problem problem,
      SolvePrompt prompt,
      long runSeed,
      String salt,
      List<Integer> indexes,
      Sampling sampling) {
    List<Long> seeds = new ArrayList<>(indexes.size());
    for (int k : indexes) {
      seeds.add(Hashes.seed(runSeed, NAME, salt, 0, problem.problemId(), k));
    }
    Asked asked = prompt.asked(problem);
    return new GenerationRequest(asked.text(), sampling, seeds, asked.system(), "");
  }

  /**
   * The row of one sampled completion.
   *
   * @param k the sample's index
   * @param at place of its completion in the generation
   */
  public static Solution solution(
      LanguageModel model,
      Problem problem,
      int k,
      Generation generation,
      int at,
      String stageType,
      String revision) {
    TaskFormat format = TaskFormat.of(problem);
    Completion completion = generation.completions().get(at);
    double sum = 0;
    for (float logprob : completion.logprobs()) {
      sum += logprob;
    }
    int scored = completion.logprobs().length;
    Optional<String> answer = format.answer(problem, completion.text());
    return new Solution(
        Hashes.childId(problem.problemId(), stageType, k),
        problem.problemId(),
        k,
        completion.text(),
        format.steps(completion.text()),
        answer.orElse(null),
        completion.finishReason() == Completion.FinishReason.STOP ? "stop" : "length",
        generation.promptTokens(),
        completion.tokenCount(),
        scored == 0 ? null : sum / scored,
        answer.isEmpty() ? null : answerLogprob(model, completion, answer.get()),
        revision,
        null,
        Hashes.id(completion.text()));
  }

  private static @Nullable Double answerLogprob(
      LanguageModel model, Completion completion, String answer) {
    int[] ids = completion.tokens();
    List<String> pieces = completion.pieces();
    if (completion.logprobs().length == 0) {
      return null;
    }
    boolean own = pieces.isEmpty();
    OptionalDouble mean =
        AnswerTokens.meanLogprob(
            own ? model.decode(ids) : String.join("", pieces),
            own ? TokenSpans.of(model::decode, ids) : TokenSpans.ofPieces(pieces),
            completion.logprobs(),
            answer);
    return mean.isPresent() ? mean.getAsDouble() : null;
  }

  private record Replay(StoredSolutions file) implements ShardStage {
    private static final int NO_ROW = -1;

    @Override
    public List<String> ports() {
      return List.of("problems");
    }

    @Override
    public void drive(StageDriver driver) {
      driver.run("solutions", shards(driver));
    }

    @Override
    public void work(UnitContext context) {
      context.begin(Tables.SOLUTIONS);
      List<Problem> problems = context.read("problems", Tables.PROBLEMS);
      IndexedRows stored =
          IndexedRows.of(
              Path.of(file.path()), null, new RowKey.Question(file.question(), file.id()));
      SortedSet<Integer> own = new TreeSet<>();
      problems.forEach(problem -> own.addAll(rows(stored, problem)));
      Map<Integer, FileRow> rows = new HashMap<>();
      stored.forEach(own, (row, index) -> rows.put(index, row));
      long out = 0;
      long expected = 0;
      for (Problem problem : problems) {
        List<Solution> read = new ArrayList<>();
        List<Integer> indexes = rows(stored, problem);
        int k = 0;
        for (int index : indexes.isEmpty() ? List.of(NO_ROW) : indexes) {
          FileRow row = rows.getOrDefault(index, FileRow.EMPTY);
          for (StoredSolutions.Column column : file.all()) {
            for (StoredText solution : StoredText.of(row, column)) {
              read(context, problem, k, row, solution, indexes.isEmpty(), read);
              k++;
            }
          }
        }
        read.forEach(solution -> context.write(Tables.SOLUTIONS, solution));
        out += read.size();
        expected += k;
      }
      context.count(new Counts(problems.size(), expected, out, expected - out, 0));
    }

    private void read(
        UnitContext context,
        Problem problem,
        int k,
        FileRow row,
        StoredText solution,
        boolean absent,
        List<Solution> read) {
      String text = solution.text();
      if (text == null) {
        context.dead(letter(problem, k, row, solution, absent));
        return;
      }
      RowFault.read(
          () -> stored(problem, k, solution, text),
          read::add,
          fault ->
              context.dead(
                  fault.letter(
                      problem,
                      "Reading stored solution %d of problem %s".formatted(k, problem.problemId()),
                      NAME,
                      Hashes.childId(problem.problemId(), NAME, k))));
    }

    /** The rows of a problem: by its id where both files have one, else by its text. */
    private List<Integer> rows(IndexedRows stored, Problem problem) {
      String id = file.id() == null ? null : problem.attributes().get(FileProblems.ID);
      List<Integer> byId = id == null ? List.of() : stored.all(RowKey.ofId(id));
      return byId.isEmpty() ? stored.all(RowKey.ofText(problem.question())) : byId;
    }

    private static Solution stored(Problem problem, int k, StoredText solution, String text) {
      TaskFormat format = TaskFormat.of(problem);
      return new Solution(
          Hashes.childId(problem.problemId(), NAME, k),
          problem.problemId(),
          k,
          text,
          format.steps(text),
          format.answer(problem, text).orElse(null),
          "file",
          0,
          0,
          null,
          null,
          solution.column(),
          solution.correct(),
          Hashes.id(text));
    }

    private DeadLetter letter(
        Problem problem, int k, FileRow row, StoredText solution, boolean absent) {
      String fault =
          absent
              ? "has no row in '%s', so no text in column '%s'"
                  .formatted(file.path(), solution.column())
              : solution.fault();
      return DeadLetter.of(
          row.toString(),
          "Reading stored solutions: problem %s %s.".formatted(problem.problemId(), fault),
          NAME,
          Hashes.childId(problem.problemId(), NAME, k),
          "missing");
    }
  }
}
