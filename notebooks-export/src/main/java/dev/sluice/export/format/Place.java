package dev.sluice.export.format;

import java.util.Map;

/**
 * Where a row goes.
 *
 * @param run the run's id
 * @param part the part of the split
 * @param index number of the row in the export, from 0
 * @param options the values of the format's options
 */
public record Place(String run, String part, int index, Map<String, String> options) {

  /** The value of an option of the format. */
  public String option(String name) {
    String value = options.get(name);
    if (value == null) {
      throw new IllegalArgumentException("The format has no option '%s'.".formatted(name));
    }
    return value;
  }
}
