package org.example.plugin;

import dev.sluice.export.Exporter;
import dev.sluice.methods.label.LabelEstimator;
import dev.sluice.methods.prompt.PromptPurpose;
import dev.sluice.methods.prompt.PromptFamily;
import dev.sluice.methods.prompt.PromptResource;
import dev.sluice.methods.reward.RewardTerm;
import dev.sluice.models.provider.ModelProvider;
import dev.sluice.parts.Registrar;
import dev.sluice.parts.SluicePlugin;
import dev.sluice.stages.synthesis.ProblemSource;

/** What the jar adds: one line each. */
public final class ExamplePlugin implements SluicePlugin {
  @Override
  public void register(Registrar registrar) {
    registrar.part(RewardTerm.class, Brevity.class);
    registrar.part(ModelProvider.class, Parrot.class);
    registrar.part(LabelEstimator.class, Veto.class);
    registrar.part(ProblemSource.class, Ladder.class);
    registrar.service(
        PromptFamily.class,
        "terse",
        new PromptResource(ExamplePlugin.class, "terse", PromptPurpose.OUTCOME));
    registrar.service(Exporter.class, Questions.FORMAT.name(), Questions.FORMAT);
  }
}
