package dev.sluice.models;

import dev.sluice.models.provider.ModelFinding;
import dev.sluice.models.provider.ModelResources;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The server that a model is behind: what a run asks of it beside replies. A worker that waits for
 * servers alone has many units open at once.
 */
public interface ServerAccess {

  /** What this machine lacks to ask it, such as a key in the environment; asks no server. */
  List<ModelFinding> missing();

  /**
   * Looks at it once, before there is a run. Asked only if nothing is missing.
   *
   * @param name what the file calls the model
   * @param bound the longest wait
   * @param resources those of the process
   * @return what was found; never ends with an exception
   */
  CompletableFuture<List<ModelFinding>> look(String name, Duration bound, ModelResources resources);

  /**
   * Looks whether the model can be asked, before the first stage that does.
   *
   * @param name what the file calls the model
   * @param resources those of the process
   * @throws ModelException if not
   */
  void check(String name, ModelResources resources);

  /** Whether the file says what tokens cost; a budget in dollars needs it. */
  boolean priced();

  /**
   * Whether a unit more may begin in this process: false while enough requests wait for the server
   * already.
   *
   * @param workers processes that share its limits, as in the session that it is open with
   * @param resources those of the process
   */
  boolean hasRoom(int workers, ModelResources resources);
}
