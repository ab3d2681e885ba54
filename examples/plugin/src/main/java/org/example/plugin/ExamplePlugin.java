package org.example.plugin;

import dev.sluice.export.Exporter;
import dev.sluice.methods.reward.RewardTerm;
import dev.sluice.models.ModelProvider;
import dev.sluice.parts.Registrar;
import dev.sluice.parts.SluicePlugin;

/** What the jar adds: one line each. */
public final class ExamplePlugin implements SluicePlugin {
  @Override
  public void register(Registrar registrar) {
    registrar.part(RewardTerm.class, Brevity.class);
    registrar.part(ModelProvider.class, Parrot.class);
    Exporter questions = new Questions();
    registrar.service(Exporter.class, questions.name(), questions);
  }
}
