package dev.sluice.models;

import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;

/**
 * A model in this process.
 *
 * @param from {@code builtin:NAME}, or the directory of a model
 * @param device {@code auto}, {@code cpu}, {@code cuda} or {@code cuda:1}
 */
@Kind(value = "djl", doc = "A model in this process, on PyTorch through DJL.")
public record DjlSpec(
    @Key("`builtin:NAME` for a model inside the product, or a model directory as on the Hub.")
        String from,
    @Key(
            value = "Type of the numbers it computes with.",
            byDefault = "float32",
            choices = {"float32", "bfloat16", "float16"})
        String dtype,
    @Key(
            value = "`auto` (the first GPU if there is one), `cpu`, `cuda`, `cuda:1`.",
            byDefault = "auto",
            resource = true)
        String device)
    implements ModelSpec {

  @Override
  public String objection() {
    if (!device.equals("auto") && !device.matches("cpu|cuda(:\\d{1,2})?")) {
      return "device must be auto, cpu, cuda or cuda:N, but is '" + device + "'";
    }
    return from.isBlank() ? "from must name a model directory or builtin:NAME" : "";
  }
}
