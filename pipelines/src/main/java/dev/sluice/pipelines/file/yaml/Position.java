package dev.sluice.pipelines.file.yaml;

import java.io.Serializable;

/**
 * A place in a file.
 *
 * @param file as it was named on the command line; {@code --set} for a value given there
 * @param line from 1; for {@code --set} which of them
 * @param column from 1
 */
public record Position(String file, int line, int column) implements Serializable {
  @Override
  public String toString() {
    return file + ":" + line + ":" + column;
  }
}
