package dev.sluice.export;

import dev.sluice.export.format.FileType;
import dev.sluice.parts.Registrar;
import dev.sluice.parts.SluicePlugin;

/** The exporters that belong to no trainer. */
public final class ExportPlugin implements SluicePlugin {
  @Override
  public void register(Registrar registrar) {
    for (FileType type : FileType.values()) {
      add(registrar, new TableExporter(type));
    }
    add(registrar, new ModelsExporter());
  }

  private static void add(Registrar registrar, Exporter exporter) {
    registrar.service(Exporter.class, exporter.name(), exporter);
  }
}
