package dev.sluice.runners.cli;

import dev.sluice.models.djl.DjlServing;
import dev.sluice.models.serve.ModelServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
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
        "Serves a model on 127.0.0.1 with OpenAI's interface: /v1/completions, /v1/chat/completions, /v1/models.")
final class ModelServeCommand implements Callable<Integer> {
  private final Terminal terminal;
  @Mixin private GlobalOptions global = new GlobalOptions();

  @Parameters(paramLabel = "DIR", description = "The model's folder, or builtin:NAME.")
  private String folder = "";

  @Option(
      names = "--port",
      paramLabel = "P",
      description = "Where it answers (default: 8091; 0: any that is free).")
  private int port = 8091;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "What clients call the model (default: the folder's name).")
  private @Nullable String name;

  @Option(
      names = "--rows",
      paramLabel = "N",
      description = "Most samples that are decoded at once, as far as memory allows (default: 64).")
  private int rows = 64;

  @Option(
      names = "--context",
      paramLabel = "N",
      description =
          "Most tokens of prompt and completion together: bounds memory (default: 4096, at most the model's own).")
  private int context = 4096;

  ModelServeCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (rows < 1 || context < 2) {
      throw new UserMistake("--rows is at least 1, and --context at least 2.");
    }
    Path path = ModelFolder.of(folder);
    String called = name == null ? ModelFolder.name(folder) : name;
    DjlServing serving = new DjlServing(called, path, rows, context);
    CountDownLatch end = new CountDownLatch(1);
    try (ModelServer server = new ModelServer(serving, ServedChat.of(path), port)) {
      Signals.onInterrupt(end::countDown, () -> Runtime.getRuntime().halt(ExitCode.INTERRUPTED));
      if (!global.quiet()) {
        terminal
            .err()
            .printf(
                Locale.ROOT,
                "serving %s at %s, %d rows of %s tokens, %.1f MB of keys and values; Ctrl-C ends it%n",
                called,
                server.url(),
                serving.rows(),
                Numbers.whole(serving.info().contextLength()),
                serving.cacheBytes() / 1e6);
      }
      end.await();
      return ExitCode.DONE;
    } catch (IOException e) {
      serving.close();
      throw new UserMistake(
          "Nothing can answer at port %d of this machine (%s). Choose another with --port, or 0 for any that is free."
              .formatted(port, e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.INTERRUPTED;
    }
  }
}
