package dev.sluice.stages.dataset;

import dev.sluice.records.Message;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What rows with the columns {@code chosen} and {@code rejected} say, in all their spellings. */
final class PreferenceRows {
  private static final String CHOSEN = "chosen";
  private static final String REJECTED = "rejected";

  private PreferenceRows() {}

  /** Whether a row is a pair. */
  static boolean is(DatasetRow row) {
    return row.has(CHOSEN) || row.has(REJECTED);
  }

  /**
   * The conversation before the replies: a column of prompts, or what both dialogues begin with.
   *
   * @param prompts columns that may hold it
   */
  static List<Message> prompt(DatasetRow row, List<String> prompts) {
    for (String column : prompts) {
      if (row.has(column)) {
        return Dialogues.prompt(row, column);
      }
    }
    if (!row.hasList(CHOSEN) || !row.hasList(REJECTED)) {
      throw DatasetRowException.missing(
          "has no column '%s'; without one, 'chosen' and 'rejected' are whole dialogues"
              .formatted(prompts.get(0)));
    }
    List<Message> chosen = Dialogues.before(row.messages(CHOSEN), CHOSEN);
    List<Message> rejected = Dialogues.before(row.messages(REJECTED), REJECTED);
    if (!chosen.equals(rejected)) {
      throw DatasetRowException.invalid(
          "has dialogues in 'chosen' and 'rejected' that differ before their last turns");
    }
    return chosen;
  }

  /** The replies: the preferred ones first. */
  static List<DatasetSolution> solutions(DatasetRow row) {
    List<DatasetSolution> solutions = new ArrayList<>();
    Dialogues.replies(row, CHOSEN)
        .forEach(
            text -> solutions.add(DatasetSolution.ofText(text).from(null, writer(row, "chosen"))));
    Dialogues.replies(row, REJECTED)
        .forEach(
            text ->
                solutions.add(DatasetSolution.ofText(text).from(null, writer(row, "rejected"))));
    return solutions;
  }

  private static @Nullable String writer(DatasetRow row, String side) {
    return row.optionalText(side + "_model");
  }

  /** Each preferred reply with each other one. */
  static List<DatasetPair> pairs(DatasetRow row) {
    int chosen = Dialogues.replies(row, CHOSEN).size();
    int rejected = Dialogues.replies(row, REJECTED).size();
    List<DatasetPair> pairs = new ArrayList<>();
    for (int c = 0; c < chosen; c++) {
      for (int r = 0; r < rejected; r++) {
        pairs.add(new DatasetPair(c, chosen + r, row.optionalNumber("margin")));
      }
    }
    return pairs;
  }
}
