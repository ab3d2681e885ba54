package dev.sluice.pipelines.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.models.Endpoint;
import dev.sluice.models.ModelException;
import dev.sluice.models.Precision;
import dev.sluice.models.provider.DjlSpec;
import dev.sluice.models.provider.ModelIdentity;
import dev.sluice.pipelines.run.worker.ModelReference;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A file must not say one thing and compute another. */
class LocalModelsTest {
  private static ModelReference reference(Endpoint endpoint) {
    DjlSpec spec = new DjlSpec("/models/m", Precision.BFLOAT16, endpoint, null, "auto");
    return new ModelReference(spec, new ModelIdentity("/models/m", "r"));
  }

  @Test
  void whatIsAskedInChatsIsNotTrainedOnPlainText() {
    LocalModels models = new LocalModels();
    assertThat(models.folder(reference(Endpoint.COMPLETIONS))).isEqualTo(Path.of("/models/m"));
    String message =
        "The model '/models/m' has 'endpoint: chat', but is trained and classifies on plain text: it would be asked in another form than it learns. Name it a second time, without 'endpoint', for this stage.";
    assertThatThrownBy(() -> models.folder(reference(Endpoint.CHAT)))
        .isInstanceOf(ModelException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> models.openClassifier(reference(Endpoint.CHAT)))
        .isInstanceOf(ModelException.class)
        .hasMessage(message);
  }

  @Test
  void whatIsAskedInPartIsNotTrainedOnTheWhole() {
    ModelReference cut =
        new ModelReference(
            DjlSpec.usual("/models/m").withPromptsOf(100), new ModelIdentity("/models/m", "r"));
    assertThatThrownBy(() -> new LocalModels().folder(cut))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "The model '/models/m' has 'max_prompt_length', but is trained and classifies on whole prompts: it would be asked in another form than it learns. Name it a second time, without that key, for this stage.");
  }
}
