package dev.sluice.export.trl;

import dev.sluice.export.Exporter;
import dev.sluice.parts.Registrar;
import dev.sluice.parts.SluicePlugin;
import java.util.List;

/** The formats of TRL, in the order of the help. */
public final class TrlPlugin implements SluicePlugin {
  @Override
  public void register(Registrar registrar) {
    List<Exporter> exporters =
        List.of(
            new Sft(),
            new SftChat(),
            new PreferencePairs(),
            new PreferenceChat(),
            new PromptOnly(),
            new PromptOnlyChat(),
            new Stepwise());
    exporters.forEach(exporter -> registrar.service(Exporter.class, exporter.name(), exporter));
  }
}
