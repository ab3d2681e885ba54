package dev.sluice.export.trl;

import dev.sluice.export.Exporter;
import dev.sluice.parts.Registrar;
import dev.sluice.parts.SluicePlugin;

/** The formats of TRL, in the order of the help. */
public final class TrlPlugin implements SluicePlugin {
  @Override
  public void register(Registrar registrar) {
    TrlFormats.all().forEach(each -> registrar.service(Exporter.class, each.name(), each));
  }
}
