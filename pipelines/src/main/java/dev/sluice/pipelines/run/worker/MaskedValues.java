package dev.sluice.pipelines.run.worker;

import dev.sluice.records.Secrets;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UTFDataFormatException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The values from the environment in the objects that a worker gets, and the text shown for each. A
 * worker may be another process, which never read the pipeline file: when this record arrives
 * there, the values are hidden there as well. It holds only values that the objects sent with it
 * hold.
 *
 * @param shown the text that is shown for each value, such as {@code ${NAME}}
 */
public record MaskedValues(Map<String, String> shown) implements Serializable {
  /** The two bytes of a text's length, in Java's own form of it. */
  private static final int LENGTH_BYTES = 2;

  /** Called as it arrives as well: a record is read through its constructor. */
  public MaskedValues {
    shown = new TreeMap<>(shown);
    shown.forEach(Secrets::add);
  }

  /** Those of this process's values that some objects hold, which go to a worker. */
  public static MaskedValues of(@Nullable Serializable... sent) {
    if (Secrets.none()) {
      return new MaskedValues(Map.of());
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      for (@Nullable Serializable each : sent) {
        out.writeObject(each);
      }
    } catch (IOException e) {
      // What cannot be sent stays in this process, where all values are hidden.
      return new MaskedValues(Map.of());
    }
    String all = bytes.toString(StandardCharsets.ISO_8859_1);
    return new MaskedValues(Secrets.among(value -> all.contains(written(value))));
  }

  /** A text's bytes within serialized objects, one character each. */
  private static String written(String value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeUTF(value);
    } catch (UTFDataFormatException e) {
      return value; // Longer than 65,535 bytes: in these forms equal but for foreign letters.
    } catch (IOException e) {
      throw new IllegalStateException("Memory cannot be written.", e);
    }
    byte[] text = bytes.toByteArray();
    return new String(
        Arrays.copyOfRange(text, LENGTH_BYTES, text.length), StandardCharsets.ISO_8859_1);
  }

  /** Without the values. */
  @Override
  public String toString() {
    return "HiddenValues" + shown.values();
  }
}
