package dev.sluice.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Texts that stay as they are until {@code -Dgolden.update=true} rewrites them. */
public final class Golden {
  private Golden() {}

  /** Compares with the golden file of this name. */
  public static void check(String name, String actual) throws IOException {
    Path file = Path.of("src/test/resources/golden").resolve(name);
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, actual);
    }
    assertThat(file)
        .as("Golden file %s; after a wanted change rewrite it with -Dgolden.update=true", name)
        .exists();
    assertThat(actual)
        .as("Golden file %s; after a wanted change rewrite it with -Dgolden.update=true", name)
        .isEqualTo(Files.readString(file));
  }
}
