package dev.sluice.export.trainers;

import dev.sluice.export.items.LabelledSolutions.Labelled;
import dev.sluice.records.Message;
import dev.sluice.records.Problem;
import java.util.ArrayList;
import java.util.List;

/** Texts and conversations that several trainers write alike. */
final class Turns {
  static final String INCORRECT = "solutions that the consensus does not call correct";
  static final String UNDECIDED = "solutions on which the consensus claims nothing";
  static final String UNLABELLED = "solutions whose steps have no labels";

  private Turns() {}

  /** The assistant's turn alone. */
  static List<Message> reply(String text) {
    return List.of(assistant(text));
  }

  static Message assistant(String text) {
    return new Message("assistant", text);
  }

  /** The problem's conversation and the assistant's turn. */
  static List<Message> dialogue(Problem problem, String text) {
    List<Message> all = new ArrayList<>(problem.messages());
    all.add(assistant(text));
    return all;
  }

  static List<Message> dialogue(Labelled item) {
    return dialogue(item.problem(), item.solution().text());
  }

  /** The content of the first system turn; empty if there is none. */
  static String system(Problem problem) {
    return problem.messages().stream()
        .filter(message -> message.role().equals("system"))
        .map(Message::content)
        .findFirst()
        .orElse("");
  }

  /** Whether the conversation is a question, with or without a system prompt before it. */
  static boolean isSingleTurn(Problem problem) {
    List<String> roles = problem.messages().stream().map(Message::role).toList();
    return roles.equals(List.of("user")) || roles.equals(List.of("system", "user"));
  }
}
