package dev.sluice.models;

import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;

/**
 * A model in this process.
 *
 * @param from {@code builtin:NAME}, or the directory of a model
 * @param device {@code auto} or {@code cpu}
 */
@Kind(value = "djl", doc = "A model in this process, on PyTorch through DJL.")
public record DjlSpec(
    @Key("`builtin:NAME` for a model inside the product, or a model directory as on the Hub.")
        String from,
    @Key(
            value = "Type of the numbers it computes with.",
            byDefault = "float32",
            choices = {"float32"})
        String dtype,
    @Key(
            value = "`auto` or `cpu`; this build computes on the CPU alone.",
            byDefault = "auto",
            resource = true)
        String device)
    implements ModelSpec {

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
