package dev.sluice.runners.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.methods.arithmetic.ChainGenerator;
import dev.sluice.methods.arithmetic.Slice;
import dev.sluice.models.Generation;
import dev.sluice.models.GenerationRequest;
import dev.sluice.models.LanguageModel;
import dev.sluice.models.Sampling;
import dev.sluice.models.djl.DjlModels;
import dev.sluice.records.Hashes;
import dev.sluice.runners.bench.Peers.Peer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Tokens a second: 32 prompts of one length, 8 samples each, exactly 48 tokens a sample. The model
 * has no end of text here, so that the peer, which goes on until the last row has ended, does no
 * work for nothing.
 */
final class GenerationBench implements Bench.Measurement {
  private static final int PROMPTS = 32;
  private static final int SAMPLES = 8;
  private static final int TOKENS = 48;
  private static final int LENGTH = 11;
  private static final int THREADS = 2;
  private static final int WARM_UP = 5;

  @Override
  public List<Figure> measure(Bench bench) throws Exception {
    Path folder = bench.folder("generation");
    Path model =
        TinySolver.without("eos_token_id", Files.createDirectories(folder.resolve("model")));
    List<String> prompts = prompts();
    Path file = folder.resolve("prompts.json");
    new ObjectMapper().writeValue(file.toFile(), prompts);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    Optional<Peer> peer = bench.peers().start("generation", model, file, SAMPLES, TOKENS);
    try (LanguageModel solver = DjlModels.languageModel("solver", model, DjlModels.DECODE_BATCH)) {
      List<List<GenerationRequest>> parts = parts(prompts);
      for (int i = 0; i < WARM_UP; i++) {
        speed(solver, parts, threads);
      }
      return List.of(
          bench.inTurns(
              "generation",
              "tok/s",
              new Figure.Aim.TimesAsFast(5),
              Bench.here(() -> speed(solver, parts, threads)),
              "transformers generate",
              peer));
    } finally {
      peer.ifPresent(Peer::close);
      threads.shutdown();
    }
  }

  private static List<String> prompts() {
    List<String> prompts =
        ChainGenerator.draw(7, 8 * PROMPTS, Slice.TRAIN, 4, 4).stream()
            .map(problem -> problem.chain() + ":")
            .filter(prompt -> prompt.length() == LENGTH)
            .limit(PROMPTS)
            .toList();
    if (prompts.size() < PROMPTS) {
      throw new IllegalStateException("Too few prompts of one length were drawn.");
    }
    return prompts;
  }

  /** One part for each thread, as two workers would have a shard each. */
  private static List<List<GenerationRequest>> parts(List<String> prompts) {
    List<List<GenerationRequest>> parts = new ArrayList<>();
    for (int t = 0; t < THREADS; t++) {
      List<GenerationRequest> part = new ArrayList<>();
      for (String prompt : prompts.subList(t * PROMPTS / THREADS, (t + 1) * PROMPTS / THREADS)) {
        List<Long> seeds =
            IntStream.range(0, SAMPLES)
                .mapToObj(s -> Hashes.seed(7, "bench", "", 0, prompt, s))
                .toList();
        part.add(new GenerationRequest(prompt, Sampling.at(1, TOKENS), seeds));
      }
      parts.add(part);
    }
    return parts;
  }

  private static double speed(
      LanguageModel model, List<List<GenerationRequest>> parts, ExecutorService threads) {
    long start = System.nanoTime();
    List<Future<Integer>> running = new ArrayList<>();
    for (List<GenerationRequest> part : parts) {
      running.add(threads.submit(() -> tokens(model.generate(part))));
    }
    int tokens = 0;
    for (Future<Integer> part : running) {
      tokens += Waiting.forResult(part);
    }
    if (tokens != PROMPTS * SAMPLES * TOKENS) {
      throw new IllegalStateException(tokens + " tokens were made.");
    }
    return tokens * 1e9 / (System.nanoTime() - start);
  }

  private static int tokens(List<Generation> generations) {
    return generations.stream()
        .flatMap(generation -> generation.completions().stream())
        .mapToInt(completion -> completion.tokens().length)
        .sum();
  }
}
