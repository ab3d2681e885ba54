package dev.sluice.methods.prompt;

import dev.sluice.records.config.Choices;
import java.util.List;
import java.util.Set;

/** The prompt families that ask for a verdict. */
public final class JudgeFamilies implements Choices {
  /** Called by the reader of files. */
  public JudgeFamilies() {}

  @Override
  public List<String> words() {
    return PromptFamily.names(Set.of(PromptPurpose.STEPS, PromptPurpose.OUTCOME));
  }
}
