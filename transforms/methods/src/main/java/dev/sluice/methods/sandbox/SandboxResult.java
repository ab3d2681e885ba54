package dev.sluice.methods.sandbox;

/**
 * What became of a program.
 *
 * @param end how it ended
 * @param output what it printed, as far as the limit
 * @param error the last line that it wrote to its error output; empty if there is none
 */
public record SandboxResult(SandboxEnd end, String output, String error) {

  /** How it ended, to follow "the program". */
  public String words() {
    return error.isEmpty() || end == SandboxEnd.DONE
        ? end.words()
        : end.words() + " (" + error + ")";
  }
}
