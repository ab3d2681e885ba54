package dev.sluice.records.json;

import dev.sluice.records.Printable;
import org.jspecify.annotations.Nullable;

/** A text that is not JSON, or JSON that does not have the expected shape. */
public final class JsonException extends RuntimeException {
  JsonException(String message, @Nullable Throwable cause) {
    super(Printable.sentence(message), cause);
  }
}
