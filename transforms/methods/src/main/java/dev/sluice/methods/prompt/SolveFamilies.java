package dev.sluice.methods.prompt;

import dev.sluice.records.config.Choices;
import java.util.List;
import java.util.Set;

/** The prompt families that ask for a solution. */
public final class SolveFamilies implements Choices {
  /** Called by the reader of files. */
  public SolveFamilies() {}

  @Override
  public List<String> words() {
    return PromptFamily.names(Set.of(PromptPurpose.SOLUTION));
  }
}
