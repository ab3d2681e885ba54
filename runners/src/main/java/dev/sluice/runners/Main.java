package dev.sluice.runners;

import dev.sluice.runners.cli.SluiceCommand;

/** The program's beginning. */
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(SluiceCommand.execute(arguments));
  }
}
