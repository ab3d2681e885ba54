package dev.sluice.methods.verification;

import dev.sluice.methods.prompt.JudgePrompt;
import dev.sluice.methods.text.StepPlace;
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
 * @param acceptance what makes a solution accepted, such as {@value #MEAN_OF_STEPS}
 * @param place the token at which a classifier speaks of a step
 */
public record JudgeUse(
    String model,
    String kind,
    JudgePrompt prompt,
    int votes,
    double temperature,
    int maxTokens,
    String acceptance,
    StepPlace place) {
  /** A vote is right if every step and the verdict on the whole are; more than half of them are. */
  public static final String MEAN_OF_STEPS = "all_steps by mean";

  /** A vote is one word; more than half of them are yes. */
  public static final String MEAN_OF_WORDS = "verdict by mean";

  private static final String CLASSIFIER = "classifier";

  /** A judge that is asked. */
  public JudgeUse(
      String model,
      String kind,
      JudgePrompt prompt,
      int votes,
      double temperature,
      int maxTokens,
      String acceptance) {
    this(model, kind, prompt, votes, temperature, maxTokens, acceptance, StepPlace.LAST_TOKEN);
  }

  /** A classifier, which is asked nothing and has one opinion. */
  public static JudgeUse classifier(String model, StepPlace place) {
    return new JudgeUse(model, CLASSIFIER, JudgePrompt.TASK, 1, 0, 0, MEAN_OF_STEPS, place);
  }

  /** Whether it is a classifier. */
  public boolean classifies() {
    return kind.equals(CLASSIFIER);
  }

  /** A config whose rewards ask judges. */
  public interface Rewards {
    /** How it asks each of them. */
    List<JudgeUse> judges();
  }

  /** What differs from another use, such as {@code votes 4 here, 1 there}; empty if nothing. */
  public List<String> differences(JudgeUse there) {
    List<String> found = new ArrayList<>();
    add(found, "kind", kind, there.kind);
    if (!kind.equals(there.kind) && (kind + there.kind).contains(CLASSIFIER)) {
      return found;
    }
    if (!place.same(there.place)) {
      add(found, "labels of steps at", place.described(), there.place.described());
    }
    add(found, "prompt", prompt.described(), there.prompt.described());
    add(found, "votes", votes, there.votes);
    add(found, "temperature", temperature, there.temperature);
    add(found, "most tokens of a vote", maxTokens, there.maxTokens);
    if (kind.equals(there.kind)) {
      add(found, "acceptance", acceptance, there.acceptance);
    }
    return found;
  }

  /** Whether both ask alike, so that nothing but acceptance differs. */
  public boolean askedAs(JudgeUse there) {
    return equals(
        new JudgeUse(
            there.model,
            there.kind,
            there.prompt,
            there.votes,
            there.temperature,
            there.maxTokens,
            acceptance,
            there.place));
  }

  private static void add(List<String> found, String name, Object here, Object there) {
    if (!here.equals(there)) {
      found.add("%s %s here, %s there".formatted(name, here, there));
    }
  }
}
