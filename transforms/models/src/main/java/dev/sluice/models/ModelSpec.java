package dev.sluice.models;

import java.io.Serializable;

/**
 * An entry under {@code models} of a pipeline file: a config record whose {@link
 * dev.sluice.records.config.Kind} is the provider's name. Travels to workers, so it holds no
 * secrets, only the names of the environment variables that do.
 */
public interface ModelSpec extends Serializable {

  /** What is wrong with the entry as a whole; empty if nothing is. */
  default String objection() {
    return "";
  }

  /** Whether it turns texts into vectors, instead of generating. */
  default boolean embeds() {
    return false;
  }
}
