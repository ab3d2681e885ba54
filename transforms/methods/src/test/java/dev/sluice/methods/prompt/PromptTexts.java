package dev.sluice.methods.prompt;

import dev.sluice.methods.reply.ReplyParser;
import java.util.Objects;

/** Prompt files for tests. */
public final class PromptTexts {
  private PromptTexts() {}

  /** The parser that a prompt file writes. */
  public static ReplyParser parser(String config) {
    return Objects.requireNonNull(read("asks_for: steps\nreply: " + config).reply());
  }

  static PromptText read(String yaml) {
    return PromptReader.read("test", yaml);
  }
}
