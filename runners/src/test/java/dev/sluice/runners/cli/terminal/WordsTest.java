package dev.sluice.runners.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

final class WordsTest {
  private static final Set<String> COMMANDS = Set.of("run", "runs", "schedule", "inspect");

  private static String inOrder(String line) {
    return String.join(" ", Words.inOrder(line.split(" ", -1), COMMANDS));
  }

  @Test
  void optionsBeforeTheCommand_standBehindIt() {
    assertThat(inOrder("--workspace w runs")).isEqualTo("runs --workspace w");
    assertThat(inOrder("--workspace=w --json run f.yaml --only a"))
        .isEqualTo("run --workspace=w --json f.yaml --only a");
    assertThat(inOrder("--quiet runs")).isEqualTo("runs --quiet");
    assertThat(inOrder("--workspace runs runs")).isEqualTo("runs --workspace runs");
    assertThat(inOrder("--set seed=8 run f.yaml")).isEqualTo("run --set seed=8 f.yaml");
    assertThat(inOrder("--workspace w schedule list")).isEqualTo("schedule list --workspace w");
  }

  @Test
  void helpOfACommand_isItsOption() {
    assertThat(inOrder("help run")).isEqualTo("run --help");
    assertThat(inOrder("help")).isEqualTo("--help");
    assertThat(inOrder("help schedule list")).isEqualTo("schedule list --help");
    assertThat(inOrder("help nothing")).isEqualTo("nothing");
  }

  @Test
  void otherLines_stayAsTheyAre() {
    for (String line :
        new String[] {"run --json f.yaml", "--version", "nothing --json", "-h", ""}) {
      assertThat(inOrder(line)).isEqualTo(line);
    }
  }
}
