package dev.sluice.runners.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.sun.management.OperatingSystemMXBean;
import dev.sluice.runners.bench.Peers.Peer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.logging.LogManager;

/**
 * Measures, each figure in turns with its peer: {@code Bench REPOSITORY [NAME...]}. The system
 * property {@code sluice.python} names the peers' interpreter.
 */
public final class Bench {
  /** Runs of ours, and as many of the peer. */
  private static final int RUNS = 5;

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
    ALL.put("decoding", new DecodingBench());
    ALL.put("training", new TrainingBench());
    ALL.put("lora", new LoraBench());
    ALL.put("policy", new PolicyBench());
    ALL.put("majority", new MajorityBench());
    ALL.put("plan", new PlanBench());
    ALL.put("idle", new IdleBench());
    ALL.put("tables", new TablesBench());
    ALL.put("window", new WindowBench());
    ALL.put("readers", new ReadersBench());
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

  /** Something measured in this process. */
  static Supplier<Figure.Run> here(DoubleSupplier work) {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return () -> {
      long before = system.getProcessCpuTime();
      double value = work.getAsDouble();
      return new Figure.Run(value, (system.getProcessCpuTime() - before) / 1e9);
    };
  }

  /** Ours and a script's in turns. */
  Figure inTurns(
      String name,
      String unit,
      Figure.Aim aim,
      Supplier<Figure.Run> ours,
      String peerName,
      Optional<Peer> peer) {
    String who = peer.map(running -> peerName + " (" + running.setting() + ")").orElse(peerName);
    return inTurnsWith(name, unit, aim, ours, who, peer.map(running -> running::measure));
  }

  /** As the other, with a peer of any kind. */
  Figure inTurnsWith(
      String name,
      String unit,
      Figure.Aim aim,
      Supplier<Figure.Run> ours,
      String peerName,
      Optional<Supplier<Figure.Run>> peer) {
    List<Figure.Run> mine = new ArrayList<>();
    List<Figure.Run> theirs = new ArrayList<>();
    for (int run = 0; run < RUNS; run++) {
      mine.add(ours.get());
      peer.ifPresent(p -> theirs.add(p.get()));
    }
    String who = peer.isPresent() ? peerName : peerName + " is missing";
    return new Figure(name, unit, aim, mine, who, theirs);
  }
}
