package dev.sluice.models.directory;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.models.ModelException;
import dev.sluice.records.Hashes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The weights of a model directory: {@code model.safetensors}, or several files that {@code
 * model.safetensors.index.json} names, or those of a base with what an adapter adds. Reads a tensor
 * piece by piece, so that no more than one piece lies in memory.
 */
public final class WeightFiles {
  public static final String SINGLE = "model.safetensors";
  public static final String INDEX = "model.safetensors.index.json";

  /** Bytes of a piece: a multiple of every element's size. */
  private static final int PIECE_BYTES = 1 << 24;

  /** A file's name, and no folder's. */
  private static final Pattern PLAIN_NAME = Pattern.compile("(?!\\.{1,2}$)[^/\\\\\\p{Cntrl}]+");

  /** Where a tensor lies. */
  private record Place(Path file, long start, Safetensors.Entry entry) {
    long bytes() {
      return entry.end() - entry.begin();
    }
  }

  private final Path source;
  private final Map<String, Place> places = new TreeMap<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();

  /** What an adapter adds to tensors. */
  private final Map<String, LowRank> added = new TreeMap<>();

  private WeightFiles(Path source) {
    this.source = source;
  }

  /**
   * Reads where everything lies.
   *
   * @throws ModelException naming the file that is missing or damaged
   */
  public static WeightFiles of(Path folder) {
    Adapter adapter = Adapter.in(folder);
    if (adapter != null) {
      WeightFiles files = whole(adapter.base());
      adapter.onto(files, ModelDirectory.read(folder).config());
      return files;
    }
    return whole(folder);
  }

  private static WeightFiles whole(Path folder) {
    Path single = folder.resolve(SINGLE);
    Path index = folder.resolve(INDEX);
    if (Files.exists(single) || !Files.exists(index)) {
      return single(single);
    }
    return indexed(folder, index);
  }

  /** The tensors of one file. */
  static WeightFiles single(Path file) {
    WeightFiles files = new WeightFiles(file);
    files.add(file, missing -> " does not exist; a model directory needs it.");
    return files;
  }

  /** The files that hold the weights, for a look at whether they changed. */
  public static List<Path> names(Path folder) {
    if (AdapterConfig.in(folder)) {
      List<Path> names = new ArrayList<>();
      names.add(folder.resolve(AdapterConfig.FILE));
      names.add(folder.resolve(Adapter.WEIGHTS));
      names.addAll(names(ModelDirectory.base(folder)));
      return names;
    }
    Path single = folder.resolve(SINGLE);
    Path index = folder.resolve(INDEX);
    if (Files.exists(single) || !Files.exists(index)) {
      return List.of(single);
    }
    List<Path> names = new ArrayList<>(List.of(index));
    new TreeSet<>(map(index).values()).forEach(name -> names.add(folder.resolve(name)));
    return names;
  }

  private static Map<String, String> map(Path index) {
    Map<String, String> map = new TreeMap<>();
    for (Map.Entry<String, JsonNode> e :
        ModelDirectory.json(index).path("weight_map").properties()) {
      if (!e.getValue().isTextual() || !PLAIN_NAME.matcher(e.getValue().asText()).matches()) {
        throw new ModelException(
            "%s: weight_map places the tensor \"%s\" in %s; it must be the name of a file beside the index. Restore or download it again."
                .formatted(index, e.getKey(), e.getValue()));
      }
      map.put(e.getKey(), e.getValue().asText());
    }
    if (map.isEmpty()) {
      throw new ModelException(
          index + " has no \"weight_map\" that says which file holds which tensor.");
    }
    return map;
  }

  private static WeightFiles indexed(Path folder, Path index) {
    Map<String, String> map = map(index);
    WeightFiles files = new WeightFiles(index);
    for (String name : new TreeSet<>(map.values())) {
      files.add(
          folder.resolve(name),
          file ->
              " does not exist, but "
                  + INDEX
                  + " places weights in it. Restore or download it again.");
    }
    map.forEach(
        (tensor, name) -> {
          Place place = files.places.get(tensor);
          if (place == null || !place.file().equals(folder.resolve(name))) {
            throw new ModelException(
                folder.resolve(name)
                    + " has no tensor \""
                    + tensor
                    + "\", but "
                    + INDEX
                    + " places it there. Restore or download it again.");
          }
        });
    files.places.keySet().retainAll(map.keySet());
    return files;
  }

  private void add(Path file, Function<Path, String> missing) {
    try (FileChannel channel = Safetensors.open(file)) {
      Safetensors.Header header = Safetensors.header(channel, file);
      metadata.putAll(header.metadata());
      header
          .entries()
          .forEach((name, e) -> places.put(name, new Place(file, header.dataStart(), e)));
    } catch (NoSuchFileException e) {
      throw new ModelException(file + missing.apply(file), e);
    } catch (IOException e) {
      throw new ModelException(file + " cannot be read: " + e.getMessage() + ".", e);
    }
  }

  /** What the tensors come from, for messages. */
  Path source() {
    return source;
  }

  /** Names of all tensors, sorted. */
  Iterable<String> tensors() {
    return places.keySet();
  }

  /** Forgets the tensors whose names begin so. */
  void removeAll(String prefix) {
    places.keySet().removeIf(name -> name.startsWith(prefix));
  }

  /** Gives a tensor that others share with it, if it has none, a place of its own. */
  void untie(String shared, String name) {
    Place place = places.get(shared);
    if (place != null) {
      places.putIfAbsent(name, place);
    }
  }

  /** Takes a tensor of other files in place of its own, or in addition. */
  void replace(String name, WeightFiles other, String otherName) {
    places.put(name, other.place(otherName));
  }

  /** Adds a product of matrices to a tensor whenever it is read. */
  void adapt(String name, LowRank change) {
    added.put(name, change);
  }

  /** The type in which a tensor lies on the disk. */
  StoredType storedType(String name) {
    return StoredType.ofStored(entry(name).type());
  }

  /** What is added to tensors, for a hash of the weights. */
  void addTo(MessageDigest digest) {
    added.forEach(
        (name, change) -> {
          digest.update(Hashes.bytes("adapter", name, change.rank(), change.scale()));
          for (float[] factor : List.of(change.left(), change.right())) {
            ByteBuffer bytes = ByteBuffer.allocate(4 * factor.length);
            bytes.asFloatBuffer().put(factor);
            digest.update(bytes);
          }
        });
  }

  /**
   * The elements of a tensor.
   *
   * @throws ModelException if one is not finite
   */
  float[] finite(String name) {
    Place place = place(name);
    Tensor tensor = Safetensors.tensor(place.file(), place.start(), name, place.entry());
    return new Safetensors.Content(Map.of(name, tensor), Map.of())
        .require(place.file(), name, tensor.shape())
        .values();
  }

  /** Whether there is a tensor of that name. */
  public boolean has(String name) {
    return places.containsKey(name);
  }

  Safetensors.Entry entry(String name) {
    return place(name).entry();
  }

  /** The file of a tensor, for messages. */
  public Path file(String name) {
    return place(name).file();
  }

  /** Number of elements of all tensors. */
  public long elements() {
    return places.values().stream().mapToLong(p -> Tensor.elements(p.entry().shape())).sum();
  }

  private Place place(String name) {
    Place place = places.get(name);
    if (place == null) {
      throw new ModelException(
          source + " has no tensor \"" + name + "\"; it does not belong to this config.json.");
    }
    return place;
  }

  /** A piece of a tensor, in the order of its elements. */
  @FunctionalInterface
  public interface Piece {
    /**
     * Takes elements.
     *
     * @param type {@code F32}, {@code F16} or {@code BF16}
     * @param bytes little-endian, direct; holds other content once the call is over
     */
    void take(String type, ByteBuffer bytes);
  }

  /** A buffer for {@link #read}. */
  public static ByteBuffer buffer() {
    return ByteBuffer.allocateDirect(PIECE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Reads a tensor.
   *
   * @param buffer of {@link #buffer}; used over and over
   * @param shape that it must have
   * @throws ModelException if it is missing, has another shape or cannot be read
   */
  public void read(String name, long[] shape, ByteBuffer buffer, Piece piece) {
    check(name, shape);
    Place place = place(name);
    LowRank change = added.get(name);
    if (change == null) {
      read(place, buffer, piece);
    } else {
      readAdapted(place, change, buffer, piece);
    }
  }

  /**
   * Checks a tensor without reading it.
   *
   * @param shape that it must have
   * @throws ModelException if it is missing or has another shape
   */
  public void check(String name, long[] shape) {
    Place place = place(name);
    if (!Arrays.equals(place.entry().shape(), shape)) {
      throw new ModelException(
          place.file()
              + ": the tensor \""
              + name
              + "\" has the shape "
              + Arrays.toString(place.entry().shape())
              + ", but config.json asks for "
              + Arrays.toString(shape)
              + ".");
    }
  }

  /** Reads a tensor of any shape as it is stored, without what an adapter adds. */
  void readStored(String name, ByteBuffer buffer, Piece piece) {
    read(place(name), buffer, piece);
  }

  /** Whether two tensors are stored alike: shape, type and every byte. */
  boolean equal(String one, String other) {
    Place first = place(one);
    Place second = place(other);
    if (!Arrays.equals(first.entry().shape(), second.entry().shape())
        || !first.entry().type().equals(second.entry().type())) {
      return false;
    }
    ByteBuffer mine = buffer();
    ByteBuffer others = buffer();
    for (long at = 0; at < first.bytes(); at += mine.limit()) {
      int length = (int) Math.min(PIECE_BYTES, first.bytes() - at);
      fill(first, at, mine.clear().limit(length));
      fill(second, at, others.clear().limit(length));
      if (!mine.equals(others)) {
        return false;
      }
    }
    return true;
  }

  /** Fills a buffer with the bytes of a tensor from a place on, and makes it ready for reading. */
  private static void fill(Place place, long at, ByteBuffer buffer) {
    try (FileChannel channel = Safetensors.open(place.file())) {
      long from = place.start() + place.entry().begin() + at;
      while (buffer.hasRemaining()) {
        if (channel.read(buffer, from + buffer.position()) < 0) {
          throw new IOException("it ended early");
        }
      }
      buffer.flip();
    } catch (IOException e) {
      throw new ModelException(place.file() + " cannot be read: " + e.getMessage() + ".", e);
    }
  }

  /** In pieces that fit the buffer's last half as they are stored, and its first half widened. */
  private static void readAdapted(Place place, LowRank change, ByteBuffer buffer, Piece piece) {
    int half = buffer.clear().capacity() / 2;
    ByteBuffer stored = buffer.slice(half, half / 2).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer wide = buffer.slice(0, half).order(ByteOrder.LITTLE_ENDIAN);
    long[] first = {0};
    read(
        place,
        stored,
        (type, bytes) -> {
          FloatBuffer values = Safetensors.widened(type, bytes, wide.clear());
          change.addTo(values, first[0]);
          first[0] += values.remaining();
          piece.take("F32", wide);
        });
  }

  private static void read(Place place, ByteBuffer buffer, Piece piece) {
    try (FileChannel channel = Safetensors.open(place.file())) {
      long from = place.start() + place.entry().begin();
      long left = place.bytes();
      while (left > 0) {
        buffer.clear().limit((int) Math.min(buffer.capacity(), left));
        while (buffer.hasRemaining()) {
          if (channel.read(buffer, from + buffer.position()) < 0) {
            throw new IOException("it ended early");
          }
        }
        from += buffer.position();
        left -= buffer.position();
        piece.take(place.entry().type(), buffer.flip());
      }
    } catch (IOException e) {
      throw new ModelException(place.file() + " cannot be read: " + e.getMessage() + ".", e);
    }
  }

  /** All tensors in memory. */
  Safetensors.Content content() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    places.forEach(
        (name, place) -> {
          Tensor tensor = Safetensors.tensor(place.file(), place.start(), name, place.entry());
          LowRank change = added.get(name);
          if (change != null) {
            change.addTo(FloatBuffer.wrap(tensor.values()), 0);
          }
          tensors.put(name, tensor);
        });
    return new Safetensors.Content(tensors, metadata);
  }
}
