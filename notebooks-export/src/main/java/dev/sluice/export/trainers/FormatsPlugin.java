package dev.sluice.export.trainers;

import dev.sluice.export.Exporter;
import dev.sluice.export.format.DatasetFormat;
import dev.sluice.parts.Registrar;
import dev.sluice.parts.SluicePlugin;
import java.util.List;
import java.util.stream.Stream;

/** The formats of all trainers, in the order of the help. */
public final class FormatsPlugin implements SluicePlugin {
  @Override
  public void register(Registrar registrar) {
    formats().forEach(each -> registrar.service(Exporter.class, each.name(), each));
  }

  private static Stream<DatasetFormat<?>> formats() {
    return Stream.of(
            TrlFormats.all(),
            VerlFormats.all(),
            OpenRlhfFormats.all(),
            LlamaFactoryFormats.all(),
            AxolotlFormats.all(),
            RlFormats.all(),
            OpenInstructFormats.all(),
            OpenAiFormats.all(),
            VerifierFormats.all(),
            StepLabelFormats.all(),
            RewardBenchFormats.all())
        .flatMap(List::stream);
  }
}
