package dev.sluice.models.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads rotary positions in the spelling of version 4 of {@code transformers} ({@code rope_theta},
 * {@code rope_scaling}, {@code rope_local_base_freq}) and of version 5 ({@code rope_parameters}, by
 * kind of layer in Gemma 3).
 */
final class RopeReader {
  static final String FULL = "full_attention";
  static final String SLIDING = "sliding_attention";

  private static final double THETA = 10_000;
  private static final double GEMMA_THETA = 1_000_000;

  private final ConfigKeys keys;
  private final int maxPositions;

  RopeReader(ConfigKeys keys, int maxPositions) {
    this.keys = keys;
    this.maxPositions = maxPositions;
    refusePartial(keys);
  }

  /** The one kind of positions of all families but Gemma 3. */
  Rope common() {
    ConfigKeys parameters = keys.object("rope_scaling");
    if (parameters == null || parameters.json().isEmpty()) {
      parameters = keys.object("rope_parameters");
    }
    double theta = keys.positive("rope_theta", THETA);
    if (parameters == null) {
      return Rope.plain(theta);
    }
    for (String kind : List.of(FULL, SLIDING)) {
      if (parameters.has(kind)) {
        throw keys.refused(
            "rope_parameters", "keyed by " + kind, "one set of parameters in this family");
      }
    }
    return read(parameters, theta);
  }

  /** Gemma 3: positions of layers that see all, or of those with a window. */
  Rope gemma(boolean sliding) {
    ConfigKeys all = keys.object("rope_parameters");
    ConfigKeys own = all == null ? null : all.object(sliding ? SLIDING : FULL);
    double theta =
        sliding
            ? keys.positive("rope_local_base_freq", THETA)
            : keys.positive("rope_theta", GEMMA_THETA);
    ConfigKeys scaling = sliding ? null : keys.object("rope_scaling");
    ConfigKeys merged = merged(own, scaling);
    return merged == null ? Rope.plain(theta) : read(merged, theta);
  }

  private @Nullable ConfigKeys merged(@Nullable ConfigKeys own, @Nullable ConfigKeys over) {
    if (own == null || over == null) {
      return own == null ? over : own;
    }
    ObjectNode both = own.json().deepCopy();
    both.setAll((ObjectNode) over.json());
    return new ConfigKeys(both, keys.file());
  }

  private Rope read(ConfigKeys parameters, double byDefault) {
    refusePartial(parameters);
    double theta = parameters.positive("rope_theta", byDefault);
    String kind =
        parameters.has("rope_type")
            ? parameters.get("rope_type").asText()
            : parameters.has("type") ? parameters.get("type").asText() : "default";
    return switch (kind) {
      case "default" -> Rope.plain(theta);
      case "linear" -> Rope.linear(theta, parameters.positive("factor"));
      case "llama3" -> llama3(parameters, theta);
      default ->
          throw keys.refused(
              "rope_type", "\"" + kind + "\"", "\"default\", \"linear\" or \"llama3\"");
    };
  }

  private Rope llama3(ConfigKeys parameters, double theta) {
    String original = "original_max_position_embeddings";
    double low = parameters.positive("low_freq_factor");
    double high = parameters.positive("high_freq_factor");
    if (high <= low) {
      throw parameters.wrong("high_freq_factor", "above low_freq_factor (" + low + ")");
    }
    int first =
        keys.size(
            original,
            parameters.size(original, maxPositions, Integer.MAX_VALUE),
            Integer.MAX_VALUE);
    return new Rope(Rope.Scaling.LLAMA3, theta, parameters.positive("factor"), low, high, first);
  }

  private static void refusePartial(ConfigKeys where) {
    double partial = where.number("partial_rotary_factor", 1);
    if (partial != 1) {
      throw where.refused("partial_rotary_factor", String.valueOf(partial), "1");
    }
  }
}
