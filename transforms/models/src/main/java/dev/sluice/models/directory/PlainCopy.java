package dev.sluice.models.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.models.ModelException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A copy of a model directory's settings and weights that stands for itself. The settings stay as
 * they are but for what an adapter and another type of numbers change.
 */
public final class PlainCopy {
  private final Path folder;
  private final ModelConfig config;
  private final @Nullable StoredType type;
  private final Set<StoredType> types = EnumSet.noneOf(StoredType.class);

  /** A tensor of the copy. */
  @SuppressWarnings("ArrayRecordComponent")
  public record Wanted(String name, long[] shape) {}

  /**
   * @param config of the folder
   * @param type of all numbers; null: of each tensor that in which it is stored
   */
  public PlainCopy(Path folder, ModelConfig config, @Nullable StoredType type) {
    this.folder = folder;
    this.config = config;
    this.type = type;
  }

  /** The types that numbers were written in. */
  public List<StoredType> types() {
    return List.copyOf(types);
  }

  /**
   * Writes the files, {@code config.json} last: without it a folder is no model.
   *
   * @return their names
   */
  public List<String> write(List<Wanted> tensors, Path out) throws IOException {
    WeightFiles files = WeightFiles.of(folder);
    List<SafetensorsWriter.Planned> planned = new ArrayList<>();
    for (Wanted tensor : tensors) {
      StoredType own = type == null ? files.storedType(tensor.name()) : type;
      types.add(own);
      planned.add(new SafetensorsWriter.Planned(tensor.name(), own.stored(), tensor.shape()));
    }
    Path weights = out.resolve(ModelDirectory.WEIGHTS);
    try (SafetensorsWriter writer =
        new SafetensorsWriter(weights, planned, Map.of("format", "pt"))) {
      ByteBuffer buffer = WeightFiles.buffer();
      ByteBuffer wide = twice(buffer);
      ByteBuffer rounded = twice(buffer);
      for (SafetensorsWriter.Planned tensor : planned) {
        long[] done = {0};
        files.read(
            tensor.name(),
            tensor.shape(),
            buffer,
            (stored, bytes) -> {
              FloatBuffer values = Safetensors.widened(stored, bytes, wide.clear());
              StoredType to = StoredType.ofStored(tensor.type());
              int wrong = to.put(values, rounded);
              if (wrong >= 0) {
                throw unfit(files, tensor.name(), values.get(wrong), done[0] + wrong, to);
              }
              done[0] += values.remaining();
              put(writer, rounded);
            });
      }
      writer.finish();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    List<String> names = new ArrayList<>(List.of(ModelDirectory.WEIGHTS));
    Path generation = ModelDirectory.base(folder).resolve(ModelDirectory.GENERATION_CONFIG);
    if (Files.exists(generation)) {
      Files.copy(generation, out.resolve(ModelDirectory.GENERATION_CONFIG));
      names.add(ModelDirectory.GENERATION_CONFIG);
    }
    Files.write(out.resolve(ModelDirectory.CONFIG), ModelDirectory.pretty(settings(planned)));
    names.add(ModelDirectory.CONFIG);
    return names;
  }

  private static ByteBuffer twice(ByteBuffer buffer) {
    return ByteBuffer.allocateDirect(2 * buffer.capacity()).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void put(SafetensorsWriter writer, ByteBuffer bytes) {
    try {
      writer.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ModelException unfit(
      WeightFiles files, String name, float value, long place, StoredType type) {
    return new ModelException(
        files.file(name)
            + ": the tensor \""
            + name
            + "\" holds "
            + value
            + " at element "
            + place
            + (Float.isFinite(value)
                ? ", which " + type.key() + " cannot hold. Convert to bfloat16 or float32."
                : "; the weights are unusable. Take an earlier checkpoint."));
  }

  private ObjectNode settings(List<SafetensorsWriter.Planned> planned) {
    Path file = ModelDirectory.base(folder).resolve(ModelDirectory.CONFIG);
    ObjectNode json = (ObjectNode) ModelDirectory.json(file);
    if (ModelConfig.parse(json, file.toString()).head() != config.head()) {
      json.putArray("architectures").add(config.family().architecture(config.head()));
      json.remove("num_labels");
      ConfigWriter.putLabels(json, config.head());
    }
    boolean ties = config.tieWordEmbeddings();
    if (ModelConfig.parse(json, file.toString()).tieWordEmbeddings() != ties) {
      json.put("tie_word_embeddings", ties);
    }
    // Version 4 of transformers writes the first key, version 5 the second; both read the first.
    String first = StoredType.ofStored(planned.get(0).type()).key();
    json.put("torch_dtype", first);
    if (json.has("dtype")) {
      json.put("dtype", first);
    }
    return json;
  }
}
