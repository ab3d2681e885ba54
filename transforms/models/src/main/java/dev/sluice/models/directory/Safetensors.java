package dev.sluice.models.directory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.models.ModelException;
import dev.sluice.records.RegularFiles;
import dev.sluice.records.json.JsonFault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads and writes the safetensors format: eight bytes with the length of a JSON header, the
 * header, the bytes of the tensors, all little-endian. Reads F32, F16 and BF16; writes F32.
 */
public final class Safetensors {
  private static final int LENGTH_BYTES = 8;
  private static final int MAX_HEADER_BYTES = 100_000_000;
  static final String METADATA = "__metadata__";
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private Safetensors() {}

  /** Type and place of a tensor as the header states them; offsets count from the data's start. */
  @SuppressWarnings("ArrayRecordComponent")
  record Entry(String type, long[] shape, long begin, long end) {}

  /** The header of a file. */
  record Header(Map<String, Entry> entries, Map<String, String> metadata, long dataStart) {}

  /** Tensors and metadata of a file. */
  public record Content(Map<String, Tensor> tensors, Map<String, String> metadata) {

    /**
     * The tensor of a name and shape.
     *
     * @throws ModelException if it is missing, has another shape or a value that is not a number
     */
    public Tensor require(Path file, String name, long... shape) {
      Tensor tensor = tensors.get(name);
      if (tensor == null) {
        throw new ModelException(
            file + " has no tensor \"" + name + "\"; it does not belong to this config.json.");
      }
      if (!Arrays.equals(tensor.shape(), shape)) {
        throw new ModelException(
            file
                + ": the tensor \""
                + name
                + "\" has the shape "
                + Arrays.toString(tensor.shape())
                + ", but config.json asks for "
                + Arrays.toString(shape)
                + ".");
      }
      float[] values = tensor.values();
      for (int i = 0; i < values.length; i++) {
        if (!Float.isFinite(values[i])) {
          throw new ModelException(
              file
                  + ": the tensor \""
                  + name
                  + "\" holds "
                  + values[i]
                  + " at element "
                  + i
                  + "; the weights are unusable. Take an earlier checkpoint.");
        }
      }
      return tensor;
    }
  }

  /**
   * Reads all tensors.
   *
   * @throws ModelException naming the file and what is wrong with it
   */
  public static Content read(Path file) {
    try (FileChannel channel = open(file)) {
      Header header = header(channel, file);
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      for (Map.Entry<String, Entry> entry : header.entries().entrySet()) {
        tensors.put(
            entry.getKey(),
            tensor(channel, file, header.dataStart(), entry.getKey(), entry.getValue()));
      }
      return new Content(tensors, header.metadata());
    } catch (NoSuchFileException e) {
      throw new ModelException(file + " does not exist; a model directory needs it.", e);
    } catch (IOException e) {
      throw new ModelException(file + " cannot be read: " + e.getMessage() + ".", e);
    }
  }

  /** Opens a file, unless it is a pipe or a device, whose size means nothing. */
  static FileChannel open(Path file) throws IOException {
    RegularFiles.check(file);
    return FileChannel.open(file, StandardOpenOption.READ);
  }

  static Header header(FileChannel channel, Path file) throws IOException {
    long size = channel.size();
    if (size < LENGTH_BYTES) {
      throw damaged(file, "it has only " + size + " bytes");
    }
    long length = bytes(channel, 0, LENGTH_BYTES).getLong();
    if (length < 2 || length > MAX_HEADER_BYTES || LENGTH_BYTES + length > size) {
      throw damaged(
          file, "its header claims " + length + " bytes, but the file has " + size + " bytes");
    }
    byte[] text = new byte[(int) length];
    bytes(channel, LENGTH_BYTES, length).get(text);
    JsonNode json;
    try {
      json = JSON.readTree(new String(text, StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new ModelException(
          file + " is damaged: its header is not JSON (" + JsonFault.words(e) + ").", e);
    }
    if (!json.isObject()) {
      throw damaged(file, "its header is not a JSON object");
    }
    Map<String, Entry> entries = new LinkedHashMap<>();
    Map<String, String> metadata = new TreeMap<>();
    json.fields()
        .forEachRemaining(
            field -> {
              if (field.getKey().equals(METADATA)) {
                field
                    .getValue()
                    .fields()
                    .forEachRemaining(e -> metadata.put(e.getKey(), e.getValue().asText()));
              } else {
                entries.put(field.getKey(), entry(file, field.getKey(), field.getValue()));
              }
            });
    long start = LENGTH_BYTES + length;
    TensorPlaces.check(entries, start, size, how -> damaged(file, how));
    return new Header(entries, metadata, start);
  }

  private static Entry entry(Path file, String name, JsonNode json) {
    String type = json.path("dtype").asText("");
    int width =
        switch (type) {
          case "F32" -> 4;
          case "F16", "BF16" -> 2;
          default ->
              throw new ModelException(
                  file
                      + ": the tensor \""
                      + name
                      + "\" has the type \""
                      + type
                      + "\"; F32, F16 and BF16 can be read.");
        };
    return TensorPlaces.entry(name, type, width, json, how -> damaged(file, how));
  }

  /** Reads one tensor of a file whose data begin at {@code dataStart}. */
  static Tensor tensor(Path file, long dataStart, String name, Entry entry) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return tensor(channel, file, dataStart, name, entry);
    } catch (IOException e) {
      throw new ModelException(file + " cannot be read: " + e.getMessage() + ".", e);
    }
  }

  /**
   * The elements of a piece as numbers of 32 bits.
   *
   * @param wide receives them; its limit is their end afterwards
   * @return them, within {@code wide}
   */
  static FloatBuffer widened(String type, ByteBuffer bytes, ByteBuffer wide) {
    int width = type.equals("F32") ? 4 : 2;
    int count = bytes.remaining() / width;
    wide.limit(4 * count);
    FloatBuffer values = wide.asFloatBuffer();
    if (type.equals("F32")) {
      values.put(0, bytes.asFloatBuffer(), 0, count);
      return values;
    }
    for (int i = 0; i < count; i++) {
      short half = bytes.getShort(bytes.position() + 2 * i);
      values.put(i, type.equals("BF16") ? Float.intBitsToFloat(half << 16) : halfToFloat(half));
    }
    return values;
  }

  private static Tensor tensor(
      FileChannel channel, Path file, long dataStart, String name, Entry entry) throws IOException {
    long elements = Tensor.elements(entry.shape());
    if (elements > Integer.MAX_VALUE - 8) {
      throw new ModelException(
          file + ": the tensor \"" + name + "\" has " + elements + " elements; at most 2^31 fit.");
    }
    ByteBuffer bytes = map(channel, dataStart + entry.begin(), entry.end() - entry.begin());
    float[] values = new float[(int) elements];
    switch (entry.type()) {
      case "F32" -> bytes.asFloatBuffer().get(values);
      case "BF16" -> {
        for (int i = 0; i < values.length; i++) {
          values[i] = Float.intBitsToFloat(bytes.getShort() << 16);
        }
      }
      default -> {
        for (int i = 0; i < values.length; i++) {
          values[i] = halfToFloat(bytes.getShort());
        }
      }
    }
    return new Tensor(entry.shape(), values);
  }

  /** IEEE 754 binary16 to binary32, exactly (Java 20 has it as {@code Float.float16ToFloat}). */
  static float halfToFloat(short half) {
    int sign = (half & 0x8000) << 16;
    int exponent = (half >>> 10) & 0x1F;
    int fraction = half & 0x3FF;
    if (exponent == 0x1F) {
      return Float.intBitsToFloat(sign | 0x7F800000 | fraction << 13);
    }
    if (exponent == 0) {
      float magnitude = fraction * 0x1.0p-24f;
      return sign == 0 ? magnitude : -magnitude;
    }
    return Float.intBitsToFloat(sign | (exponent + 112) << 23 | fraction << 13);
  }

  static MappedByteBuffer map(FileChannel channel, long position, long size) throws IOException {
    MappedByteBuffer buffer = channel.map(FileChannel.MapMode.READ_ONLY, position, size);
    buffer.order(ByteOrder.LITTLE_ENDIAN);
    return buffer;
  }

  private static ByteBuffer bytes(FileChannel channel, long position, long size)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate((int) size).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining() && channel.read(buffer, position + buffer.position()) >= 0) {
      // Until the buffer is full: a channel may hand over less than asked for.
    }
    return buffer.flip();
  }

  private static ModelException damaged(Path file, String how) {
    return new ModelException(file + " is damaged: " + how + ". Restore or download it again.");
  }

  /**
   * Writes tensors as F32 in the order given, the header padded to a multiple of eight bytes.
   *
   * @throws IOException if the disk does not take them
   */
  public static void write(Path file, Map<String, Tensor> tensors, Map<String, String> metadata)
      throws IOException {
    List<SafetensorsWriter.Planned> planned = new ArrayList<>();
    tensors.forEach(
        (name, tensor) -> planned.add(new SafetensorsWriter.Planned(name, "F32", tensor.shape())));
    try (SafetensorsWriter writer = new SafetensorsWriter(file, planned, metadata)) {
      for (Tensor tensor : tensors.values()) {
        ByteBuffer data =
            ByteBuffer.allocate(4 * tensor.values().length).order(ByteOrder.LITTLE_ENDIAN);
        data.asFloatBuffer().put(tensor.values());
        writer.write(data);
      }
      writer.finish();
    }
  }
}
