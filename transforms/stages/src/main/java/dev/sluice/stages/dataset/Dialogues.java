package dev.sluice.stages.dataset;

import dev.sluice.records.Message;
import java.util.ArrayList;
import java.util.List;

/** Prompts and replies of rows, as texts or as conversations. */
final class Dialogues {
  private static final String LINE_END = "\n";
  private static final String ASSISTANT = "assistant";

  private Dialogues() {}

  /**
   * The conversation in a column. Of a text, one line end at the end is left out: trainers put
   * nothing between a prompt and what follows it, so an export ends the prompt with one.
   */
  static List<Message> prompt(DatasetRow row, String column) {
    if (!row.hasText(column)) {
      return row.messages(column);
    }
    String text = row.text(column);
    return List.of(
        Message.user(text.endsWith(LINE_END) ? text.substring(0, text.length() - 1) : text));
  }

  /**
   * The text of a reply: a text without one line end at its beginning, or the last turn of a
   * conversation, or a turn by itself.
   */
  static String reply(DatasetRow row, String column) {
    if (row.hasText(column)) {
      String text = row.text(column);
      return text.startsWith(LINE_END) ? text.substring(1) : text;
    }
    if (row.hasList(column)) {
      return last(row.messages(column), column);
    }
    DatasetRow turn = row.optionalItem(column);
    if (turn == null) {
      throw DatasetRowException.missing("has no text in column '%s'".formatted(row.at() + column));
    }
    return turn.text("content");
  }

  /** The conversation before its last turn, which has to be the assistant's. */
  static List<Message> before(List<Message> dialogue, String column) {
    last(dialogue, column);
    return dialogue.subList(0, dialogue.size() - 1);
  }

  /** The last turn of a conversation, which has to be the assistant's. */
  static String last(List<Message> dialogue, String column) {
    Message turn = dialogue.get(dialogue.size() - 1);
    if (!turn.role().equals(ASSISTANT)) {
      throw DatasetRowException.invalid(
          "ends with a turn of '%s' in column '%s', not with one of the assistant"
              .formatted(turn.role(), column));
    }
    return turn.content();
  }

  /** Replies in a column: one, or several where it is a list of texts. */
  static List<String> replies(DatasetRow row, String column) {
    if (!row.hasList(column)) {
      return List.of(reply(row, column));
    }
    List<String> replies = new ArrayList<>();
    if (isDialogue(row, column)) {
      replies.add(reply(row, column));
    } else {
      replies.addAll(row.texts(column));
    }
    if (replies.isEmpty()) {
      throw DatasetRowException.missing(
          "has an empty list in column '%s'".formatted(row.at() + column));
    }
    return replies;
  }

  private static boolean isDialogue(DatasetRow row, String column) {
    return row.object().path(column).path(0).isObject();
  }
}
