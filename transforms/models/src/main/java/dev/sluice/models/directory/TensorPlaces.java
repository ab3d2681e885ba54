package dev.sluice.models.directory;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.models.ModelException;
import dev.sluice.models.directory.Safetensors.Entry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where the tensors of a file lie, as its header says: one behind the other from the first byte of
 * the data to the last, as the format demands, so that no byte is read as two tensors and none
 * hides something else.
 */
final class TensorPlaces {
  /** Extents of a tensor at the most; PyTorch has no more. */
  private static final int MAX_EXTENTS = 64;

  private static final int MAX_VALUE = 80;

  private TensorPlaces() {}

  /**
   * Reads what the header says of one tensor.
   *
   * @param width bytes of an element
   * @param damaged makes an exception of what is wrong
   */
  static Entry entry(
      String name,
      String type,
      int width,
      JsonNode json,
      Function<String, ModelException> damaged) {
    long[] shape = wholes(json.path("shape"), Integer.MAX_VALUE);
    if (shape == null) {
      throw damaged.apply(
          "the tensor \"%s\" has the shape %s, and a shape is a list of at most %d whole numbers from 0 to %d"
              .formatted(name, shown(json.path("shape")), MAX_EXTENTS, Integer.MAX_VALUE));
    }
    long[] offsets = wholes(json.path("data_offsets"), Long.MAX_VALUE);
    if (offsets == null || offsets.length != 2 || offsets[0] > offsets[1]) {
      throw damaged.apply(
          "the tensor \"%s\" has the data_offsets %s, and they are two whole numbers, the first byte and the one behind the last"
              .formatted(name, shown(json.path("data_offsets"))));
    }
    if (!fits(shape, width, offsets[1] - offsets[0])) {
      throw damaged.apply(
          "the tensor \"%s\" of type %s and shape %s does not fit its place %s"
              .formatted(name, type, Arrays.toString(shape), Arrays.toString(offsets)));
    }
    return new Entry(type, shape, offsets[0], offsets[1]);
  }

  /** A list of whole numbers from 0; null if it is none. */
  private static long @Nullable [] wholes(JsonNode list, long greatest) {
    if (!list.isArray() || list.size() > MAX_EXTENTS) {
      return null;
    }
    long[] values = new long[list.size()];
    for (int i = 0; i < values.length; i++) {
      JsonNode value = list.get(i);
      if (!value.isIntegralNumber()
          || !value.canConvertToLong()
          || value.asLong() < 0
          || value.asLong() > greatest) {
        return null;
      }
      values[i] = value.asLong();
    }
    return values;
  }

  private static boolean fits(long[] shape, int width, long bytes) {
    long size = width;
    for (long extent : shape) {
      // Both are below 2^63, so that a high half says that the product is not.
      if (Math.multiplyHigh(size, extent) != 0 || size * extent < 0) {
        return false;
      }
      size *= extent;
    }
    return size == bytes;
  }

  private static String shown(JsonNode value) {
    String text = value.isMissingNode() ? "absent" : value.toString();
    return text.length() > MAX_VALUE ? text.substring(0, MAX_VALUE) + "..." : text;
  }

  /**
   * Checks that the tensors fill the data.
   *
   * @param start where the data begin
   * @param fileSize where they end
   */
  static void check(
      Map<String, Entry> entries,
      long start,
      long fileSize,
      Function<String, ModelException> damaged) {
    long size = fileSize - start;
    List<Map.Entry<String, Entry>> sorted = new ArrayList<>(entries.entrySet());
    sorted.sort(
        Comparator.comparingLong((Map.Entry<String, Entry> each) -> each.getValue().begin())
            .thenComparingLong(each -> each.getValue().end()));
    long next = 0;
    String before = "";
    for (Map.Entry<String, Entry> each : sorted) {
      Entry entry = each.getValue();
      if (entry.end() > size) {
        throw damaged.apply(
            "it ends at byte %d, but the tensor \"%s\" goes to byte %s (truncated)"
                .formatted(fileSize, each.getKey(), Long.toUnsignedString(start + entry.end())));
      }
      if (entry.begin() < next) {
        throw damaged.apply(
            "the tensor \"%s\" begins at byte %d of the data, within the tensor \"%s\", which goes to byte %d"
                .formatted(each.getKey(), entry.begin(), before, next));
      }
      if (entry.begin() > next) {
        throw damaged.apply(
            "the tensor \"%s\" begins at byte %d of the data, but what comes before it ends at byte %d"
                .formatted(each.getKey(), entry.begin(), next));
      }
      next = entry.end();
      before = each.getKey();
    }
    if (next < size) {
      throw damaged.apply(
          "its data have %d bytes, but its tensors end at byte %d of them".formatted(size, next));
    }
  }
}
