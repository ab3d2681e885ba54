package dev.sluice.pipelines.file.yaml;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * What a pipeline file is read in.
 *
 * @param environment values of {@code ${NAME}}
 * @param folder the folder that relative paths given from outside the file count from
 * @param written names of parameters whose values the file itself writes, under {@code schedule}
 * @param looks whether files and directories that it names are looked at
 */
public record Surroundings(
    Map<String, String> environment, Path folder, Set<String> written, boolean looks) {

  public Surroundings {
    environment = Map.copyOf(environment);
    written = Set.copyOf(written);
  }

  /** The current folder; nothing is looked at. */
  public static Surroundings of(Map<String, String> environment) {
    return new Surroundings(environment, Path.of("").toAbsolutePath(), Set.of(), false);
  }

  /** The same with another folder. */
  public Surroundings from(Path other) {
    return new Surroundings(environment, other.toAbsolutePath().normalize(), written, looks);
  }

  /** The same, with a look at what the file names. */
  public Surroundings looking() {
    return new Surroundings(environment, folder, written, true);
  }

  /** The same with parameters that the file itself gives. */
  public Surroundings withWritten(Set<String> names) {
    return new Surroundings(environment, folder, names, looks);
  }
}
