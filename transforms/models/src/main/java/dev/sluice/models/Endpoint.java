package dev.sluice.models;

/** In which form a prompt reaches a model. */
public enum Endpoint {
  /** As a user's message, through the model's chat template; {@code /chat/completions}. */
  CHAT,
  /** As plain text to be continued; {@code /completions}. */
  COMPLETIONS
}
