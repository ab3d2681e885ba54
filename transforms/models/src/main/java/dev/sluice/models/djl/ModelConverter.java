package dev.sluice.models.djl;

import dev.sluice.models.ModelException;
import dev.sluice.models.chat.TextSide;
import dev.sluice.models.directory.ModelDirectory;
import dev.sluice.models.directory.PlainCopy;
import dev.sluice.models.directory.StoredType;
import dev.sluice.models.directory.WeightFiles;
import dev.sluice.models.djl.engine.ParameterLayout;
import dev.sluice.records.RegularFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes any model directory, an adapter's folder too, as a plain one: whole and in one file. */
public final class ModelConverter {
  private static final Logger LOG = LoggerFactory.getLogger(ModelConverter.class);

  private ModelConverter() {}

  /**
   * What was written.
   *
   * @param files names within the folder
   * @param types of the numbers in it
   */
  public record Result(List<String> files, List<StoredType> types, String revision) {}

  /**
   * Converts a directory. On a failure nothing stays behind.
   *
   * @param out made if it is not there; must be empty
   * @param type of all numbers; null: of each tensor that in which it is stored
   * @throws ModelException naming the file and what is wrong with it
   */
  public static Result convert(Path folder, Path out, @Nullable StoredType type) {
    ModelDirectory directory = ModelDirectory.read(folder);
    ModelDirectory.look(folder).forEach(LOG::warn);
    List<PlainCopy.Wanted> wanted = new ArrayList<>();
    ParameterLayout layout = new ParameterLayout(directory.config());
    layout.check(WeightFiles.of(folder));
    for (ParameterLayout.Parameter each : layout.parameters()) {
      each.parts().forEach(part -> wanted.add(new PlainCopy.Wanted(part.name(), part.shape())));
    }
    try {
      boolean made = !Files.exists(out);
      if (!made && !empty(out)) {
        throw new ModelException(
            out + " is not an empty folder, and nothing is overwritten. Name a new folder.");
      }
      Files.createDirectories(out);
      try {
        List<String> files = new ArrayList<>(TextSide.copy(folder, out));
        PlainCopy copy = new PlainCopy(folder, directory.config(), type);
        files.addAll(copy.write(wanted, out));
        String identity = ModelDirectory.read(out).config().identity();
        if (!identity.equals(directory.config().identity())) {
          throw new IllegalStateException(
              "The copy in " + out + " would be another model: " + identity + ".");
        }
        return new Result(
            files.stream().sorted().toList(), copy.types(), ModelDirectory.revision(out));
      } catch (IOException | RuntimeException e) {
        clear(out, made);
        throw e;
      }
    } catch (IOException e) {
      throw new ModelException(
          "The model cannot be written to " + out + ": " + RegularFiles.why(e), e);
    }
  }

  private static boolean empty(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }

  /** What lies in a folder that was empty came from here. */
  private static void clear(Path out, boolean all) throws IOException {
    try (Stream<Path> files = Files.walk(out)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        if (all || !file.equals(out)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}
