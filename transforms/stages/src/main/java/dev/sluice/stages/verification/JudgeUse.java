package dev.sluice.stages.verification;

import dev.sluice.stages.prompts.JudgePrompt;
import java.util.ArrayList;
import java.util.List;

/**
 * How a stage asks a judge: what another one has to repeat to measure the same judge.
 *
 * @param model the judge's name in the file
 * @param kind such as {@code process}
 * @param prompt how it is asked; {@link JudgePrompt#TASK} for a classifier
 * @param votes votes on each solution
 * @param temperature of the votes
 * @param maxTokens most tokens of a vote
 */
public record JudgeUse(
    String model, String kind, JudgePrompt prompt, int votes, double temperature, int maxTokens) {

  /** A config whose rewards ask judges. */
  public interface Rewards {
    /** How it asks each of them. */
    List<JudgeUse> judges();
  }

  /** What differs from another use, such as {@code votes 4 here, 1 there}; empty if nothing. */
  public List<String> differences(JudgeUse there) {
    List<String> found = new ArrayList<>();
    add(found, "kind", kind, there.kind);
    add(found, "prompt", prompt.described(), there.prompt.described());
    add(found, "votes", votes, there.votes);
    add(found, "temperature", temperature, there.temperature);
    add(found, "most tokens of a vote", maxTokens, there.maxTokens);
    return found;
  }

  private static void add(List<String> found, String name, Object here, Object there) {
    if (!here.equals(there)) {
      found.add("%s %s here, %s there".formatted(name, here, there));
    }
  }
}
