package dev.sluice.parts;

import dev.sluice.records.config.Kind;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A named method that a pipeline file selects: a record of its keys, with its function. The
 * interface between, its port, says where it acts.
 *
 * <p>A part carries {@link Kind} and travels to the workers with the config that holds it.
 */
public interface Part extends Serializable {

  /** The word that selects the part in a file. */
  default String name() {
    return Objects.requireNonNull(getClass().getAnnotation(Kind.class)).value();
  }

  /**
   * Grows by one whenever equal keys and inputs would give other results than before. From 2 on it
   * is in the fingerprint of every stage that uses the part, and of no other.
   */
  default int version() {
    return 1;
  }

  /** What the part must be given. */
  default Set<Need> needs() {
    return Set.of();
  }

  /** What the part leaves for those after it. */
  default Set<Gives> gives() {
    return Set.of();
  }

  /**
   * Mistakes that no single key can show; empty if there are none.
   *
   * @param key path of the part below {@code config}, such as {@code reward[0]}
   */
  default List<ConfigMistake> check(String key) {
    return List.of();
  }
}
