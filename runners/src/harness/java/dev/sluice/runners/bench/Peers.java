package dev.sluice.runners.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The programs to compare with, in a Python environment.
 *
 * @param python the environment's interpreter; null if there is none
 * @param scripts folder of the scripts
 * @param logs folder of what they say
 */
record Peers(@Nullable Path python, Path scripts, Path logs) {

  /** A script that measures on request, after it has warmed up; empty without Python. */
  Optional<Peer> start(String script, Object... arguments) {
    if (python == null) {
      return Optional.empty();
    }
    List<String> command = new ArrayList<>(List.of(python.toString()));
    command.add(scripts.resolve(script + ".py").toString());
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    try {
      return Optional.of(new Peer(command, logs.resolve(script + ".log")));
    } catch (IOException e) {
      throw new IllegalStateException("The peer '%s' cannot be started.".formatted(script), e);
    }
  }

  /** The place of a program of the environment; empty if it is not there. */
  Optional<Path> program(String name) {
    return Optional.ofNullable(python)
        .map(path -> path.resolveSibling(name))
        .filter(Files::isExecutable);
  }

  /** A running script. */
  static final class Peer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final Path log;
    private final BufferedReader answers;
    private final Writer requests;
    private final String setting;

    private Peer(List<String> command, Path log) throws IOException {
      this.log = log;
      process = new ProcessBuilder(command).redirectError(log.toFile()).start();
      answers = process.inputReader(StandardCharsets.UTF_8);
      requests = process.outputWriter(StandardCharsets.UTF_8);
      setting = answer().path("ready").asText();
    }

    /** What the peer does, as fast as it can. */
    String setting() {
      return setting;
    }

    /** Has the peer measure once. */
    Figure.Run measure() {
      JsonNode answer = ask("run");
      return new Figure.Run(
          answer.path("value").asDouble(), answer.path("processor").asDouble(Double.NaN));
    }

    /** Asks for something else. */
    JsonNode ask(String request) {
      try {
        requests.write(request + "\n");
        requests.flush();
        return answer();
      } catch (IOException e) {
        throw new IllegalStateException("A peer has ended; see " + log, e);
      }
    }

    private JsonNode answer() throws IOException {
      String line = answers.readLine();
      if (line == null) {
        throw new IllegalStateException("A peer has ended; its last words are in " + log);
      }
      return JSON.readTree(line);
    }

    @Override
    public void close() {
      process.destroy();
    }
  }

  /** A whole process, whose processor time is not known. */
  static Figure.Run run(List<String> command, Path folder, Path log) {
    return new Figure.Run(seconds(command, folder, log), Double.NaN);
  }

  /** Seconds of a whole process. */
  static double seconds(List<String> command, Path folder, Path log) {
    File file = log.toFile();
    long start = System.nanoTime();
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(file))
              .start();
      int code = process.waitFor();
      double seconds = (System.nanoTime() - start) / 1e9;
      if (code != 0) {
        throw new IllegalStateException(
            "'%s' ended with %d; see %s".formatted(String.join(" ", command), code, log));
      }
      return seconds;
    } catch (IOException e) {
      throw new IllegalStateException("'%s' cannot be run.".formatted(command.get(0)), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted.", e);
    }
  }
}
