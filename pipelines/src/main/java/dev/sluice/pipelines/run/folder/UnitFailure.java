package dev.sluice.pipelines.run.folder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.models.ModelException;
import dev.sluice.pipelines.run.worker.MaskedError;
import dev.sluice.pipelines.store.Damage;
import dev.sluice.pipelines.store.DamagedFileException;
import dev.sluice.records.Secrets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why a unit failed, as a worker leaves it in the run folder. The first one ends the stage: other
 * workers finish what is in flight and take no more.
 *
 * @param unit the unit's name
 * @param message what went wrong
 * @param mistake whether the user's file is to blame, such as for a model that does not fit
 * @param damage the damaged file, if it failed of one
 * @param trace the stack trace, for the log
 */
public record UnitFailure(
    String unit, String message, boolean mistake, @Nullable Damage damage, String trace) {

  public static UnitFailure of(String unit, Throwable error) {
    return new UnitFailure(
        unit,
        Secrets.hidden(message(error)),
        error instanceof ModelException,
        error instanceof DamagedFileException damaged ? damaged.damage() : null,
        MaskedError.trace(error));
  }

  private static String message(Throwable error) {
    if (error instanceof OutOfMemoryError) {
      return "the worker ran out of memory (%s). Give it more (SLUICE_JAVA_OPTS=-Xmx2g here, taskmanager.memory.* on a cluster) or fewer rows at a time (--decode-batch, shard_problems), and run the file again; finished shards stay."
          .formatted(error.getMessage());
    }
    String message = error.getMessage();
    return message == null || message.isBlank()
        ? "it threw " + error.getClass().getName()
        : message;
  }

  public void write(RunFolder folder, String stage) {
    ObjectNode json =
        RunFiles.object()
            .put("unit", unit)
            .put("message", message)
            .put("mistake", mistake)
            .put("trace", trace);
    if (damage != null) {
      json.putObject("damage")
          .put("path", damage.path())
          .put("expected", damage.expected())
          .put("actual", damage.actual());
    }
    RunFiles.write(folder.failure(stage), json);
  }

  /** What failed is to be tried again. */
  public static void clear(RunFolder folder, String stage) {
    RunFiles.delete(folder.failure(stage));
  }

  public static Optional<UnitFailure> read(RunFolder folder, String stage) {
    JsonNode json = RunFiles.read(folder.failure(stage));
    return json == null
        ? Optional.empty()
        : Optional.of(
            new UnitFailure(
                json.path("unit").asText(),
                json.path("message").asText(),
                json.path("mistake").asBoolean(),
                damage(json.path("damage")),
                json.path("trace").asText()));
  }

  private static @Nullable Damage damage(JsonNode json) {
    return json.isObject()
        ? new Damage(
            json.path("path").asText(),
            json.path("expected").asText(),
            json.path("actual").asText())
        : null;
  }

  public String sentence(String stage) {
    return "Stage '%s' failed at its unit '%s': %s".formatted(stage, unit, message);
  }
}
