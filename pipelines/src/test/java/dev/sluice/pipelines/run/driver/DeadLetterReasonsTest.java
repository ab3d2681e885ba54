package dev.sluice.pipelines.run.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.records.DeadLetter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DeadLetterReasonsTest {
  private static DeadLetter letter(String id, String kind, String message, boolean retriable) {
    return new DeadLetter("{\"row\":\"" + id + "\"}", message, "S", id, kind, 1, retriable);
  }

  @Test
  void lettersThatDifferInIdsNumbersAndQuotedValues_areOneReason() {
    DeadLetterReasons reasons =
        DeadLetterReasons.count(
            List.of(
                letter("a1", "server_error", "Asking about a1: the server failed (500)", true),
                letter("b2", "unparsed", "The reply 'x' of 12 tokens has no verdict", false),
                letter("c3", "unparsed", "The reply 'yy' of 7 tokens has no verdict", false),
                letter("d4", "unparsed", "The problem 0123456789abcdef has no answer", false),
                letter("e5", "server_error", "Asking about e5: the server failed (503)", true)));
    assertThat(reasons.mostFirst())
        .extracting(each -> each.rows() + " " + each.errorClass() + " " + each.example().recordId())
        .containsExactly("2 server_error a1", "2 unparsed b2", "1 unparsed d4");
    assertThat(reasons.mendable()).isEqualTo(2);
    assertThat(reasons.text())
        .isEqualTo(
            "\n  2 rows (server_error): Asking about a1: the server failed (500)"
                + "\n    for example the record a1: {\"row\":\"a1\"}"
                + "\n  2 rows (unparsed): The reply 'x' of 12 tokens has no verdict"
                + "\n    for example the record b2: {\"row\":\"b2\"}"
                + "\n  1 row (unparsed): The problem 0123456789abcdef has no answer"
                + "\n    for example the record d4: {\"row\":\"d4\"}");
  }

  @Test
  void longAndHostileTexts_areCutToOneLine() {
    DeadLetterReasons reasons =
        DeadLetterReasons.count(
            List.of(
                letter("a", "x", "one\ntwo\u001b[2Jthree " + "z".repeat(1_000), false),
                new DeadLetter("\uD83D\uDE00".repeat(500), "other", "S", "b", "x", 1, false)));
    assertThat(reasons.text().lines().filter(line -> !line.isEmpty())).hasSize(4);
    assertThat(reasons.text())
        .contains("one two [2Jthree zzz", "zzz...")
        .doesNotContain("\u001b")
        .endsWith("\uD83D\uDE00...");
  }

  @Test
  void manyReasons_areCountedBelowTheFirstFive() {
    List<DeadLetter> letters = new ArrayList<>();
    for (char kind = 'a'; kind < 'm'; kind++) {
      letters.add(letter("r", "kind_" + kind, "broke", false));
    }
    letters.add(letter("r", "kind_l", "broke", false));
    String text = DeadLetterReasons.count(letters).text();
    assertThat(text)
        .startsWith("\n  2 rows (kind_l): broke")
        .endsWith("\n  7 rows for 7 other reasons");
    assertThat(DeadLetterReasons.count(List.of()).text()).isEmpty();
  }
}
