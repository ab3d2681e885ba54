package dev.sluice.methods.sandbox;

import java.util.Arrays;

/** How a program ended. */
public enum SandboxEnd {
  /** By itself, with exit code 0. */
  DONE("ended by itself", ""),
  /** Ended for time on the clock. */
  TIME("was ended: the limit of time on the clock", ""),
  /** Ended for processor time. */
  CPU("was ended: the limit of processor time", ""),
  /** Printed or wrote more than a file may hold. */
  OUTPUT("was ended: the limit of output or of a file", "File too large"),
  /** Filled its folder. */
  DISK("was ended: the limit of its folder", "No space left on device"),
  /** Asked for more memory than it may have. */
  MEMORY("was ended: the limit of memory", "MemoryError|Cannot allocate memory"),
  /** Started more processes than it may have. */
  PROCESSES(
      "was ended: the limit of processes",
      "Resource temporarily unavailable|can't start new thread|Cannot fork"),
  /** Asked for the network. */
  NETWORK(
      "failed: it has no network",
      "Network is unreachable|Name or service not known|name resolution"),
  /** Reached for what is outside of its folder. */
  OUTSIDE(
      "failed: it reached outside of its folder",
      "Read-only file system|Permission denied|Operation not permitted"),
  /** Ended by a signal that no limit explains. */
  KILLED("was ended by a signal", ""),
  /** With another exit code: a mistake of its own. */
  FAILED("failed", "");

  private final String words;

  /** Parts of the last words of programs that say so, divided by bars. */
  private final String signs;

  SandboxEnd(String words, String signs) {
    this.words = words;
    this.signs = signs;
  }

  /** What happened, to follow "the program". */
  public String words() {
    return words;
  }

  /** The limit that a program's last words name; {@link #FAILED} if they name none. */
  static SandboxEnd named(String lastWords) {
    for (SandboxEnd end : values()) {
      if (!end.signs.isEmpty()
          && Arrays.stream(end.signs.split("\\|", -1)).anyMatch(lastWords::contains)) {
        return end;
      }
    }
    return FAILED;
  }
}
