package dev.sluice.models.provider;

/** What a provider's models can do, and where they compute. */
public enum Capability {
  /** Continues prompts. */
  GENERATES,
  /** Turns texts into vectors. */
  EMBEDS,
  /** Its weights are a directory on this machine: it is trained, and classifies steps. */
  TRAINS,
  /**
   * Computes with the program's native engine, whose version is then in the fingerprint of every
   * stage that uses the model. A provider with an engine of its own puts that into its identity.
   */
  COMPUTES_HERE
}
