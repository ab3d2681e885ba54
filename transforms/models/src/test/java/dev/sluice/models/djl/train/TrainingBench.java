package dev.sluice.models.djl.train;

import com.sun.management.OperatingSystemMXBean;
import dev.sluice.models.directory.TinyModel;
import dev.sluice.models.djl.Chains;
import dev.sluice.models.training.Loss;
import dev.sluice.models.training.Optimizer;
import dev.sluice.models.training.Trainer;
import dev.sluice.models.training.TrainingSequence;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Trains the tiny solver and prints speed: {@code TrainingBench STEPS BATCH MICRO_TOKENS [DIR]}.
 */
public final class TrainingBench {
  private TrainingBench() {}

  public static void main(String[] arguments) throws Exception {
    int steps = Integer.parseInt(arguments[0]);
    int size = Integer.parseInt(arguments[1]);
    int micro = Integer.parseInt(arguments[2]);
    Optimizer optimizer = new Optimizer(3e-3, 0.9, 0.98, 1e-8, 0.01, 100, 0.03, 1500, 1.0);
    Chains chains = new Chains(7);
    try (DjlTrainer trainer =
        DjlTrainer.fromRandom(TinyModel.directory(), 0.05, 7, optimizer, 1500, micro)) {
      long start = System.nanoTime();
      long tokens = 0;
      long busy = processor();
      for (int step = 0; step < steps; step++) {
        List<TrainingSequence> batch = chains.batch(size);
        Trainer.StepReport report = trainer.step(batch, new Loss.CrossEntropy());
        tokens += report.tokens();
        if (step == 0 || (step + 1) % 50 == 0) {
          double seconds = (System.nanoTime() - start) / 1e9;
          System.out.printf(
              "step %d loss %.4f norm %.3f, %d tokens a step, %.0f tokens/s, %.1f ms a step (%.1f of processor time), arrays %d, RSS %s%n",
              step + 1,
              report.loss(),
              report.gradientNorm(),
              report.tokens(),
              tokens / seconds,
              seconds * 1000 / (step == 0 ? 1 : 50),
              (processor() - busy) / 1e6 / (step == 0 ? 1 : 50),
              trainer.nativeArrays(),
              resident());
          start = System.nanoTime();
          tokens = 0;
          busy = processor();
        }
      }
      if (arguments.length > 3) {
        Files.createDirectories(Path.of(arguments[3]));
        trainer.save(Path.of(arguments[3]));
      }
    }
  }

  private static long processor() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  /** Memory of this process: resident, the heap in use, and direct buffers. */
  public static String resident() throws IOException {
    String status =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("VmRSS"))
            .findFirst()
            .orElse("?")
            .replaceAll("\\s+", " ");
    long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    long direct =
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .filter(pool -> pool.getName().equals("direct"))
            .mapToLong(BufferPoolMXBean::getMemoryUsed)
            .sum();
    return status + ", heap " + heap / 1_000_000 + " MB, direct " + direct / 1_000_000 + " MB";
  }
}
