package org.example.echo;

import dev.sluice.models.provider.ModelProvider;
import dev.sluice.parts.Registrar;
import dev.sluice.parts.SluicePlugin;

/** The plugin that brings {@link EchoSpec}. */
public final class EchoPlugin implements SluicePlugin {
  @Override
  public void register(Registrar registrar) {
    registrar.part(ModelProvider.class, EchoSpec.class);
  }
}
