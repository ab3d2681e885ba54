package dev.sluice.models.provider;

import dev.sluice.parts.Registrar;
import dev.sluice.parts.SluicePlugin;

/** The program's own providers of models. */
public final class ModelsPlugin implements SluicePlugin {
  @Override
  public void register(Registrar registrar) {
    registrar.part(ModelProvider.class, DjlSpec.class);
    registrar.part(ModelProvider.class, OpenAiSpec.class);
    registrar.part(ModelProvider.class, OnnxSpec.class);
    registrar.part(ModelProvider.class, ScriptedSpec.class);
  }
}
