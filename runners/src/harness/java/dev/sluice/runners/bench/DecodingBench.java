package dev.sluice.runners.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.models.Completion;
import dev.sluice.models.Precision;
import dev.sluice.models.Sampling;
import dev.sluice.models.djl.DjlModels;
import dev.sluice.models.djl.TokenIdModel;
import dev.sluice.records.RandomStream;
import dev.sluice.runners.bench.Peers.Peer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/**
 * Tokens a second of a model of the Hub: prompts of 32 tokens, exactly 48 more for each. The
 * variable {@code SLUICE_BENCH_MODEL} names its directory, {@code SLUICE_BENCH_LLAMA} llama.cpp's
 * {@code llama-bench} and {@code SLUICE_BENCH_GGUF} the same model for it, in whatever precision
 * that file has.
 */
final class DecodingBench implements Bench.Measurement {
  private static final int LENGTH = 32;
  private static final int TOKENS = 48;
  private static final int THREADS = 2;

  @Override
  public List<Figure> measure(Bench bench) throws Exception {
    String model = System.getenv("SLUICE_BENCH_MODEL");
    if (model == null) {
      System.out.println("decoding: set SLUICE_BENCH_MODEL to a Hugging Face directory.");
      return List.of();
    }
    List<Figure> figures = new ArrayList<>();
    for (Precision precision : List.of(Precision.BFLOAT16, Precision.FLOAT32)) {
      for (int rows : new int[] {1, 8}) {
        figures.addAll(measure(bench, Path.of(model), precision, rows));
      }
    }
    return figures;
  }

  private static List<Figure> measure(Bench bench, Path folder, Precision precision, int rows)
      throws Exception {
    String name = "decoding, %d x %s".formatted(rows, precision.key());
    Path file = bench.folder("decoding").resolve("prompts.json");
    List<Figure> figures = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try (TokenIdModel model = DjlModels.tokenIdModel(folder, rows, precision)) {
      List<int[]> prompts = prompts(rows, model.config().vocabularySize());
      Files.writeString(file, new ObjectMapper().writeValueAsString(prompts));
      Supplier<Figure.Run> ours = Bench.here(() -> speed(model, prompts, threads));
      Figure.Run unused = ours.get();
      Optional<Peer> peer = bench.peers().start("decoding", folder, file, TOKENS, precision.key());
      Figure.Aim aim = new Figure.Aim.TimesAsFast(1);
      figures.add(bench.inTurns(name, "tok/s", aim, ours, "transformers generate", peer));
      peer.ifPresent(Peer::close);
      String llama = System.getenv("SLUICE_BENCH_LLAMA");
      String gguf = System.getenv("SLUICE_BENCH_GGUF");
      if (rows == 1 && llama != null && gguf != null) {
        Path log = bench.folder("decoding").resolve("llama.log");
        Supplier<Figure.Run> theirs = () -> llama(Path.of(llama), Path.of(gguf), log);
        String who = "llama-bench, " + Path.of(gguf).getFileName();
        figures.add(
            bench.inTurnsWith(
                name, "tok/s", new Figure.Aim.None(), ours, who, Optional.of(theirs)));
      }
    } finally {
      threads.shutdown();
    }
    return figures;
  }

  private static List<int[]> prompts(int rows, int vocabulary) {
    RandomStream random = new RandomStream(7);
    List<int[]> prompts = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      int[] prompt = new int[LENGTH];
      Arrays.setAll(prompt, t -> random.nextInt(100, Math.min(vocabulary, 20_000)));
      prompts.add(prompt);
    }
    return prompts;
  }

  /** As many rows for each thread, as workers would have them. */
  private static double speed(TokenIdModel model, List<int[]> prompts, ExecutorService threads) {
    long start = System.nanoTime();
    List<Future<Integer>> running = new ArrayList<>();
    int workers = Math.min(THREADS, prompts.size());
    for (int w = 0; w < workers; w++) {
      List<int[]> part =
          prompts.subList(w * prompts.size() / workers, (w + 1) * prompts.size() / workers);
      List<List<Long>> seeds = part.stream().map(prompt -> List.of((long) prompt[0])).toList();
      running.add(
          threads.submit(() -> tokens(model.generate(part, Sampling.at(1, TOKENS), seeds, true))));
    }
    int tokens = running.stream().mapToInt(Waiting::forResult).sum();
    if (tokens != prompts.size() * TOKENS) {
      throw new IllegalStateException(tokens + " tokens were made.");
    }
    return tokens * 1e9 / (System.nanoTime() - start);
  }

  private static int tokens(List<List<Completion>> completions) {
    return completions.stream()
        .flatMap(List::stream)
        .mapToInt(completion -> completion.tokens().length)
        .sum();
  }

  /** Its own count of tokens a second, of one row. */
  private static Figure.Run llama(Path program, Path gguf, Path log) {
    try {
      Process process =
          new ProcessBuilder(
                  program.toString(),
                  "-m",
                  gguf.toString(),
                  "-p",
                  "0",
                  "-n",
                  String.valueOf(TOKENS),
                  "-t",
                  String.valueOf(THREADS),
                  "-r",
                  "1",
                  "-o",
                  "json")
              .redirectError(log.toFile())
              .start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(
            String.format(
                Locale.ROOT, "%s ended with %d; see %s", program, process.exitValue(), log));
      }
      return new Figure.Run(
          new ObjectMapper().readTree(said).path(0).path("avg_ts").asDouble(), Double.NaN);
    } catch (IOException e) {
      throw new IllegalStateException(program + " cannot be run.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted.", e);
    }
  }
}
