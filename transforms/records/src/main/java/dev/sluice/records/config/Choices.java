package dev.sluice.records.config;

import java.util.List;

/** Words that a text may be and that are known only in the running program, such as plugins'. */
public interface Choices {

  /** The words, in the order in which they are listed; none if any text will do. */
  List<String> words();

  /** Any text. */
  final class Any implements Choices {
    /** Called by the reader of files. */
    public Any() {}

    @Override
    public List<String> words() {
      return List.of();
    }
  }
}
