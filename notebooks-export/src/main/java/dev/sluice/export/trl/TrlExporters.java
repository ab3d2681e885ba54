package dev.sluice.export.trl;

import dev.sluice.export.Exporter;
import java.util.List;

/** The formats of TRL. */
public final class TrlExporters {
  private TrlExporters() {}

  /** All of them, in the order of the help. */
  public static List<Exporter> all() {
    return List.of(
        new Sft(),
        new SftChat(),
        new PreferencePairs(),
        new PreferenceChat(),
        new PromptOnly(),
        new PromptOnlyChat(),
        new Stepwise());
  }
}
