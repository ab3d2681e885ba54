package dev.sluice.models.djl;

import dev.sluice.models.Completion;
import dev.sluice.models.Generation;
import dev.sluice.models.GenerationRequest;
import dev.sluice.models.LanguageModel;
import dev.sluice.models.Sampling;
import dev.sluice.models.djl.train.TrainingBench;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Generates from a saved solver and prints speed: {@code GenerationBench DIR ROWS THREADS REPEATS
 * [PROMPTS SAMPLES]}.
 */
final class GenerationBench {
  private GenerationBench() {}

  public static void main(String[] arguments) throws Exception {
    int rows = Integer.parseInt(arguments[1]);
    int threads = Integer.parseInt(arguments[2]);
    int repeats = Integer.parseInt(arguments[3]);
    int prompts = arguments.length > 4 ? Integer.parseInt(arguments[4]) : 256;
    int samples = arguments.length > 5 ? Integer.parseInt(arguments[5]) : 4;
    try (LanguageModel model = DjlModels.languageModel("bench", Path.of(arguments[0]), rows)) {
      for (int repeat = 0; repeat < repeats; repeat++) {
        long start = System.nanoTime();
        long[] tokens = new long[threads];
        int[] right = new int[threads];
        long[] busy = new long[threads];
        List<Thread> workers = new ArrayList<>();
        for (int w = 0; w < threads; w++) {
          int worker = w;
          Thread thread =
              new Thread(
                  () -> {
                    Chains chains = new Chains(100 + worker);
                    List<GenerationRequest> requests = new ArrayList<>();
                    List<String> solutions = new ArrayList<>();
                    for (int i = 0; i < prompts; i++) {
                      String[] pair = chains.next();
                      solutions.add(pair[1]);
                      List<Long> seeds = new ArrayList<>();
                      for (int s = 0; s < samples; s++) {
                        seeds.add(1000L * i + s);
                      }
                      requests.add(new GenerationRequest(pair[0], Sampling.at(1, 64), seeds));
                    }
                    ThreadMXBean clock = ManagementFactory.getThreadMXBean();
                    long before = clock.getCurrentThreadCpuTime();
                    List<Generation> generations = model.generate(requests);
                    busy[worker] = clock.getCurrentThreadCpuTime() - before;
                    for (int i = 0; i < prompts; i++) {
                      for (Completion completion : generations.get(i).completions()) {
                        tokens[worker] += completion.tokens().length;
                        right[worker] += completion.text().equals(solutions.get(i)) ? 1 : 0;
                      }
                    }
                  });
          workers.add(thread);
          thread.start();
        }
        for (Thread thread : workers) {
          thread.join();
        }
        long total = 0;
        int all = 0;
        for (int w = 0; w < threads; w++) {
          total += tokens[w];
          all += right[w];
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
            "rows %d, threads %d: %d tokens in %.2f s, %.0f tokens/s (%.0f a second of processor time), %.3f solved, %s%n",
            rows,
            threads,
            total,
            seconds,
            total / seconds,
            total * 1e9 / Arrays.stream(busy).sum(),
            all / (double) (threads * prompts * samples),
            TrainingBench.resident());
      }
    }
  }
}
