package dev.sluice.runners.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.methods.arithmetic.ChainGenerator;
import dev.sluice.methods.arithmetic.Slice;
import dev.sluice.runners.bench.Peers.Peer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Seconds of a GRPO step: 32 problems, 8 rollouts each, the reference as reward. Ours is a whole
 * {@code sluice run}, of which the rounds after the tenth are measured from one durable policy to
 * the next: rollouts, rewards, update and files, with both Beam jobs.
 */
final class PolicyBench implements Bench.Measurement {
  private static final int SKIPPED = 10;
  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public List<Figure> measure(Bench bench) throws Exception {
    Path folder = bench.folder("policy");
    Path problems = folder.resolve("problems.json");
    JSON.writeValue(
        problems.toFile(),
        ChainGenerator.draw(7, 1024, Slice.TRAIN, 3, 6).stream()
            .map(p -> Map.of("prompt", p.chain() + ":", "answer", Integer.toString(p.result())))
            .toList());
    Optional<Peer> peer =
        bench.peers().start("grpo", TinySolver.folder(), problems, folder.resolve("trl"));
    try {
      return List.of(
          bench.inTurns(
              "policy step",
              "s",
              new Figure.Aim.TimesAsFast(3),
              () -> new Figure.Run(seconds(bench, folder), Double.NaN),
              "TRL GRPOTrainer",
              peer));
    } finally {
      peer.ifPresent(Peer::close);
    }
  }

  private static double seconds(Bench bench, Path folder) {
    try {
      Path workspace = folder.resolve("workspace");
      delete(workspace);
      Path file = bench.repository().resolve("runners/src/harness/resources/bench/grpo.yaml");
      List<String> command =
          List.of(
              bench.sluice().toString(),
              "run",
              file.toString(),
              "--workspace",
              workspace.toString(),
              "--quiet");
      double unused = Peers.seconds(command, folder, folder.resolve("run.log"));
      return step(workspace.resolve("units"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The median time between the records of two updates. */
  private static double step(Path units) throws IOException {
    try (Stream<Path> files = Files.walk(units)) {
      double[] times =
          files
              .filter(file -> file.toString().endsWith(".json"))
              .filter(PolicyBench::isUpdate)
              .mapToDouble(PolicyBench::modified)
              .sorted()
              .skip(SKIPPED)
              .toArray();
      double[] steps = new double[times.length - 1];
      for (int i = 0; i < steps.length; i++) {
        steps[i] = times[i + 1] - times[i];
      }
      return Figure.median(steps);
    }
  }

  private static boolean isUpdate(Path file) {
    try {
      JsonNode unit = JSON.readTree(file.toFile());
      return unit.findPath("name").asText().endsWith("-update");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double modified(Path file) {
    try {
      return Files.getLastModifiedTime(file).to(java.util.concurrent.TimeUnit.MICROSECONDS) / 1e6;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> found = Files.walk(folder)) {
      for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
