package dev.sluice.export.trainers;

import dev.sluice.export.format.DatasetFormat;
import java.util.ArrayList;
import java.util.List;

/** Lists of formats. */
final class Formats {
  private Formats() {}

  /** The formats of all lists, in order. */
  @SafeVarargs
  static List<DatasetFormat<?>> joined(List<? extends DatasetFormat<?>>... lists) {
    List<DatasetFormat<?>> all = new ArrayList<>();
    for (List<? extends DatasetFormat<?>> list : lists) {
      all.addAll(list);
    }
    return List.copyOf(all);
  }
}
