package dev.sluice.models.directory;

import org.jspecify.annotations.Nullable;

/** What the gate of the feed-forward layer goes through. */
public enum Activation {
  SILU("silu"),
  GELU("gelu"),
  /** The approximation of GELU by a hyperbolic tangent. */
  GELU_TANH("gelu_pytorch_tanh"),
  RELU("relu");

  private final String key;

  Activation(String key) {
    this.key = key;
  }

  /** The name in {@code config.json}. */
  String key() {
    return key;
  }

  static @Nullable Activation of(String name) {
    // Other names of the same functions.
    String usual =
        switch (name) {
          case "swish" -> SILU.key;
          case "gelu_new" -> GELU_TANH.key;
          default -> name;
        };
    for (Activation activation : values()) {
      if (activation.key.equals(usual)) {
        return activation;
      }
    }
    return null;
  }
}
