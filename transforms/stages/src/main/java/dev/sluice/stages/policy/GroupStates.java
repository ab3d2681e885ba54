package dev.sluice.stages.policy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.stages.UnitContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;

/**
 * What the rules of groups left at the end of a round, in their order. It lies in the policy's
 * folder, so that it is committed with the policy.
 */
record GroupStates(List<String> states) {
  private static final String FILE = "group_rules.json";

  GroupStates {
    states = List.copyOf(states);
  }

  /** What the round before left; empty states in the first. */
  static GroupStates before(UpdatePolicyConfig config, UnitContext context) {
    GroupStates none = new GroupStates(Collections.nCopies(config.groups().size(), ""));
    if (!context.unit().models().containsKey(PolicyRounds.POLICY)) {
      return none;
    }
    Path file = context.modelFolder(PolicyRounds.POLICY).resolve(FILE);
    try {
      return Files.exists(file)
          ? new GroupStates(
              new ObjectMapper().readValue(Files.readString(file), new TypeReference<>() {}))
          : none;
    } catch (IOException e) {
      throw new UncheckedIOException("Reading what the round before left in " + file, e);
    }
  }

  /** Writes the states to a policy's folder; without any there is no file. */
  void save(Path folder) {
    if (states.stream().allMatch(String::isEmpty)) {
      return;
    }
    try {
      Files.writeString(folder.resolve(FILE), new ObjectMapper().writeValueAsString(states));
    } catch (IOException e) {
      throw new UncheckedIOException("Writing the states of the rules of groups to " + folder, e);
    }
  }
}
