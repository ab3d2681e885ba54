package dev.sluice.pipelines.store.gc;

import dev.sluice.pipelines.store.Attempt;
import java.util.Set;

/**
 * What a run that is kept refers to by itself. What that reaches in turn is kept with it.
 *
 * @param artifacts the artifacts that it made or found
 * @param open stages that it began and did not end, each as type and fingerprint
 * @param units keys of the units that its stages laid out; they count where a stage has no artifact
 * @param whole whether each of its stages has one
 */
public record RunRoots(Set<Attempt> artifacts, Set<Open> open, Set<String> units, boolean whole) {

  /**
   * A stage that was begun.
   *
   * @param stageType type of the stage
   * @param fingerprint fingerprint of the stage
   */
  public record Open(String stageType, String fingerprint) {}

  public RunRoots {
    artifacts = Set.copyOf(artifacts);
    open = Set.copyOf(open);
    units = Set.copyOf(units);
  }
}
