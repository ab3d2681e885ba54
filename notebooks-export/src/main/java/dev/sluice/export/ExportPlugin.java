package dev.sluice.export;

import dev.sluice.parts.Registrar;
import dev.sluice.parts.SluicePlugin;

/** The exporters that belong to no trainer. */
public final class ExportPlugin implements SluicePlugin {
  @Override
  public void register(Registrar registrar) {
    Exporter models = new ModelsExporter();
    registrar.service(Exporter.class, models.name(), models);
  }
}
