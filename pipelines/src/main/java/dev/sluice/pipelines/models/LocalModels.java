package dev.sluice.pipelines.models;

import dev.sluice.models.DjlSpec;
import dev.sluice.models.Embedder;
import dev.sluice.models.Endpoint;
import dev.sluice.models.LanguageModel;
import dev.sluice.models.ModelException;
import dev.sluice.models.OnnxSpec;
import dev.sluice.models.OpenAiSpec;
import dev.sluice.models.StepClassifier;
import dev.sluice.models.builtin.BuiltinModels;
import dev.sluice.models.djl.DjlModels;
import dev.sluice.models.djl.DjlRuntime;
import dev.sluice.models.numerics.MathLibrary;
import dev.sluice.models.numerics.NumericsMode;
import dev.sluice.models.onnx.OnnxModels;
import dev.sluice.models.openai.OpenAiModels;
import dev.sluice.models.openai.Session;
import dev.sluice.models.scripted.ScriptedLanguageModel;
import dev.sluice.pipelines.run.ModelHost;
import dev.sluice.pipelines.run.ModelReference;
import dev.sluice.records.Json;
import dev.sluice.records.Numerics;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Opens models of the providers {@code djl}, {@code openai}, {@code onnx} and {@code scripted}. */
public final class LocalModels implements ModelHost {
  private static final long serialVersionUID = 1;

  private static final String BUILTIN = "builtin:";
  private static final String SCRIPTED = "scripted";
  private static final String ANY = "*";

  private final int decodeBatch;
  private final @Nullable NumericsMode numerics;

  /** With the usual number of rows decoded at once. */
  public LocalModels() {
    this(DjlModels.DECODE_BATCH, null);
  }

  private LocalModels(int decodeBatch, @Nullable NumericsMode numerics) {
    this.decodeBatch = decodeBatch;
    this.numerics = numerics;
  }

  @Override
  public ModelHost decoding(int rows) {
    return new LocalModels(rows, numerics);
  }

  @Override
  public ModelHost with(@Nullable NumericsMode mode) {
    return new LocalModels(decodeBatch, mode);
  }

  @Override
  public LanguageModel open(ModelReference reference) {
    return open(reference, Session.ALONE);
  }

  @Override
  public void check(String name, ModelReference reference) {
    if (reference.spec() instanceof OpenAiSpec server) {
      new OpenAiModels().check(name, server);
    }
  }

  @Override
  public LanguageModel open(ModelReference reference, Session session) {
    if (reference.spec() instanceof OpenAiSpec server) {
      return new OpenAiModels().open(server, session);
    }
    if (reference.provider().equals(SCRIPTED)) {
      return scripted(reference);
    }
    return reference.spec() instanceof DjlSpec local
        ? runtime().open(place(reference), local)
        : runtime().open(place(reference));
  }

  @Override
  public StepClassifier openClassifier(ModelReference reference) {
    return reference.spec() instanceof DjlSpec local
        ? runtime().openClassifier(folder(reference), local)
        : runtime().openClassifier(folder(reference));
  }

  @Override
  public Embedder openEmbedder(ModelReference reference) {
    if (!reference.provider().equals(OnnxSpec.PROVIDER)) {
      throw new ModelException(
          "The model '%s' generates text and gives no vectors. Name a model of the provider 'onnx' here."
              .formatted(reference.location()));
    }
    return OnnxModels.open(reference.location(), reference.location());
  }

  @Override
  public Path folder(ModelReference reference) {
    if (reference.provider().equals(SCRIPTED)) {
      throw new ModelException(
          "A scripted model has no weights, so nothing can be trained from it. Name a model of the provider 'djl'.");
    }
    if (reference.server() != null) {
      throw new ModelException(
          "The weights of the model '%s' are behind a server, so nothing can be trained or classified with it. Name a model of the provider 'djl'."
              .formatted(reference.location()));
    }
    if (reference.spec() instanceof DjlSpec local && local.endpoint() == Endpoint.CHAT) {
      throw new ModelException(
          "The model '%s' has 'endpoint: chat', but is trained and classifies on plain text: it would be asked in another form than it learns. Name it a second time, without 'endpoint', for this stage."
              .formatted(reference.location()));
    }
    if (reference.spec() instanceof DjlSpec local && local.maxPromptLength() != null) {
      throw new ModelException(
          "The model '%s' has 'max_prompt_length', but is trained and classifies on whole prompts: it would be asked in another form than it learns. Name it a second time, without that key, for this stage."
              .formatted(reference.location()));
    }
    return place(reference);
  }

  private static Path place(ModelReference reference) {
    String location = reference.location();
    return location.startsWith(BUILTIN)
        ? BuiltinModels.folder(location.substring(BUILTIN.length()))
        : Path.of(location);
  }

  @Override
  public Optional<Numerics> numerics(ModelReference reference) {
    if (reference.server() != null || reference.provider().equals(SCRIPTED)) {
      return Optional.empty();
    }
    return reference.provider().equals(OnnxSpec.PROVIDER)
        ? Optional.of(OnnxModels.numerics())
        : runtime().numerics();
  }

  @Override
  public DjlRuntime runtime() {
    MathLibrary.choose(numerics);
    return new DjlRuntime(decodeBatch);
  }

  /** Sample i gets reply i, around, of the first key that the prompt contains. */
  private static LanguageModel scripted(ModelReference reference) {
    Map<?, ?> entry = (Map<?, ?>) Objects.requireNonNull(Json.parse(reference.location()));
    Map<?, ?> replies = (Map<?, ?>) Objects.requireNonNull(entry.get("replies"));
    return new ScriptedLanguageModel(
        SCRIPTED,
        reference.revision(),
        (prompt, sampling, sample, seed) -> {
          for (Map.Entry<?, ?> each : replies.entrySet()) {
            String key = String.valueOf(each.getKey());
            if (!key.equals(ANY) && prompt.contains(key)) {
              return reply(each.getValue(), sample);
            }
          }
          Object any = replies.get(ANY);
          if (any == null) {
            throw new IllegalArgumentException(
                "The scripted model has no reply to a prompt that begins with '%s'."
                    .formatted(prompt.substring(0, Math.min(40, prompt.length()))));
          }
          return reply(any, sample);
        });
  }

  private static String reply(@Nullable Object replies, int sample) {
    List<?> list = (List<?>) Objects.requireNonNull(replies);
    return String.valueOf(list.get(sample % list.size()));
  }
}
