package dev.sluice.runners.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A type is public because another package uses it. */
@AnalyzeClasses(packages = "dev.sluice", importOptions = ImportOption.DoNotIncludeTests.class)
final class PublicTypesTest {
  /** Packages whose types plugins and Beam pipelines of others use. */
  private static final List<String> FOR_OTHERS =
      List.of("dev.sluice.pipelines.beam.", "dev.sluice.parts.", "dev.sluice.stages.dataset.");

  /** Public types that only their package names, and that are made by reflection from there. */
  private static final Set<String> BY_REFLECTION =
      Set.of(
          "dev.sluice.methods.prompt.SolveFamilies", "dev.sluice.runners.dataset.DatasetFormats");

  /** Public types that only their package uses; this list only shrinks. */
  private static final Set<String> LEFT =
      Set.of(
          "dev.sluice.methods.group.GroupFilter",
          "dev.sluice.methods.objective.GenerativeObjective",
          "dev.sluice.methods.reward.AskingReward",
          "dev.sluice.pipelines.ledger.LedgerArtifact",
          "dev.sluice.pipelines.ledger.LedgerStage",
          "dev.sluice.pipelines.run.driver.InterruptedRunException",
          "dev.sluice.pipelines.run.worker.BundleWorker",
          "dev.sluice.stages.filtering.FilterProblemsConfig",
          "dev.sluice.stages.reward.Balance",
          "dev.sluice.stages.synthesis.StoredSolutions");

  private static final Pattern NAME =
      Pattern.compile("\\bdev\\.sluice(?:\\.[a-z]\\w*)+\\.[A-Z]\\w*");

  private PublicTypesTest() {}

  @ArchTest
  static void type_isPublicForAnotherPackage(JavaClasses classes) throws IOException {
    Map<String, Set<String>> usersOf = usersByName();
    for (JavaClass each : classes) {
      each.getDirectDependenciesFromSelf()
          .forEach(
              use ->
                  usersOf
                      .computeIfAbsent(
                          top(use.getTargetClass().getBaseComponentType()), name -> new HashSet<>())
                      .add(each.getPackageName()));
    }
    Set<String> unused = new TreeSet<>();
    for (SourceFile file : SourceFile.all()) {
      String name = file.packageName() + "." + file.simpleName();
      Set<String> users = new HashSet<>(usersOf.getOrDefault(name, Set.of()));
      users.remove(file.packageName());
      if (file.isMain()
          && Pattern.compile(
                  "(?m)^public [\\w -]*\\b(class|record|interface|enum) "
                      + file.simpleName()
                      + "\\b")
              .matcher(file.text())
              .find()
          && users.isEmpty()
          && !BY_REFLECTION.contains(name)
          && FOR_OTHERS.stream().noneMatch(name::startsWith)) {
        unused.add(name);
      }
    }
    assertThat(unused)
        .as(
            "A public type is used by its own package alone: remove 'public', or the type if nobody"
                + " uses it. If a type of LEFT is used or gone, take it off that list.")
        .containsExactlyInAnyOrderElementsOf(LEFT);
  }

  /** Packages, and files of services, in whose text a type is named. */
  private static Map<String, Set<String>> usersByName() throws IOException {
    Map<String, Set<String>> usersOf = new HashMap<>();
    for (SourceFile file : SourceFile.all()) {
      if (file.packageName().equals(PublicTypesTest.class.getPackageName())) {
        continue; // The list above is no use.
      }
      addNames(file.text(), file.packageName(), usersOf);
    }
    for (String module :
        List.of(
            "records", "models", "methods", "stages", "pipelines", "notebooks-export", "runners")) {
      Path nested = SourceFile.TOP.resolve("transforms").resolve(module);
      Path folder = Files.isDirectory(nested) ? nested : SourceFile.TOP.resolve(module);
      Path services = folder.resolve("src/main/resources/META-INF/services");
      if (Files.isDirectory(services)) {
        try (Stream<Path> files = Files.list(services)) {
          files.forEach(file -> addNames(read(file), "META-INF/services", usersOf));
        }
      }
    }
    return usersOf;
  }

  private static void addNames(String text, String user, Map<String, Set<String>> usersOf) {
    Matcher names = NAME.matcher(text);
    while (names.find()) {
      usersOf.computeIfAbsent(names.group(), name -> new HashSet<>()).add(user);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String top(JavaClass type) {
    JavaClass outer = type;
    while (outer.getEnclosingClass().isPresent()) {
      outer = outer.getEnclosingClass().get();
    }
    return outer.getName();
  }
}
