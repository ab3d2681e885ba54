package dev.sluice.methods.sandbox;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tries whether a sandbox keeps its limits, by a program that breaks each of them.
 *
 * @param limits those of the sandbox
 * @param interpreter what is to start in it
 */
record SandboxProbe(SandboxLimits limits, Interpreter interpreter) {
  private static final int SECONDS = 30;
  private static final String STARTED = "all started";
  private static final int MOST = 16;
  private static final Map<String, String> NOTHING = Map.of("empty", "");

  /** What is wrong, to follow a colon; empty if nothing is. */
  Optional<String> objection() {
    SandboxResult version =
        with(SECONDS, SECONDS).run(List.of(interpreter.executable(), "--version"), NOTHING, "");
    if (version.end() != SandboxEnd.DONE) {
      return Optional.of(
          "the interpreter %s does not start in it, since it %s"
              .formatted(interpreter.executable(), version.words()));
    }
    return files().or(this::processes).or(this::time);
  }

  /** Small limits, since a program has to go beyond them. */
  private SandboxLimits small(int cpu, int wall) {
    return new SandboxLimits(
        cpu,
        wall,
        limits.memoryMb(),
        Math.min(limits.fileMb(), MOST),
        Math.min(limits.diskMb(), MOST),
        Math.min(limits.processes(), MOST));
  }

  private Sandbox with(int cpu, int wall) {
    return Sandbox.untried(interpreter, small(cpu, wall));
  }

  private Optional<String> files() {
    SandboxLimits tried = small(SECONDS, SECONDS);
    SandboxResult result =
        with(SECONDS, SECONDS)
            .run(
                List.of(
                    "sh",
                    "probe.sh",
                    System.getProperty("java.io.tmpdir"),
                    Integer.toString(tried.memoryMb()),
                    Integer.toString(tried.fileMb()),
                    Integer.toString(tried.diskMb())),
                Map.of("probe.sh", Sandbox.script("probe.sh")),
                "");
    if (!result.output().isBlank()) {
      return Optional.of(
          "of a program in it, "
              + result.output().lines().findFirst().orElse("something went wrong"));
    }
    return result.end() == SandboxEnd.DONE
        ? Optional.empty()
        : Optional.of("its trial " + result.words());
  }

  private Optional<String> processes() {
    String program =
        "n=0; while [ $n -le %d ]; do sleep 20 & n=$((n+1)); done; echo %s"
            .formatted(small(SECONDS, SECONDS).processes(), STARTED);
    // A shell may try for a while to start the last one.
    SandboxResult result = with(SECONDS, 5).run(List.of("sh", "-c", program), NOTHING, "");
    return result.output().contains(STARTED)
        ? Optional.of("the number of processes is not limited")
        : Optional.empty();
  }

  private Optional<String> time() {
    SandboxResult result =
        with(1, SECONDS).run(List.of("sh", "-c", "while :; do :; done"), NOTHING, "");
    return result.end() == SandboxEnd.CPU
        ? Optional.empty()
        : Optional.of("processor time is not limited: its trial " + result.words());
  }
}
