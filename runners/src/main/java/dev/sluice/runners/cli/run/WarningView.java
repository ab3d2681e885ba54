package dev.sluice.runners.cli.run;

import dev.sluice.pipelines.run.driver.RunListener;
import dev.sluice.runners.cli.terminal.Terminal;

/** What {@code --quiet} prints of a run: no progress, but the warnings. */
record WarningView(Terminal terminal) implements RunListener {
  @Override
  public void warning(String stage, String message) {
    terminal.err().printf("warning: %s: %s%n", stage, message);
  }
}
