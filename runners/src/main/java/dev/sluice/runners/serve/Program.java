package dev.sluice.runners.serve;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** This program, to be started once more as a process of its own that outlives this one. */
final class Program {
  /** The option that gives a run its id. */
  static final String RUN = "--run-id";

  private static final List<String> SETSID = List.of("/usr/bin/setsid", "/bin/setsid");

  private final List<String> start;
  private final String heap;

  /**
   * The program.
   *
   * @param launcher the script that started this process; empty for none
   * @param heap most memory of a run's Java heap, such as {@code 1200m}
   */
  Program(String launcher, String heap) {
    this.heap = heap;
    start = new ArrayList<>();
    // Ctrl-C on a terminal goes to all processes of its group, and runs are to live on.
    SETSID.stream()
        .filter(path -> Files.isExecutable(Path.of(path)))
        .findFirst()
        .ifPresent(start::add);
    if (launcher.isEmpty()) {
      start.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      start.addAll(
          List.of(
              "-XX:+UseSerialGC",
              "-Xmx" + heap,
              "-Dai.djl.offline=true",
              "-DOPT_OUT_TRACKING=true"));
      start.addAll(
          List.of("-cp", System.getProperty("java.class.path"), "dev.sluice.runners.Main"));
    } else {
      start.add(launcher);
    }
  }

  /**
   * Starts a command of it.
   *
   * @param log what it says goes to the end of this file
   */
  Process start(List<String> arguments, Path log) throws IOException {
    List<String> command = new ArrayList<>(start);
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    environment.put("SLUICE_NO_BUILD", "1");
    String options = environment.getOrDefault("SLUICE_JAVA_OPTS", "");
    environment.put("SLUICE_JAVA_OPTS", (options + " -Xmx" + heap).strip());
    Files.createDirectories(log.getParent());
    return builder
        .redirectInput(Redirect.from(new File("/dev/null")))
        .redirectErrorStream(true)
        .redirectOutput(Redirect.appendTo(log.toFile()))
        .start();
  }

  /** The process of this machine that was started for a run, its launcher included. */
  static Optional<ProcessHandle> of(String run) {
    return ProcessHandle.allProcesses()
        .filter(ProcessHandle::isAlive)
        .filter(
            process ->
                process
                    .info()
                    .arguments()
                    .map(all -> Collections.indexOfSubList(List.of(all), List.of(RUN, run)) >= 0)
                    .orElse(false))
        .findFirst();
  }

  /** KB of the machine's memory that a process holds; 0 where that is not told. */
  static long memory(long pid) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
        if (line.startsWith("VmRSS:")) {
          return Long.parseLong(line.replaceAll("\\D", ""));
        }
      }
    } catch (IOException | RuntimeException e) {
      return 0; // it is gone, or this is no Linux
    }
    return 0;
  }
}
