package dev.sluice.models;

import dev.sluice.records.Hashes;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;

/**
 * A model in this process.
 *
 * @param from {@code builtin:NAME}, or the directory of a model
 * @param dtype type of the numbers in memory
 * @param endpoint in which form prompts reach it
 * @param device {@code auto} or {@code cpu}
 */
@Kind(value = "djl", doc = "A model in this process, on PyTorch through DJL.")
public record DjlSpec(
    @Key("`builtin:NAME` for a model inside the product, or a model directory as on the Hub.")
        String from,
    @Key(
            value =
                "Type of the numbers it computes with; `bfloat16` takes half the memory and is faster for large models. Training computes in float32.",
            byDefault = "float32")
        Precision dtype,
    @Key(
            value =
                "`completions` continues a prompt as plain text; `chat` puts it as a user's message through the model's chat template.",
            byDefault = "completions")
        Endpoint endpoint,
    @Key(
            value = "`auto` or `cpu`; this build computes on the CPU alone.",
            byDefault = "auto",
            resource = true)
        String device)
    implements ModelSpec {

  /**
   * What rows depend on: the weights, and how they are used where that is not the usual way.
   *
   * @param revision content hash of the directory: weights, shape, tokenizer
   * @param templates its chat templates as text
   */
  public String identity(String revision, String templates) {
    return usual()
        ? revision
        : Hashes.hex(
            revision, dtype.key(), endpoint.name(), endpoint == Endpoint.CHAT ? templates : "");
  }

  /** Whether it computes in 32 bits and continues plain text. */
  public boolean usual() {
    return dtype == Precision.FLOAT32 && endpoint == Endpoint.COMPLETIONS;
  }

  @Override
  public String objection() {
    if (!device.equals("auto") && !device.matches("cpu|cuda(:\\d{1,2})?")) {
      return "device must be auto, cpu, cuda or cuda:N, but is '" + device + "'";
    }
    // Refused rather than ignored: a file must not say one thing and compute another.
    if (device.startsWith("cuda")) {
      return "device is '"
          + device
          + "', but this build computes on the CPU alone; use auto or cpu";
    }
    return from.isBlank() ? "from must name a model directory or builtin:NAME" : "";
  }
}
