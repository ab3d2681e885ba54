package dev.sluice.models.provider;

import dev.sluice.models.Endpoint;
import dev.sluice.models.LanguageModel;
import dev.sluice.models.ModelException;
import dev.sluice.models.Precision;
import dev.sluice.models.StepClassifier;
import dev.sluice.models.builtin.EngineVersion;
import dev.sluice.models.djl.ModelPlace;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.records.Hashes;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import dev.sluice.records.manifest.Numerics;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A model in this process.
 *
 * @param from {@code builtin:NAME}, or the directory of a model
 * @param dtype type of the numbers in memory
 * @param endpoint in which form prompts reach it
 * @param maxPromptLength most tokens of a prompt; null for as many as the context leaves
 * @param device {@code auto}, {@code cpu}, {@code cuda} or {@code cuda:N}
 */
@Kind(value = "djl", doc = "A model loaded in this process, on PyTorch through DJL.")
public record DjlSpec(
    @Key(
            value =
                "`builtin:NAME` for a built-in model, or the path of a Hugging Face model directory.",
            refersTo = Key.DIRECTORY)
        String from,
    @Key(
            value =
                "Floating-point type for inference; `bfloat16` needs half the memory and is faster for large models. Training uses float32.",
            byDefault = "float32")
        Precision dtype,
    @Key(
            value =
                "`completions` continues the prompt as plain text; `chat` sends it as a user message through the model's chat template.",
            byDefault = "completions")
        Endpoint endpoint,
    @Key(
            value =
                "Maximum length of a prompt, in tokens. Longer prompts are truncated at the beginning, after leading special tokens. Default: prompts that exceed the context become dead letters.",
            min = 1)
        @Nullable Integer maxPromptLength,
    @Key(
            value =
                "Device for inference: `cpu`; `cuda:N`, one GPU; `cuda`, one replica on every GPU; or `auto`, all GPUs if there are any, else the CPU. Training uses the first GPU. GPUs require a build with `-Pcuda`.",
            byDefault = "auto",
            tuning = true)
        String device)
    implements ModelProvider {

  /** A directory that is used in the usual way. */
  public static DjlSpec usual(String from) {
    return new DjlSpec(from, Precision.FLOAT32, Endpoint.COMPLETIONS, null, "auto");
  }

  /** The same in other numbers. */
  public DjlSpec with(Precision other) {
    return new DjlSpec(from, other, endpoint, maxPromptLength, device);
  }

  /** The same with prompts that reach it in another form. */
  public DjlSpec with(Endpoint other) {
    return new DjlSpec(from, dtype, other, maxPromptLength, device);
  }

  /** The same with prompts of at most so many tokens. */
  public DjlSpec withPromptsOf(int tokens) {
    return new DjlSpec(from, dtype, endpoint, tokens, device);
  }

  /**
   * What rows depend on: the weights, and how they are used where that is not the usual way.
   *
   * @param revision content hash of the directory: weights, shape, tokenizer
   * @param templates its chat templates as text
   */
  public String identity(String revision, String templates) {
    if (usual()) {
      return revision;
    }
    String used =
        Hashes.hex(
            revision, dtype.key(), endpoint.name(), endpoint == Endpoint.CHAT ? templates : "");
    return maxPromptLength == null ? used : Hashes.hex(used, maxPromptLength);
  }

  /** Whether it computes in 32 bits and continues plain text, whole. */
  public boolean usual() {
    return dtype == Precision.FLOAT32
        && endpoint == Endpoint.COMPLETIONS
        && maxPromptLength == null;
  }

  @Override
  public Set<Capability> capabilities() {
    return Set.of(Capability.GENERATES, Capability.TRAINS, Capability.COMPUTES_HERE);
  }

  @Override
  public List<ModelFinding> look() {
    return ModelFinding.at("from", () -> ModelPlace.look(from));
  }

  @Override
  public ModelIdentity identity(ModelEntry entry) {
    ModelIdentity weights = ModelPlace.find(entry, from);
    boolean chat = endpoint == Endpoint.CHAT;
    String templates = chat ? ModelPlace.templates(entry.name(), weights.location()) : "";
    return new ModelIdentity(weights.location(), identity(weights.revision(), templates));
  }

  @Override
  public LanguageModel open(OpenRequest request) {
    return request.runtime().open(ModelPlace.folder(request.model().location()), this);
  }

  @Override
  public StepClassifier openClassifier(OpenRequest request) {
    return request.runtime().openClassifier(folder(request), this);
  }

  @Override
  public Path folder(OpenRequest request) {
    String location = request.model().location();
    if (endpoint == Endpoint.CHAT) {
      throw new ModelException(
          "The model '%s' has 'endpoint: chat', but is trained and classifies on plain text: it would be asked in another form than it learns. Name it a second time, without 'endpoint', for this stage."
              .formatted(location));
    }
    if (maxPromptLength != null) {
      throw new ModelException(
          "The model '%s' has 'max_prompt_length', but is trained and classifies on whole prompts: it would be asked in another form than it learns. Name it a second time, without that key, for this stage."
              .formatted(location));
    }
    return ModelPlace.folder(location);
  }

  @Override
  public Optional<Numerics> numerics(OpenRequest request) {
    return request.runtime().numerics();
  }

  @Override
  public List<ConfigMistake> check(String key) {
    return ConfigMistake.unlessEmpty(key, objection());
  }

  /** What is wrong with the entry as a whole; empty if nothing is. */
  public String objection() {
    if (!device.equals("auto") && !device.matches("cpu|cuda(:\\d{1,2})?")) {
      return "device must be auto, cpu, cuda or cuda:N, but is '" + device + "'";
    }
    // Refused rather than ignored: a file must not say one thing and compute another.
    if (device.startsWith("cuda") && !EngineVersion.CUDA) {
      return "device is '"
          + device
          + "', but this build computes on the CPU alone; use auto or cpu, or build with SLUICE_BUILD=-Pcuda";
    }
    if (maxPromptLength != null && endpoint == Endpoint.CHAT) {
      return "max_prompt_length cuts the beginning of a prompt off, which with endpoint: chat holds the template's marks; leave one of them out";
    }
    return from.isBlank() ? "from must name a model directory or builtin:NAME" : "";
  }
}
