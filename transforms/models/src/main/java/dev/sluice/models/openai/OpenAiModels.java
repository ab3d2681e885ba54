package dev.sluice.models.openai;

import dev.sluice.models.LanguageModel;
import dev.sluice.models.ModelException;
import dev.sluice.models.openai.wire.ApiKey;
import dev.sluice.models.openai.wire.Connections;
import dev.sluice.models.openai.wire.Time;
import dev.sluice.models.openai.wire.Transport;
import dev.sluice.models.provider.ModelFinding;
import dev.sluice.models.provider.OpenAiSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Opens models behind servers, for one process: its connections and its windows of requests. */
public final class OpenAiModels implements AutoCloseable {
  private final Connections connections = new Connections();
  private final OpenWindows windows = new OpenWindows(connections.time());
  private final UnaryOperator<@Nullable String> environment;
  private final Time time;
  private final DoubleSupplier random;

  /** With keys from the environment of this process; nothing is connected yet. */
  public OpenAiModels() {
    this.environment = System::getenv;
    this.time = connections.time();
    this.random = () -> ThreadLocalRandom.current().nextDouble();
  }

  /**
   * The same with another environment.
   *
   * @param time the clock of windows
   * @param random what spreads retries
   */
  public OpenAiModels(
      UnaryOperator<@Nullable String> environment, Time time, DoubleSupplier random) {
    this.environment = environment;
    this.time = time;
    this.random = random;
  }

  /**
   * Opens a model. All that are open here share one window of requests.
   *
   * @throws ModelException if the key that it needs is not there
   */
  public LanguageModel open(OpenAiSpec spec, Session session) {
    Transport transport = transport(spec);
    SharedWindow shared =
        windows.take(
            new SharedWindow.Key(spec, session.workers()),
            transport,
            (key, over) -> new Window(spec, over, key.workers(), time, random));
    return new OpenAiModel(shared, spec, session, connections.warnings());
  }

  /**
   * Requests of a model that could be in flight beside those that are and those that wait; negative
   * if some wait.
   *
   * @param workers as in the session that it is open with
   */
  public int room(OpenAiSpec spec, int workers) {
    return windows.room(new SharedWindow.Key(spec, workers));
  }

  /**
   * Looks whether the servers answer, take the key and have the model.
   *
   * @param name what the file calls the model
   * @throws ModelException if not
   */
  public void check(String name, OpenAiSpec spec) {
    new ServerCheck(name, spec, transport(spec)).check();
  }

  /** What is wrong with the environment variable that holds the key; empty if nothing is. */
  static Optional<ModelFinding> keyMissing(
      OpenAiSpec spec, UnaryOperator<@Nullable String> environment) {
    try {
      ApiKey unused = ApiKey.of(spec.apiKeyEnv(), environment);
      return Optional.empty();
    } catch (ModelException e) {
      return Optional.of(new ModelFinding("api_key_env", String.valueOf(e.getMessage()), true));
    }
  }

  /**
   * Looks once at the servers' lists of models, before there is a run.
   *
   * @param spec one whose key is there
   * @param bound the longest wait
   * @return what is wrong with them; never ends with an exception
   */
  public CompletableFuture<List<ModelFinding>> look(String name, OpenAiSpec spec, Duration bound) {
    return new ServerCheck(name, spec, transport(spec)).look(bound);
  }

  private Transport transport(OpenAiSpec spec) {
    return new Transport(spec, ApiKey.of(spec.apiKeyEnv(), environment), connections);
  }

  /** Ends the connections; models that are open can no longer be asked. */
  @Override
  public void close() {
    connections.close();
  }
}
