package dev.sluice.runners.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * A module either lies on a cluster's class path or travels with each job: neither, and workers
 * lack its classes; both, and its state stands twice in a worker.
 */
final class EnginesTest {
  private static final Pattern JAR = Pattern.compile("sluice-([a-z]+)-.*\\.jar");
  private static final Pattern ARTIFACT =
      Pattern.compile("<artifactId>sluice-([a-z]+)</artifactId>");

  @Test
  void whatTheLauncherKeepsOffTheClusterTravelsWithJobs() throws IOException {
    String keptOff =
        Files.readAllLines(Path.of("../sluice")).stream()
            .filter(line -> line.contains("sluice-stages-*"))
            .findFirst()
            .orElseThrow();
    Set<String> modules = new TreeSet<>();
    Matcher module = Pattern.compile("sluice-([a-z]+)-\\*").matcher(keptOff);
    while (module.find()) {
      modules.add(module.group(1));
    }
    Set<String> travelling = new TreeSet<>();
    for (URL place : Engines.thinJars()) {
      travelling.add(module(Path.of(place.getPath())));
    }
    // The program's own jar is no library.
    assertThat(travelling.remove("runners")).isTrue();
    assertThat(travelling).isEqualTo(modules);
  }

  /** The module of a jar or of a folder of classes. */
  private static String module(Path place) throws IOException {
    Matcher jar = JAR.matcher(String.valueOf(place.getFileName()));
    if (jar.matches()) {
      return jar.group(1);
    }
    String pom = Files.readString(place.resolve("../../pom.xml"));
    Matcher name = ARTIFACT.matcher(pom.substring(pom.indexOf("</parent>")));
    assertThat(name.find()).isTrue();
    return name.group(1);
  }
}
