package dev.sluice.runners.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A class is in one jar of the class path, so that the order of jars decides nothing. */
class ClassPathTest {
  /** Jars whose makers packed classes of others into them; this list only shrinks. */
  private static final Set<String> PACKED_TWICE =
      Set.of(
          "beam-runners-core-java and beam-runners-direct-java",
          "beam-runners-direct-java and beam-runners-java-fn-execution",
          "beam-runners-direct-java and beam-sdks-java-core",
          "parquet-column and parquet-hadoop");

  private static final Pattern CLASS =
      Pattern.compile("(?!META-INF/)(?!.*(module|package)-info\\.class).*\\.class");

  @Test
  void class_isInOneJarAlone() throws IOException {
    Map<String, String> jarOfClass = new HashMap<>();
    Set<String> twice = new TreeSet<>();
    for (String entry : jars()) {
      String jar = Path.of(entry).getFileName().toString().replaceFirst("-\\d.*", "");
      try (JarFile file = new JarFile(entry)) {
        file.stream()
            .map(each -> each.getName())
            .filter(name -> CLASS.matcher(name).matches())
            .forEach(
                name -> {
                  String other = jarOfClass.putIfAbsent(name, jar);
                  if (other != null) {
                    twice.add(pair(other, jar));
                  }
                });
      }
    }
    assertThat(twice)
        .as(
            "Two jars of the class path have the same classes: exclude one of them in pom.xml. If"
                + " a pair of PACKED_TWICE is gone, take it off that list.")
        .containsExactlyInAnyOrderElementsOf(PACKED_TWICE);
  }

  private static String pair(String one, String other) {
    return one.compareTo(other) < 0 ? one + " and " + other : other + " and " + one;
  }

  private static List<String> jars() {
    String path =
        Objects.requireNonNullElse(
            System.getProperty("surefire.test.class.path"), System.getProperty("java.class.path"));
    return List.of(path.split(File.pathSeparator)).stream()
        .filter(entry -> entry.endsWith(".jar") && Files.isRegularFile(Path.of(entry)))
        // The launcher of the tests is on the path too, and no part of the program.
        .filter(entry -> !entry.contains("surefire"))
        .distinct()
        .toList();
  }
}
