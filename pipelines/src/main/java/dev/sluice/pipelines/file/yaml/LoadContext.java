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
public record LoadContext(
    Map<String, String> environment, Path folder, Set<String> written, boolean looks) {

  public LoadContext {
    environment = Map.copyOf(environment);
    written = Set.copyOf(written);
  }

  /** The current folder; nothing is looked at. */
  public static LoadContext of(Map<String, String> environment) {
    return new LoadContext(environment, Path.of("").toAbsolutePath(), Set.of(), false);
  }

  /** The same with another folder. */
  public LoadContext from(Path other) {
    return new LoadContext(environment, other.toAbsolutePath().normalize(), written, looks);
  }

  /** The same, with a look at what the file names. */
  public LoadContext looking() {
    return new LoadContext(environment, folder, written, true);
  }

  /** The same with parameters that the file itself gives. */
  public LoadContext withWritten(Set<String> names) {
    return new LoadContext(environment, folder, names, looks);
  }
}
