package dev.sluice.methods.prompt;

import java.util.ArrayList;
import java.util.List;

/** The form in which a family of prompts asks. */
public enum Form {
  /** An instruction, for models that follow one. */
  CHAT,
  /** Worked examples that the model goes on with as plain text; suits small and base models. */
  FEW_SHOT;

  /** Where a worked example ends. */
  private static final List<String> STOPS = List.of("\n\n", "\nQuestion:");

  /** The texts that end a reply: those given, and those that this form needs. */
  List<String> stops(List<String> given) {
    List<String> all = new ArrayList<>(given);
    if (this == FEW_SHOT) {
      STOPS.stream().filter(text -> !all.contains(text)).forEach(all::add);
    }
    return List.copyOf(all);
  }
}
