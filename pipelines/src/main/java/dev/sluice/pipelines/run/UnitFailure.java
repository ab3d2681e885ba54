package dev.sluice.pipelines.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.models.ModelException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;

/**
 * Why a unit failed, as a worker leaves it in the run folder. The first one ends the stage: other
 * workers finish what is in flight and take no more.
 *
 * @param unit the unit's name
 * @param message what went wrong
 * @param mistake whether the user's file is to blame, such as for a model that does not fit
 * @param trace the stack trace, for the log
 */
record UnitFailure(String unit, String message, boolean mistake, String trace) {

  static UnitFailure of(String unit, Throwable error) {
    StringWriter trace = new StringWriter();
    error.printStackTrace(new PrintWriter(trace, true));
    String message = error.getMessage();
    return new UnitFailure(
        unit,
        message == null || message.isBlank() ? "it threw " + error.getClass().getName() : message,
        error instanceof ModelException,
        trace.toString());
  }

  void write(RunFolder folder, String stage) {
    RunFiles.write(
        folder.failure(stage),
        RunFiles.object()
            .put("unit", unit)
            .put("message", message)
            .put("mistake", mistake)
            .put("trace", trace));
  }

  static Optional<UnitFailure> read(RunFolder folder, String stage) {
    JsonNode json = RunFiles.read(folder.failure(stage));
    return json == null
        ? Optional.empty()
        : Optional.of(
            new UnitFailure(
                json.path("unit").asText(),
                json.path("message").asText(),
                json.path("mistake").asBoolean(),
                json.path("trace").asText()));
  }

  String sentence(String stage) {
    return "Stage '%s' failed at its unit '%s': %s".formatted(stage, unit, message);
  }
}
