package dev.sluice.models.directory;

import dev.sluice.models.ModelException;
import dev.sluice.runners.fuzz.targets.Broken;
import dev.sluice.runners.fuzz.targets.Sentence;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the weights of a folder as a model does, for a look at what strange ones do. */
public final class WeightReads {
  private WeightReads() {}

  /**
   * Reads all of them.
   *
   * @param asked a shape that some tensors have
   */
  public static void read(Path folder, long... asked) {
    Broken.unless(ModelDirectory.revision(folder).length() == 64, "A revision is a hash.");
    WeightFiles files = WeightFiles.of(folder);
    ByteBuffer buffer = WeightFiles.buffer();
    long[] elements = new long[1];
    for (String name : files.tensors()) {
      Safetensors.Entry entry = files.entry(name);
      Broken.unless(files.has(name) && Files.exists(files.file(name)), "A tensor has a file.");
      files.read(
          name,
          entry.shape(),
          buffer,
          (type, bytes) -> elements[0] += bytes.remaining() / (type.equals("F32") ? 4 : 2));
      try {
        files.finite(name);
        files.check(name, asked);
      } catch (ModelException e) {
        Sentence.check(e.getMessage());
      }
      boolean unused = files.storedType(name) == null;
    }
    Broken.unless(elements[0] == files.elements(), "All elements are read.");
    try {
      files.check("no.such.tensor", asked);
    } catch (ModelException e) {
      Sentence.check(e.getMessage());
    }
  }
}
