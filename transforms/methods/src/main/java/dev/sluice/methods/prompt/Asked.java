package dev.sluice.methods.prompt;

/**
 * What is asked of a model.
 *
 * @param system the system message; empty for none
 * @param text the user's message, or the text to continue
 * @param schema the JSON Schema of the reply, as JSON; empty for none
 */
public record Asked(String system, String text, String schema) {

  /** A text alone. */
  static Asked of(String text) {
    return new Asked("", text, "");
  }
}
