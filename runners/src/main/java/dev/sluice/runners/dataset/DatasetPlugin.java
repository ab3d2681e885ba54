package dev.sluice.runners.dataset;

import dev.sluice.parts.Registrar;
import dev.sluice.parts.SluicePlugin;
import dev.sluice.stages.StageType;

/** The stage type that writes datasets. */
public final class DatasetPlugin implements SluicePlugin {
  @Override
  public void register(Registrar registrar) {
    Export export = new Export();
    registrar.service(StageType.class, export.name(), export);
  }
}
