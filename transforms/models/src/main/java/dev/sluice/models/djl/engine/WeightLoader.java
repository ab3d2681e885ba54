package dev.sluice.models.djl.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.sluice.models.ModelException;
import dev.sluice.models.directory.WeightFiles;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/**
 * Brings weights from their files into native memory, piece by piece: besides the arrays themselves
 * only one piece lies in memory.
 */
public final class WeightLoader {
  private final WeightFiles files;
  private final LlamaDecoder decoder;
  private final NDManager manager;
  private final ByteBuffer buffer = WeightFiles.buffer();
  private final ByteBuffer wide =
      ByteBuffer.allocateDirect(2 * buffer.capacity()).order(ByteOrder.LITTLE_ENDIAN);

  private WeightLoader(WeightFiles files, LlamaDecoder decoder, NDManager manager) {
    this.files = files;
    this.decoder = decoder;
    this.manager = manager;
  }

  /**
   * The weights in the order of the script.
   *
   * @param decoder knows the type of the numbers in memory
   * @param manager owns the arrays
   * @throws ModelException naming the file and the tensor that is missing, has another shape or a
   *     value that is not finite
   */
  public static NDList load(
      WeightFiles files, ParameterLayout layout, LlamaDecoder decoder, NDManager manager) {
    WeightLoader loader = new WeightLoader(files, decoder, manager);
    Map<String, NDArray> byName = new HashMap<>();
    for (ParameterLayout.Parameter parameter : layout.parameters()) {
      byName.put(parameter.name(), loader.array(parameter));
    }
    return Weights.ordered(decoder.config(), byName);
  }

  private NDArray array(ParameterLayout.Parameter parameter) {
    NDArray target = decoder.newWeight(manager, parameter.shape());
    long offset = 0;
    for (ParameterLayout.Part part : parameter.parts()) {
      fill(target, part, offset);
      offset += part.size();
    }
    return target;
  }

  private void fill(NDArray target, ParameterLayout.Part part, long start) {
    long[] next = {start};
    files.read(
        part.name(),
        part.shape(),
        buffer,
        (stored, bytes) -> {
          try (NDManager scope = manager.newSubManager()) {
            NDArray piece = piece(scope, stored, bytes);
            check(piece, part.name(), next[0] - start);
            decoder.put(target, piece, next[0], scope);
            next[0] += piece.size();
          }
        });
  }

  private NDArray piece(NDManager scope, String stored, ByteBuffer bytes) {
    long size = bytes.remaining();
    return switch (stored) {
      case "F32" -> scope.create(bytes, new Shape(size / 4), DataType.FLOAT32);
      case "F16" ->
          scope.create(bytes, new Shape(size / 2), DataType.FLOAT16).toType(DataType.FLOAT32, true);
      default -> scope.create(widened(bytes), new Shape(size / 2), DataType.FLOAT32);
    };
  }

  /** The numbers of bfloat16 in 32 bits: theirs are the upper half. */
  private ByteBuffer widened(ByteBuffer bytes) {
    wide.clear().limit(2 * bytes.remaining());
    for (int i = 0; i < bytes.remaining(); i += 2) {
      wide.putInt(2 * i, bytes.getShort(i) << 16);
    }
    return wide;
  }

  /** Zero times a finite number is zero; times any other it is not a number. */
  private void check(NDArray piece, String name, long before) {
    if (Float.isNaN(piece.mul(0).sum().getFloat())) {
      float[] values = piece.toFloatArray();
      int i = 0;
      while (Float.isFinite(values[i])) {
        i++;
      }
      throw new ModelException(
          files.file(name)
              + ": the tensor \""
              + name
              + "\" holds "
              + values[i]
              + " at element "
              + (before + i)
              + "; the weights are unusable. Take an earlier checkpoint.");
    }
  }
}
