package dev.sluice.runners.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.runners.fuzz.inputs.Repository;
import dev.sluice.runners.fuzz.targets.Target;
import dev.sluice.runners.fuzz.targets.Targets;
import dev.sluice.runners.fuzz.targets.Uncounted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What was found before is not found again, and every reader still takes inputs. */
@DisplayNameGeneration(DisplayNameGenerator.Simple.class)
class FuzzFindsTest {
  private static final String FINDS = "runners/src/harness/resources/dev/sluice/runners/fuzz/finds";
  private static final long SEED = 1;
  private static final int INPUTS = 200;

  private static final Map<String, Target.Reader> READERS = new HashMap<>();

  static List<Path> finds() {
    return Repository.files(FINDS, "", Long.MAX_VALUE).stream()
        .filter(Files::isRegularFile)
        .toList();
  }

  static Stream<String> readers() {
    return Targets.all().stream().map(Target::name);
  }

  private static Trial read(Target target, byte[] input) {
    Target.Reader reader = READERS.computeIfAbsent(target.name(), name -> target.reader().get());
    return Trial.of(target, reader, input);
  }

  @ParameterizedTest
  @MethodSource("finds")
  void find_again_isReadOrRefused(Path file) throws IOException {
    String name = file.getFileName().toString();
    Target target = Targets.of(name.substring(0, name.lastIndexOf('-')));
    assertThat(read(target, Files.readAllBytes(file)).fault()).isNull();
  }

  @ParameterizedTest
  @MethodSource("readers")
  void reader_ofAFewInputs_readsOrRefusesEach(String name) {
    Target target = Targets.of(name);
    for (int number = 0; number < INPUTS; number++) {
      assertThat(read(target, target.input(SEED, number)).fault())
          .as("input %d of seed %d", number, SEED)
          .isNull();
    }
  }

  @ParameterizedTest
  @MethodSource("readers")
  void classesOfAReader_areThere(String name) throws IOException {
    List<Path> folders =
        Stream.of(
                "transforms/records",
                "transforms/models",
                "transforms/methods",
                "transforms/stages",
                "pipelines",
                "runners")
            .map(module -> Repository.path(module + "/target/classes"))
            .toList();
    assertThat(Coverage.files(Targets.of(name), folders)).isNotEmpty();
    assertThat(Targets.of(name).uncounted()).allMatch(Uncounted::exists);
  }
}
