package dev.sluice.models.djl;

import dev.sluice.models.directory.ModelDirectory;
import dev.sluice.models.djl.engine.ParameterLayout;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads the fixture of every family and head and writes it anew, for {@code families.py check}:
 * {@code FamilyExport FOLDER}.
 */
final class FamilyExport {
  private FamilyExport() {}

  public static void main(String[] arguments) throws Exception {
    for (String name : FamiliesTest.all()) {
      Path from = FamiliesTest.root().resolve(name);
      ModelDirectory directory = ModelDirectory.read(from);
      ParameterLayout layout = new ParameterLayout(directory.config());
      float[] flat = layout.gather(from, ModelDirectory.weights(from));
      Path to = Files.createDirectories(Path.of(arguments[0]).resolve(name));
      directory.write(to, layout.scatter(flat));
      Files.copy(from.resolve("expected.json"), to.resolve("expected.json"));
    }
  }
}
