package dev.sluice.pipelines.file.yaml;

import dev.sluice.records.Printable;
import dev.sluice.records.schema.RecordSchema;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A mistake in a pipeline file, or a warning about it.
 *
 * @param file as it was named on the command line
 * @param line from 1
 * @param column from 1
 * @param path of the key, such as {@code pipeline.transforms[3].config.votes}; empty if none
 * @param value what stands there; null if nothing does, or if it is not a single value. A value
 *     from the environment is shown as {@code ${NAME}}
 * @param message what is wrong and what is allowed
 * @param suggestion the nearest known name; null if none is near
 */
public record Mistake(
    String file,
    int line,
    int column,
    String path,
    @Nullable String value,
    String message,
    @Nullable String suggestion) {

  /** One line: {@code file:line:column: path: message; did you mean 'suggestion'?}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(160);
    text.append(file).append(':').append(line).append(':').append(column).append(": ");
    if (!path.isEmpty()) {
      text.append(path).append(": ");
    }
    text.append(message);
    if (suggestion != null) {
      text.append("; did you mean '").append(suggestion).append("'?");
    }
    return Printable.sentence(text.toString());
  }

  /** What {@code validate --json} prints of it: every field, also those that are null. */
  public Map<String, @Nullable Object> json() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    RecordSchema.of(Mistake.class)
        .fields()
        .forEach(field -> json.put(field.name(), field.get(this)));
    return json;
  }
}
