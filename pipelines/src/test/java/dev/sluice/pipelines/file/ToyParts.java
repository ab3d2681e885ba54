package dev.sluice.pipelines.file;

import dev.sluice.parts.Registrar;
import dev.sluice.parts.SluicePlugin;

/** Parts of the toy stages, found on the class path of the tests as a third party's are. */
public final class ToyParts implements SluicePlugin {
  @Override
  public void register(Registrar registrar) {
    registrar.part(ToyStages.Source.class, ToyStages.Arithmetic.class);
    registrar.part(ToyStages.Source.class, ToyStages.FileSource.class);
    registrar.part(ToyStages.Reward.class, ToyStages.ProcessReward.class);
    registrar.part(ToyStages.Reward.class, ToyStages.ReferenceReward.class);
    registrar.part(PartVersionTest.Rule.class, PartVersionTest.First.class);
    registrar.part(PartVersionTest.Rule.class, PartVersionTest.Mended.class);
  }
}
