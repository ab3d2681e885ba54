package dev.sluice.models;

import dev.sluice.parts.Registrar;
import dev.sluice.parts.SluicePlugin;

/** The program's own providers of models. */
public final class ModelsPlugin implements SluicePlugin {
  @Override
  public void register(Registrar registrar) {
    registrar.part(ModelSpec.class, DjlSpec.class);
    registrar.part(ModelSpec.class, OpenAiSpec.class);
    registrar.part(ModelSpec.class, OnnxSpec.class);
    registrar.part(ModelSpec.class, ScriptedSpec.class);
  }
}
