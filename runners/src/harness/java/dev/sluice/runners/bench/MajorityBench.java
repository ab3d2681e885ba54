package dev.sluice.runners.bench;

import dev.sluice.methods.label.Selection;
import dev.sluice.methods.label.StepMajority;
import dev.sluice.methods.label.Tie;
import dev.sluice.records.Hashes;
import dev.sluice.records.Message;
import dev.sluice.records.Problem;
import dev.sluice.records.RandomStream;
import dev.sluice.records.Solution;
import dev.sluice.records.Verification;
import dev.sluice.records.parquet.TableWriter;
import dev.sluice.records.parquet.Tables;
import dev.sluice.runners.bench.Peers.Peer;
import dev.sluice.stages.Stage;
import dev.sluice.stages.aggregation.AggregateStepLabels;
import dev.sluice.stages.aggregation.AggregateStepLabels.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Seconds for the majority of every step over 1,000,000 votes, Parquet to Parquet: 125,000
 * solutions of 4 to 7 lines with 8 votes each, in 8 shards, two threads. Both sides write the whole
 * table {@code step_labels}, and the rows are compared.
 */
final class MajorityBench implements Bench.Measurement {
  static final int SHARDS = 8;
  private static final int SOLUTIONS = 125_000;
  private static final int VOTES = 8;
  private static final int SOLUTIONS_OF_A_PROBLEM = 4;
  private static final int THREADS = 2;
  private static final int WARM_UP = 12;

  @Override
  public List<Figure> measure(Bench bench) throws Exception {
    Path folder = bench.folder("majority");
    if (!Files.exists(folder.resolve("made"))) {
      for (int shard = 0; shard < SHARDS; shard++) {
        make(folder, shard);
      }
      Files.createFile(folder.resolve("made"));
    }
    Stage stage =
        new AggregateStepLabels()
            .stage(new Config(new StepMajority(Tie.DROP, Selection.FIRST, 0), false, 0));
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    Optional<Peer> peer = bench.peers().start("majority", folder);
    try {
      for (int i = 0; i < WARM_UP; i++) {
        seconds(stage, folder, threads);
      }
      Figure figure =
          bench.inTurns(
              "step majority",
              "s",
              new Figure.Aim.TimesAsFast(1 / 1.5),
              Bench.here(() -> seconds(stage, folder, threads)),
              "DuckDB",
              peer);
      if (peer.isPresent()) {
        int different = peer.get().ask("compare").path("different").asInt(-1);
        if (different != 0) {
          throw new IllegalStateException(
              "DuckDB and Sluice differ in %d rows of %s.".formatted(different, folder));
        }
      }
      return List.of(figure);
    } finally {
      peer.ifPresent(Peer::close);
      threads.shutdown();
    }
  }

  private static double seconds(Stage stage, Path folder, ExecutorService threads) {
    long start = System.nanoTime();
    List<Future<?>> shards = new ArrayList<>();
    for (int shard = 0; shard < SHARDS; shard++) {
      int k = shard;
      shards.add(
          threads.submit(
              () -> {
                try (ShardContext context = new ShardContext(folder, k)) {
                  stage.work(context);
                }
              }));
    }
    shards.forEach(Waiting::forResult);
    return (System.nanoTime() - start) / 1e9;
  }

  private static void make(Path folder, int shard) throws IOException {
    RandomStream random = new RandomStream(Hashes.seed(7, "votes", "", 0, "", shard));
    try (TableWriter<Problem> problems =
            TableWriter.open(
                ShardContext.file(folder, "problems", shard), Tables.PROBLEMS, Map.of());
        TableWriter<Solution> solutions =
            TableWriter.open(
                ShardContext.file(folder, "solutions", shard), Tables.SOLUTIONS, Map.of());
        TableWriter<Verification> votes =
            TableWriter.open(
                ShardContext.file(folder, "verifications", shard),
                Tables.VERIFICATIONS,
                Map.of())) {
      String problem = "";
      for (int i = 0; i < SOLUTIONS / SHARDS; i++) {
        int index = i % SOLUTIONS_OF_A_PROBLEM;
        if (index == 0) {
          problem = Hashes.id("problem", shard, i);
          problems.write(problem(problem, shard + "+" + i));
        }
        Solution solution = solution(problem, index, random);
        solutions.write(solution);
        for (int vote = 0; vote < VOTES; vote++) {
          votes.write(vote(solution, vote, random));
        }
      }
    }
  }

  private static Problem problem(String id, String question) {
    return new Problem(
        id, List.of(Message.user(question)), "0", "bench", 3, Map.of("format", "arithmetic"));
  }

  private static Solution solution(String problem, int index, RandomStream random) {
    List<String> steps = new ArrayList<>();
    int value = random.nextInt(100);
    int operations = random.nextInt(3, 6);
    for (int line = 0; line < operations; line++) {
      int operand = random.nextInt(2, 9);
      steps.add("%d+%d=%d".formatted(value, operand, value + operand));
      value += operand;
    }
    steps.add("#" + value);
    String text = String.join("\n", steps);
    return new Solution(
        Hashes.childId(problem, "SampleSolutions", index),
        problem,
        index,
        text,
        steps,
        Integer.toString(value),
        "stop",
        12,
        text.length() + 1,
        -random.nextDouble(),
        -random.nextDouble(),
        "0806a482768c1db4",
        null,
        Hashes.id(text));
  }

  /** A vote that follows one truth for its solution, with errors; some do not parse. */
  private static Verification vote(Solution solution, int index, RandomStream random) {
    boolean parsed = random.nextInt(33) > 0;
    List<Boolean> verdicts = new ArrayList<>();
    StringBuilder text = new StringBuilder("a");
    for (int line = 0; parsed && line < solution.steps().size(); line++) {
      boolean likely = (solution.solutionId().charAt(line) & 3) > 0;
      boolean verdict = likely == random.nextInt(5) > 0;
      verdicts.add(verdict);
      text.append(' ').append(random.nextInt(100)).append(verdict ? 'y' : 'n');
    }
    return new Verification(
        Hashes.childId(solution.solutionId(), "VerifySolutions", index),
        solution.solutionId(),
        solution.problemId(),
        index,
        "initial",
        verdicts,
        parsed ? !verdicts.contains(false) : null,
        text.toString(),
        parsed,
        50,
        text.length(),
        "85d98e0849bdd0a3");
  }
}
