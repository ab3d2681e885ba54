package dev.sluice.pipelines.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.parts.Registry;
import dev.sluice.pipelines.file.Alert;
import dev.sluice.pipelines.file.StageTypes;
import dev.sluice.stages.synthesis.SynthesizeProblems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LastGoodFilesTest {
  private static final Registry REGISTRY =
      Registry.of(List.of(StageTypes.plugin(List.of(new SynthesizeProblems()))));

  private static final Map<String, String> ENVIRONMENT = Map.of("HOOK", "https://hooks/secret");

  @Test
  void alertsOfTheLastGoodText_areThereWhateverBecameOfTheFile(@TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("nightly.yaml");
    String good =
        """
        name: nightly
        pipeline: {type: chain, transforms: [{type: SynthesizeProblems, config: {source: {kind: arithmetic, count: 3}}}]}
        schedule: {cron: "0 2 * * *"}
        alerts: [{on: failure, webhook: "${HOOK}"}]
        """;
    LastGoodFiles kept = new LastGoodFiles(folder.resolve("workspace"));
    assertThat(kept.alerts(file, Instant.EPOCH, ENVIRONMENT, REGISTRY)).isEmpty();
    kept.keep(file, good);
    Files.writeString(file, "name: [");
    for (int look = 0; look < 2; look++) {
      assertThat(
              new LastGoodFiles(folder.resolve("workspace"))
                  .alerts(file, Instant.EPOCH, ENVIRONMENT, REGISTRY))
          .extracting(Alert::webhook)
          .containsExactly("https://hooks/secret");
      Files.deleteIfExists(file);
    }
    kept.keep(file, good.replace("failure", "late"));
    assertThat(kept.alerts(file, Instant.EPOCH, ENVIRONMENT, REGISTRY))
        .extracting(Alert::on)
        .containsExactly(Alert.Cause.LATE);
    // Without its environment the address is not known, and nothing else of the file is used.
    assertThat(kept.alerts(file, Instant.EPOCH, Map.of(), REGISTRY)).isEmpty();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path each : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(each)).doesNotContain("hooks/secret");
      }
    }
  }
}
