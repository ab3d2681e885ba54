package dev.sluice.runners.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.sluice.models.scripted.ScriptedLanguageModel;
import dev.sluice.models.scripted.ScriptedServer;
import dev.sluice.models.scripted.ScriptedServer.Fault;
import dev.sluice.runners.cli.SluiceCommand;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * 5,000 requests in 50 shards of 100 on embedded Flink, to a server in this process that takes 50
 * to 500 ms for each, with 100 in flight: what share of the window is busy while requests are left
 * to send, completions a second against 100 divided by the mean latency, and the processor's time
 * of a request, the server's included.
 */
final class WindowBench implements Bench.Measurement {
  private static final int WINDOW = 100;
  private static final int SHARDS = 50;
  private static final int REQUESTS = 5_000;

  private static final String FILE =
      """
      models:
        m: {provider: openai, base_url: "%s", model: scripted, revision: "1", max_in_flight: %d}
      pipeline:
        type: chain
        transforms:
          - {type: SynthesizeProblems, name: problems, config: {source: {kind: arithmetic, count: %d}, shard_problems: %d}}
          - {type: SampleSolutions, name: solutions, config: {model: m, samples: 1, max_tokens: 20}}
      """;

  @Override
  public List<Figure> measure(Bench bench) throws Exception {
    Random random = new Random(7);
    AtomicLong latency = new AtomicLong();
    try (ScriptedServer server =
        ScriptedServer.of(
            new ScriptedLanguageModel("scripted", "1", (p, s, i, seed) -> "Answer: " + seed % 10),
            asked -> Fault.NONE,
            asked -> {
              long millis;
              synchronized (random) {
                millis = 50L + random.nextInt(451);
              }
              latency.addAndGet(millis);
              return Duration.ofMillis(millis);
            },
            0)) {
      Path folder = bench.folder("window");
      PolicyBench.delete(folder);
      Files.createDirectories(folder);
      Path file =
          Files.writeString(
              folder.resolve("window.yaml"),
              FILE.formatted(server.url(), WINDOW, REQUESTS, REQUESTS / SHARDS));
      Busy busy = new Busy(server);
      int code =
          SluiceCommand.execute(
              "run", file.toString(), "--workspace", folder.resolve("ws").toString(), "--quiet");
      busy.end();
      if (code != 0 || server.count() != REQUESTS) {
        throw new IllegalStateException(
            "The run ended with %d after %d requests.".formatted(code, server.count()));
      }
      double mean = latency.get() / 1e3 / REQUESTS;
      return List.of(
          figure("window busy", "of 100", busy.share() * 100),
          figure("window completions", "1/s", busy.perSecond()),
          figure("window / mean latency", "1/s", WINDOW / mean),
          figure("window CPU", "ms/request", busy.processorSeconds() * 1e3 / REQUESTS));
    }
  }

  private static Figure figure(String name, String unit, double value) {
    return new Figure(
        name,
        unit,
        new Figure.Aim.None(),
        List.of(new Figure.Run(value, Double.NaN)),
        "",
        List.of());
  }

  /** Looks at the server every five milliseconds, from its first request to its last. */
  private static final class Busy {
    private static final OperatingSystemMXBean SYSTEM =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final ScriptedServer server;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private long looks;
    private long sum;
    private long first;
    private long last;
    private long processorFirst;
    private long processorLast;

    Busy(ScriptedServer server) {
      this.server = server;
      var unused = timer.scheduleAtFixedRate(this::look, 5, 5, TimeUnit.MILLISECONDS);
    }

    private synchronized void look() {
      long asked = server.count();
      if (asked > 0 && first == 0) {
        first = System.nanoTime();
        processorFirst = SYSTEM.getProcessCpuTime();
      }
      if (asked > 0 && asked < REQUESTS) {
        looks++;
        sum += server.inFlight();
      }
      if (asked > 0 && server.inFlight() > 0) {
        last = System.nanoTime();
        processorLast = SYSTEM.getProcessCpuTime();
      }
    }

    void end() throws InterruptedException {
      timer.shutdown();
      boolean unused = timer.awaitTermination(1, TimeUnit.SECONDS);
    }

    synchronized double processorSeconds() {
      return (processorLast - processorFirst) / 1e9;
    }

    synchronized double share() {
      return sum / (double) looks / WINDOW;
    }

    synchronized double perSecond() {
      return REQUESTS / ((last - first) / 1e9);
    }
  }
}
