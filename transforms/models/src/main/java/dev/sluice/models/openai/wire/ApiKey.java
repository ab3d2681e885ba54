package dev.sluice.models.openai.wire;

import dev.sluice.models.ModelException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The key of a server, from the environment; written nowhere. */
public final class ApiKey {
  private final @Nullable String variable;
  private final String key;
  private final KeyMask mask;

  private ApiKey(@Nullable String variable, String key) {
    this.variable = variable;
    this.key = key;
    this.mask = new KeyMask(key);
  }

  /**
   * The key that a variable of the environment holds.
   *
   * @param variable null if the server wants none
   * @throws ModelException if there is none, or it is none
   */
  public static ApiKey of(@Nullable String variable, UnaryOperator<@Nullable String> environment) {
    if (variable == null) {
      return new ApiKey(null, "");
    }
    String value = environment.apply(variable);
    if (value == null || value.isBlank()) {
      throw new ModelException(
          "The environment variable %s, which api_key_env names, is not set or empty. Set it where the workers run, or leave api_key_env out if the server wants no key."
              .formatted(variable));
    }
    String stripped = value.strip();
    if (!stripped.chars().allMatch(c -> c > ' ' && c < 127)) {
      throw new ModelException(
          "The environment variable %s, which api_key_env names, holds a blank or a letter that no key has. Set it to the key alone."
              .formatted(variable));
    }
    return new ApiKey(variable, stripped);
  }

  /** The header that carries it; empty for none. */
  String header() {
    return key.isEmpty() ? "" : "Bearer " + key;
  }

  /** A text of the server's without the key, in whatever form it is there. */
  String hidden(String text) {
    return mask.hidden(text);
  }

  /** What to say when the server refuses it. */
  String refused(int status) {
    return variable == null
        ? "The server wants a key (%d). Name the environment variable that holds it in api_key_env."
            .formatted(status)
        : "The server refuses the key in the environment variable %s, which api_key_env names (%d). Nothing more was asked; set it to a key that is good for this model and run the file again."
            .formatted(variable, status);
  }

  @Override
  public String toString() {
    return "the key in " + variable;
  }
}
