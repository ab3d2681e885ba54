package dev.sluice.methods.sandbox;

import dev.sluice.methods.text.Memo;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Runs programs that nobody has read, each in a process of its own: without network, with limits of
 * processor time, time on the clock, memory, files, processes and output, in an empty folder, with
 * no view of the disk beyond the system's programs and libraries. Linux namespaces and resource
 * limits do it (unshare, prlimit, setpriv of util-linux); no privileges are needed.
 *
 * <p>{@link #open} tries every limit first. Where one cannot be had, nothing is run.
 */
public final class Sandbox {
  private static final Memo<Opening, Sandbox> OPENED = new Memo<>(16);
  private static final List<String> PROGRAMS =
      List.of("unshare", "prlimit", "setpriv", "mount", "umount", "pivot_root", "timeout");
  private static final List<String> FOLDERS = List.of("/usr/sbin", "/usr/bin", "/sbin", "/bin");

  /** User ids that no account has; the program of each run has its own. */
  private static final int FIRST_ID = 1_000_000_000;

  private static final int MIB = 1 << 20;
  private static final int CPU_SIGNAL = 128 + 24;
  private static final int FILE_SIGNAL = 128 + 25;

  private final SandboxLimits limits;
  private final Interpreter interpreter;

  private record Opening(String interpreter, SandboxLimits limits) {}

  private Sandbox(Interpreter interpreter, SandboxLimits limits) {
    this.interpreter = interpreter;
    this.limits = limits;
  }

  /**
   * A sandbox whose limits were all tried; a process tries them once.
   *
   * @param interpreter the command that runs programs, such as {@code python3}
   * @throws SandboxException if the machine cannot give it
   */
  public static Sandbox open(String interpreter, SandboxLimits limits) {
    return OPENED.get(new Opening(interpreter, limits), Sandbox::tried);
  }

  private static Sandbox tried(Opening opening) {
    for (String program : PROGRAMS) {
      if (FOLDERS.stream().noneMatch(folder -> Files.isExecutable(Path.of(folder, program)))) {
        throw refused("the program '%s' is not installed".formatted(program));
      }
    }
    Sandbox sandbox =
        new Sandbox(Interpreter.find(opening.interpreter(), isRoot()), opening.limits());
    new SandboxProbe(opening.limits(), sandbox.interpreter).objection().ifPresent(Sandbox::refuse);
    return sandbox;
  }

  private static void refuse(String reason) {
    throw refused(reason);
  }

  private static SandboxException refused(String reason) {
    return new SandboxException(
        "This machine cannot give a sandbox, and programs of a model are never run without one: %s. It takes Linux with util-linux and user namespaces (docs/guides/sandbox.md); run the stage on a machine that has them, or use a reward that runs no program."
            .formatted(reason));
  }

  /**
   * Runs a program.
   *
   * @param file the program's name in its folder
   * @param program its text
   * @param input what it reads from its standard input
   * @throws SandboxException if the sandbox cannot be had any more
   */
  public SandboxResult run(String file, String program, String input) {
    return run(List.of(interpreter.executable(), file), Map.of(file, program), input);
  }

  /** Runs a command on files in the empty folder. */
  SandboxResult run(List<String> command, Map<String, String> files, String input) {
    try (Jail jail = new Jail(files, input)) {
      Process process = start(jail, command);
      boolean inTime = waitFor(process);
      if (!inTime) {
        end(process);
      }
      Optional<String> refusal = status(jail, "refused ");
      if (refusal.isPresent()) {
        throw refused(refusal.get());
      }
      return new SandboxResult(end(jail, inTime), jail.read("output"), jail.lastLine("error"));
    } catch (IOException e) {
      throw new UncheckedIOException("Running a program in a sandbox.", e);
    }
  }

  private Process start(Jail jail, List<String> command) throws IOException {
    List<String> all = new ArrayList<>();
    if (isRoot()) {
      // Root of the machine is bound by no limit of processes, so the sandbox is another user's.
      String id = Integer.toString(FIRST_ID + ThreadLocalRandom.current().nextInt(FIRST_ID));
      all.addAll(List.of("setpriv", "--reuid=" + id, "--regid=" + id, "--clear-groups", "--"));
    }
    all.addAll(
        List.of("unshare", "--user", "--map-root-user", "--mount", "--net", "--pid", "--ipc"));
    all.addAll(List.of("--uts", "--fork", "--kill-child=SIGKILL", "--", "sh", "-c"));
    all.addAll(List.of(script("enter.sh"), "sluice-sandbox"));
    all.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(all);
    Map<String, String> variables = builder.environment();
    variables.clear();
    variables.put("PATH", String.join(":", FOLDERS));
    variables.put("LC_ALL", "C.UTF-8");
    variables.put("SANDBOX_JAIL", jail.path("").toString());
    variables.put(
        "SANDBOX_OUTER_NET", Files.readSymbolicLink(Path.of("/proc/self/ns/net")).toString());
    variables.put("SANDBOX_SHOWN", interpreter.folder());
    variables.put("SANDBOX_CPU_S", Integer.toString(limits.cpuS()));
    variables.put("SANDBOX_WALL_S", Integer.toString(limits.wallS()));
    variables.put("SANDBOX_MEMORY", Long.toString((long) limits.memoryMb() * MIB));
    variables.put("SANDBOX_FILE", Long.toString((long) limits.fileMb() * MIB));
    variables.put("SANDBOX_DISK_MB", Integer.toString(limits.diskMb()));
    variables.put("SANDBOX_PROCESSES", Integer.toString(limits.processes()));
    return builder
        .directory(jail.path("").toFile())
        .redirectInput(jail.path("input").toFile())
        .redirectOutput(jail.path("output").toFile())
        .redirectError(jail.path("error").toFile())
        .start();
  }

  /** A script of this package. */
  static String script(String name) {
    try (InputStream stream = Sandbox.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Reading a script of the product.", e);
    }
  }

  private static boolean isRoot() {
    try {
      return Objects.equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"), 0);
    } catch (IOException | UnsupportedOperationException e) {
      throw refused("it is no Linux (" + e.getMessage() + ")");
    }
  }

  private boolean waitFor(Process process) {
    try {
      return process.waitFor(limits.wallS(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      end(process);
      Thread.currentThread().interrupt();
      throw new IllegalStateException("A program in a sandbox was ended with its stage.", e);
    }
  }

  /** Ends all: the kernel ends what is in a process namespace with its first process. */
  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Optional<String> status(Jail jail, String word) throws IOException {
    return jail.read("status")
        .lines()
        .filter(line -> line.startsWith(word))
        .map(line -> line.substring(word.length()))
        .findFirst();
  }

  private SandboxEnd end(Jail jail, boolean inTime) throws IOException {
    if (!inTime) {
      return SandboxEnd.TIME;
    }
    Optional<String> ended = status(jail, "ended ");
    if (ended.isEmpty() && status(jail, "started").isPresent()) {
      return SandboxEnd.KILLED;
    }
    if (ended.isEmpty()) {
      throw refused(
          "it did not start (%s)"
              .formatted(
                  Optional.of(jail.lastLine("error")).filter(s -> !s.isEmpty()).orElse("-")));
    }
    String[] said = ended.get().split(" ", -1);
    int code = Integer.parseInt(said[0]);
    long limit = (long) limits.fileMb() * MIB;
    if (code == FILE_SIGNAL
        || Files.size(jail.path("output")) >= limit
        || Files.size(jail.path("error")) >= limit) {
      return SandboxEnd.OUTPUT;
    }
    if (code == CPU_SIGNAL) {
      return SandboxEnd.CPU;
    }
    if (code == 0) {
      return SandboxEnd.DONE;
    }
    if (said.length > 1 && said[1].equals("0")) {
      return SandboxEnd.DISK;
    }
    SandboxEnd named = SandboxEnd.named(jail.end("error"));
    return named == SandboxEnd.FAILED && code > 128 ? SandboxEnd.KILLED : named;
  }

  /** A sandbox without a trial, for the trial itself. */
  static Sandbox untried(Interpreter interpreter, SandboxLimits limits) {
    return new Sandbox(interpreter, limits);
  }
}
