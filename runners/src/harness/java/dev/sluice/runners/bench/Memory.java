package dev.sluice.runners.bench;

import dev.sluice.methods.arithmetic.ChainGenerator;
import dev.sluice.methods.arithmetic.Slice;
import dev.sluice.models.GenerationRequest;
import dev.sluice.models.LanguageModel;
import dev.sluice.models.Sampling;
import dev.sluice.models.djl.DjlModels;
import dev.sluice.models.djl.DjlRuntime;
import dev.sluice.models.training.Loss;
import dev.sluice.models.training.Trainer;
import dev.sluice.models.training.TrainerOptions;
import dev.sluice.models.training.TrainingSequence;
import dev.sluice.records.Hashes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.LogManager;
import java.util.stream.IntStream;

/**
 * Memory as work goes on: 1,000 training steps and 10,000 calls that generate, in this process, ten
 * looks at each. A look is after a collection: the heap in use, and what the whole process holds of
 * the machine's memory, native memory included.
 */
public final class Memory {
  private static final int LOOKS = 10;
  private static final int STEPS = 1_000;
  private static final int CALLS = 10_000;

  private Memory() {}

  /** Does a part of the work. */
  private interface Part {
    void go(int index);
  }

  public static void main(String[] arguments) throws Exception {
    LogManager.getLogManager().reset();
    TrainerOptions options =
        new TrainerOptions(TrainingSteps.OPTIMIZER, 2 * STEPS, TrainerOptions.Head.LANGUAGE_MODEL);
    try (Trainer trainer = new DjlRuntime().train(TinySolver.folder(), options)) {
      List<List<TrainingSequence>> batches = new TrainingSteps(10, 64, 32).batches();
      look(
          "training steps",
          STEPS,
          step -> trainer.step(batches.get(step % batches.size()), new Loss.CrossEntropy()));
    }
    List<String> prompts =
        ChainGenerator.draw(7, 400, Slice.TRAIN, 3, 6).stream().map(p -> p.chain() + ":").toList();
    try (LanguageModel model =
        DjlModels.languageModel("solver", TinySolver.folder(), DjlModels.DECODE_BATCH)) {
      look("calls of generate", CALLS, call -> model.generate(List.of(request(prompts, call))));
    }
    System.exit(0);
  }

  private static GenerationRequest request(List<String> prompts, int call) {
    String prompt = prompts.get(call % prompts.size());
    List<Long> seeds =
        IntStream.range(0, 1 + call % 8)
            .mapToObj(sample -> Hashes.seed(call, "memory", "", 0, prompt, sample))
            .toList();
    return new GenerationRequest(prompt, Sampling.at(1, 48), seeds);
  }

  private static void look(String what, int count, Part part) throws IOException {
    System.out.printf("%nafter %s: heap in use, process (MB)%n", what);
    for (int i = 0; i < count; i++) {
      part.go(i);
      if ((i + 1) % (count / LOOKS) == 0) {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        long heap = runtime.totalMemory() - runtime.freeMemory();
        System.out.printf("%,7d  %4d  %5d%n", i + 1, heap >> 20, resident() >> 10);
      }
    }
  }

  /** KB of the machine's memory that this process holds. */
  private static long resident() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new IllegalStateException("Memory is read from /proc/self/status, which has no VmRSS.");
  }
}
