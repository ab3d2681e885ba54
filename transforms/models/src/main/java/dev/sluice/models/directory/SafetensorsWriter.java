package dev.sluice.models.directory;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes a safetensors file piece by piece: the header first, then bytes in the order planned. */
final class SafetensorsWriter implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A tensor to come.
   *
   * @param type {@code F32}, {@code F16} or {@code BF16}
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Planned(String name, String type, long[] shape) {
    long bytes() {
      return Math.multiplyExact(Tensor.elements(shape), type.equals("F32") ? 4L : 2L);
    }
  }

  private final FileChannel channel;
  private long left;

  SafetensorsWriter(Path file, List<Planned> tensors, Map<String, String> metadata)
      throws IOException {
    channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING);
    ByteBuffer header = header(tensors, metadata);
    left = header.remaining() + tensors.stream().mapToLong(Planned::bytes).sum();
    write(header);
  }

  /** Length and text of the header, padded to a multiple of eight bytes. */
  private static ByteBuffer header(List<Planned> tensors, Map<String, String> metadata) {
    ObjectNode header = JSON.createObjectNode();
    if (!metadata.isEmpty()) {
      ObjectNode node = header.putObject(Safetensors.METADATA);
      new TreeMap<>(metadata).forEach(node::put);
    }
    long offset = 0;
    for (Planned tensor : tensors) {
      ObjectNode node = header.putObject(tensor.name()).put("dtype", tensor.type());
      ArrayNode shape = node.putArray("shape");
      for (long extent : tensor.shape()) {
        shape.add(extent);
      }
      long end = offset + tensor.bytes();
      node.putArray("data_offsets").add(offset).add(end);
      offset = end;
    }
    byte[] text = header.toString().getBytes(StandardCharsets.UTF_8);
    int padded = (text.length + Long.BYTES - 1) / Long.BYTES * Long.BYTES;
    ByteBuffer head = ByteBuffer.allocate(Long.BYTES + padded).order(ByteOrder.LITTLE_ENDIAN);
    head.putLong(padded).put(text);
    while (head.hasRemaining()) {
      head.put((byte) ' ');
    }
    return head.flip();
  }

  /** Writes the next bytes of the tensors. */
  void write(ByteBuffer bytes) throws IOException {
    left -= bytes.remaining();
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Ends the file once all that was planned is on the disk. */
  void finish() throws IOException {
    if (left != 0) {
      throw new IllegalStateException("A file of tensors lacks " + left + " bytes.");
    }
    channel.force(true);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
