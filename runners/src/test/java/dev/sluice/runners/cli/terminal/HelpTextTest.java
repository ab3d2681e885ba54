package dev.sluice.runners.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.runners.cli.Said;
import dev.sluice.runners.cli.Toys;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HelpTextTest {
  private final Path workspace;

  HelpTextTest(@TempDir Path workspace) {
    this.workspace = workspace;
  }

  private Said sluice(String... words) {
    return Said.of(Toys.services(), workspace, words);
  }

  @Test
  void help_breaksNoWordAndNamesTheExitCodes() {
    Said said = sluice("run", "--help");
    assertThat(said.code()).isZero();
    assertThat(said.out().lines()).allMatch(line -> line.length() <= 80);
    assertThat(said.out())
        .contains("pipeline.transforms.votes.config.votes=16", "s3://bucket/folder")
        .endsWith(
            """
            Exit codes:
              0   done
              1   a run failed, or 'verify' found damage
              2   a mistake in the file or the arguments, or a model that is missing or
                  damaged
              3   interrupted; 'resume' continues
              4   stopped by its budget; 'resume' continues with a higher one
            """);
  }

  @Test
  void helpOfACommand_isWhatItsOptionPrints() {
    assertThat(sluice("help", "inspect").out()).isEqualTo(sluice("inspect", "--help").out());
    assertThat(sluice("help", "model", "generate").out())
        .isEqualTo(sluice("model", "generate", "--help").out())
        .startsWith("Usage: sluice model generate ");
    Said unknown = sluice("help", "nothing");
    assertThat(unknown.code()).isEqualTo(ExitCode.MISTAKE);
    assertThat(unknown.err()).startsWith("Unmatched argument").contains("'nothing'");
  }
}
