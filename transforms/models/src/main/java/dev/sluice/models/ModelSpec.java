package dev.sluice.models;

import dev.sluice.parts.Port;
import java.io.Serializable;
import java.util.List;

/**
 * An entry under {@code models} of a pipeline file: a config record whose {@link
 * dev.sluice.records.config.Kind} is the provider's name. Travels to workers, so it holds no
 * secrets, only the names of the environment variables that do.
 */
@Port(value = "model provider", selector = "provider")
public interface ModelSpec extends Serializable {

  /** What is wrong with the entry as a whole; empty if nothing is. */
  default String objection() {
    return "";
  }

  /**
   * Looks at the directory that the entry names, which is there and readable, without loading it.
   *
   * @return what a person should know of it; empty if nothing
   * @throws ModelException if it holds no model that can be opened
   */
  default List<String> look() {
    return List.of();
  }

  /** Whether it turns texts into vectors, instead of generating. */
  default boolean embeds() {
    return false;
  }
}
