package dev.sluice.runners.cli;

import dev.sluice.runners.Main;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The program as a process of its own, so that signals reach it. */
final class Child implements AutoCloseable {
  private static final long SECONDS = 60;

  private final Process process;
  private final Path out;
  private final Path err;

  private Child(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /**
   * Starts a command.
   *
   * @param folder its current folder, where what it says goes as well
   */
  static Child start(Path folder, String... words) throws IOException {
    return start(folder, Map.of(), words);
  }

  /**
   * The same with more of an environment.
   *
   * @param environment variables, beside those of this process
   */
  static Child start(Path folder, Map<String, String> environment, String... words)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx400m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dai.djl.offline=true",
                "-DOPT_OUT_TRACKING=true"));
    for (String each : List.of("lang", "util", "util.concurrent", "nio", "net", "io", "time")) {
      command.addAll(List.of("--add-opens", "java.base/java." + each + "=ALL-UNNAMED"));
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(words));
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().putAll(environment);
    return new Child(builder.start(), out, err);
  }

  /** Waits until something is so, as long as the process lives. */
  void until(BooleanSupplier so) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (!so.getAsBoolean()) {
      if (process.waitFor(20, TimeUnit.MILLISECONDS) || System.nanoTime() > end) {
        throw new IllegalStateException("It did not come to it: " + said());
      }
    }
  }

  /** Waits until it has written something to standard error or output. */
  void untilSaid(String text) throws Exception {
    until(() -> (text(err) + text(out)).contains(text));
  }

  /** Sends a signal, such as INT. */
  void signal(String name) throws Exception {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  Said said() {
    return new Said(process.isAlive() ? -1 : process.exitValue(), text(out), text(err));
  }

  /** Its end. */
  Said end() throws Exception {
    if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("It did not end: " + said());
    }
    return said();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
