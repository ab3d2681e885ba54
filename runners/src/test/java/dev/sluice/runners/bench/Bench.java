package dev.sluice.runners.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.sluice.runners.bench.Peers.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.logging.LogManager;

/**
 * Measures, each figure in turns with its peer: {@code Bench REPOSITORY [NAME...]}. The system
 * property {@code sluice.python} names the peers' interpreter.
 */
public final class Bench {
  /** Runs of ours, and as many of the peer. */
  private static final int RUNS = 5;

  private static final String NO_PYTHON = "no Python environment";

  private final Path repository;
  private final Path folder;
  private final Peers peers;

  private Bench(Path repository) throws IOException {
    this.repository = repository;
    folder = Files.createDirectories(repository.resolve("target/bench"));
    String python = System.getProperty("sluice.python", "");
    peers =
        new Peers(
            python.isEmpty() ? null : Path.of(python),
            repository.resolve("runners/src/it/python/bench"),
            folder);
  }

  /** One or more figures under one name. */
  interface Measurement {
    List<Figure> measure(Bench bench) throws Exception;
  }

  private static final Map<String, Measurement> ALL = new LinkedHashMap<>();

  static {
    ALL.put("generation", new GenerationBench());
    ALL.put("training", new TrainingBench());
    ALL.put("policy", new PolicyBench());
    ALL.put("majority", new MajorityBench());
    ALL.put("plan", new PlanBench());
    ALL.put("idle", new IdleBench());
    ALL.put("tables", new TablesBench());
  }

  public static void main(String[] arguments) throws Exception {
    LogManager.getLogManager().reset();
    Bench bench = new Bench(Path.of(arguments[0]).toAbsolutePath().normalize());
    List<String> names = List.of(arguments).subList(1, arguments.length);
    for (String name : names) {
      if (!ALL.containsKey(name)) {
        System.err.printf("There is no figure '%s'; there are %s.%n", name, ALL.keySet());
        System.exit(2);
      }
    }
    ArrayNode json = new ObjectMapper().createArrayNode();
    int missed = 0;
    for (Map.Entry<String, Measurement> entry : ALL.entrySet()) {
      if (!names.isEmpty() && !names.contains(entry.getKey())) {
        continue;
      }
      for (Figure figure : entry.getValue().measure(bench)) {
        System.out.println(figure.line());
        json.add(figure.json());
        missed += Boolean.FALSE.equals(figure.met()) ? 1 : 0;
      }
    }
    Path file = bench.repository.resolve("target/bench.json");
    Files.writeString(file, json.toPrettyString() + "\n");
    System.out.printf("%d aims missed. All numbers: %s%n", missed, file);
    System.exit(0);
  }

  Path repository() {
    return repository;
  }

  Peers peers() {
    return peers;
  }

  /** A folder for the files of a measurement. */
  Path folder(String name) throws IOException {
    return Files.createDirectories(folder.resolve(name));
  }

  /** The shell script that users start. */
  Path sluice() {
    return repository.resolve("sluice");
  }

  /** Ours and the peer's in turns. */
  Figure inTurns(
      String name,
      String unit,
      Figure.Aim aim,
      String peerName,
      DoubleSupplier ours,
      Optional<Peer> peer) {
    String who = peer.map(running -> peerName + " (" + running.setting() + ")").orElse(peerName);
    return inTurns(name, unit, aim, who, peer.map(running -> running::measure), ours);
  }

  /** As the other, with a peer of any kind. */
  Figure inTurns(
      String name,
      String unit,
      Figure.Aim aim,
      String peerName,
      Optional<DoubleSupplier> peer,
      DoubleSupplier ours) {
    List<Double> mine = new ArrayList<>();
    List<Double> theirs = new ArrayList<>();
    for (int run = 0; run < RUNS; run++) {
      mine.add(ours.getAsDouble());
      peer.ifPresent(p -> theirs.add(p.getAsDouble()));
    }
    return new Figure(name, unit, aim, mine, peer.isPresent() ? peerName : NO_PYTHON, theirs);
  }
}
