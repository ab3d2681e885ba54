package dev.sluice.runners.cli.models;

import dev.sluice.models.djl.DjlServing;
import dev.sluice.models.onnx.OnnxEmbedder;
import dev.sluice.models.onnx.OnnxModels;
import dev.sluice.models.serve.ModelServer;
import dev.sluice.runners.cli.terminal.ExitCode;
import dev.sluice.runners.cli.terminal.GlobalOptions;
import dev.sluice.runners.cli.terminal.Numbers;
import dev.sluice.runners.cli.terminal.Signals;
import dev.sluice.runners.cli.terminal.Terminal;
import dev.sluice.runners.cli.terminal.UserMistake;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "serve",
    description =
        "Serves a model on 127.0.0.1 with OpenAI's API: /v1/completions, /v1/chat/completions, /v1/models; for a sentence encoder /v1/embeddings.")
final class ModelServeCommand implements Callable<Integer> {
  private final Terminal terminal;
  @Mixin private GlobalOptions global = new GlobalOptions();

  @Parameters(
      paramLabel = "DIR",
      description = "Folder of a model or a sentence encoder, or builtin:NAME.")
  private String folder = "";

  @Option(
      names = "--port",
      paramLabel = "P",
      description = "Port (default: 8091; 0: any free port).")
  private int port = 8091;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Name of the model for clients (default: the folder's name).")
  private @Nullable String name;

  @Option(
      names = "--rows",
      paramLabel = "N",
      description =
          "Maximum number of samples decoded in one batch; less memory lowers it (default: 64).")
  private int rows = 64;

  @Option(
      names = "--context",
      paramLabel = "N",
      description =
          "Maximum number of tokens of prompt plus completion, which bounds memory (default: 4096, or the model's own limit if that is lower).")
  private int context = 4096;

  ModelServeCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (rows < 1 || context < 2) {
      throw new UserMistake("--rows is at least 1, and --context at least 2.");
    }
    String called = name == null ? ModelFolder.name(folder) : name;
    try {
      return OnnxModels.isEncoder(folder) ? serveEncoder(called) : serveModel(called);
    } catch (IOException e) {
      throw new UserMistake(
          "Nothing can answer at port %d of this machine (%s). Choose another with --port, or 0 for any that is free."
              .formatted(port, e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.INTERRUPTED;
    }
  }

  private int serveModel(String called) throws IOException, InterruptedException {
    Path path = ModelFolder.of(folder);
    try (DjlServing serving = new DjlServing(called, path, rows, context);
        ModelServer server = new ModelServer(serving, ServedChat.of(path), port)) {
      return untilEnded(
          "%s at %s, %d rows of %s tokens, %.1f MB of keys and values"
              .formatted(
                  called,
                  server.url(),
                  serving.rows(),
                  Numbers.whole(serving.info().contextLength()),
                  serving.cacheBytes() / 1e6));
    }
  }

  private int serveEncoder(String called) throws IOException, InterruptedException {
    try (OnnxEmbedder embedder = OnnxModels.open(called, folder);
        ModelServer server = new ModelServer(embedder, port)) {
      return untilEnded(
          "%s at %s, vectors of %d numbers".formatted(called, server.url(), embedder.dimensions()));
    }
  }

  private int untilEnded(String what) throws InterruptedException {
    CountDownLatch end = new CountDownLatch(1);
    Signals.onInterrupt(end::countDown, () -> Runtime.getRuntime().halt(ExitCode.INTERRUPTED));
    if (!global.quiet()) {
      terminal.err().printf("serving %s; Ctrl-C ends it%n", what);
    }
    end.await();
    if (!global.quiet()) {
      terminal.err().println("ended by a signal (Ctrl-C or SIGTERM)");
    }
    return ExitCode.DONE;
  }
}
