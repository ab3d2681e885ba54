package dev.sluice.methods.sandbox;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The program that runs programs, and the folder that it needs.
 *
 * @param executable its file
 * @param folder the folder that it needs beside those of the system; empty if it needs none
 */
record Interpreter(String executable, String folder) {
  private static final int SECONDS = 20;
  private static final String ASK =
      "import os, sys; print(os.path.realpath(sys.executable)); print(sys.base_prefix)";

  /**
   * Finds a command: the first one on the {@code PATH} that can be used.
   *
   * @param forOthers whether programs run as another user, who must be able to read it
   * @throws SandboxException if there is none
   */
  static Interpreter find(String command, boolean forOthers) {
    @Nullable Interpreter first = null;
    @Nullable SandboxException reason = null;
    for (Path path : onPath(command)) {
      try {
        Interpreter found = at(command, path);
        if (!forOthers || found.isOpen()) {
          return found;
        }
        first = first == null ? found : first;
      } catch (SandboxException e) {
        reason = reason == null ? e : reason;
      }
    }
    if (first != null) {
      return first; // Its trial says that others cannot read it.
    }
    throw reason == null ? missing(command) : reason;
  }

  private static Interpreter at(String command, Path path) {
    if (!isPython(command)) {
      return of(command, real(path), real(path).resolveSibling(".").normalize());
    }
    // A python3 on the PATH may be a script that starts the real one, so the real one is asked for.
    List<String> said = ask(command, path);
    return of(command, Path.of(said.get(0)), Path.of(said.get(1)));
  }

  /** Whether other users can use it. */
  private boolean isOpen() {
    try {
      for (Path path = Path.of(executable); path != null; path = path.getParent()) {
        if (!Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_EXECUTE)) {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether a command is some Python, so that tests may be written in it. */
  static boolean isPython(String command) {
    return String.valueOf(Path.of(command).getFileName()).startsWith("python");
  }

  private static Interpreter of(String command, Path executable, Path folder) {
    boolean ofSystem = executable.startsWith("/usr/bin") || executable.startsWith("/bin");
    if (!ofSystem && showsTooMuch(folder)) {
      throw new SandboxException(
          "The interpreter '%s' is in the folder %s, and showing all of that to programs would show too much. Name one in a folder of its own, or /usr/bin/python3."
              .formatted(command, folder));
    }
    return new Interpreter(
        executable.toString(), ofSystem || folder.equals(Path.of("/usr")) ? "" : folder.toString());
  }

  /**
   * Whether a folder is the root, one below it, or holds the user's home or this process's folder.
   */
  private static boolean showsTooMuch(Path folder) {
    return !folder.equals(Path.of("/usr"))
        && (folder.getNameCount() < 2
            || Path.of(System.getProperty("user.home")).startsWith(folder)
            || Path.of("").toAbsolutePath().startsWith(folder));
  }

  private static List<Path> onPath(String command) {
    if (command.contains("/")) {
      return List.of(Path.of(command));
    }
    List<Path> found = new ArrayList<>();
    String folders = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
    for (String folder : folders.split(File.pathSeparator, -1)) {
      Path path = Path.of(folder.isEmpty() ? "." : folder, command);
      if (Files.isExecutable(path) && !Files.isDirectory(path)) {
        found.add(path);
      }
    }
    return found;
  }

  private static SandboxException missing(String command) {
    return new SandboxException(
        "There is no interpreter '%s' to run programs with. Install it, or set 'interpreter' to the path of one."
            .formatted(command));
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      throw missing(path.toString());
    }
  }

  private static List<String> ask(String command, Path path) {
    try {
      Process process =
          new ProcessBuilder(real(path).toString(), "-I", "-c", ASK)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
              .start();
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      } else if (process.exitValue() == 0) {
        byte[] said = process.getInputStream().readAllBytes();
        List<String> lines = new String(said, StandardCharsets.UTF_8).lines().toList();
        if (lines.size() == 2) {
          return lines;
        }
      }
    } catch (IOException e) {
      throw missing(command);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new SandboxException(
        "The interpreter '%s' does not say where it is installed. Set 'interpreter' to the path of a Python 3."
            .formatted(command));
  }
}
