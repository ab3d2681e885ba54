package dev.sluice.models.openai.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.models.Completion;
import dev.sluice.models.Flaw;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Replies that no text can hold, or that are far longer than asked, are kept, counted and said. */
class FlawedRepliesTest {
  private final ReadProtocol protocol = new ReadProtocol("http://a/v1", new TokenBound(300, 40));

  private Reply reply(String text, String usage) {
    Outcome.Answered answered =
        (Outcome.Answered)
            protocol.read(
                200,
                Map.of(),
                "{\"choices\": [{\"text\": \"%s\", \"finish_reason\": \"stop\"}], \"usage\": %s}"
                    .formatted(text, usage));
    return answered.replies().get(0);
  }

  @ParameterizedTest
  @CsvSource({
    "a\\ud800b, a\ufffdb",
    "\\udc00, \ufffd",
    "\\udc00\\ud800, \ufffd\ufffd",
    "\\ud83d\\ud83d\\ude00, \ufffd\ud83d\ude00",
    "end\\ud83d, end\ufffd",
    "\\ud83dx\\ude00, \ufffdx\ufffd",
  })
  void halfAPair_becomesTheReplacement(String json, String text) {
    Reply reply = reply(json, "{}");
    assertThat(reply.text()).isEqualTo(text);
    assertThat(reply.flaws()).containsExactly(Flaw.UNPAIRED);
    assertThat(reply.finished()).isTrue();
    assertThat(reply(json, "{}").completion().flaws()).containsExactly(Flaw.UNPAIRED);
    assertThat(protocol.warned())
        .containsExactly(
            "The server at http://a/v1 wrote half of a surrogate pair into a reply, which no text in UTF-8 can hold. Such replies are kept with U+FFFD in its place. The metric replies/unpaired counts them. This is said once.");
  }

  @ParameterizedTest
  @CsvSource({"\\ud83d\\ude00, \ud83d\ude00", "\ufffd, \ufffd", "'', ''", "caf\\u00e9, caf\u00e9"})
  void textThatIsWhole_staysAsItIs(String json, String text) {
    Reply reply = reply(json, "{\"completion_tokens\": 1}");
    assertThat(reply.text()).isEqualTo(text);
    assertThat(reply.flaws()).isEmpty();
    assertThat(protocol.warned()).isEmpty();
  }

  /** 40 tokens were asked for. */
  @ParameterizedTest
  @CsvSource({
    "80, 400, false",
    "81, 400, true",
    "40, 1279, false",
    "40, 1280, true",
    "0, 100000, true",
    "-1, 1279, false",
    "-1, 1280, true",
    // An account that no text of that length can have is no account.
    "1000, 400, false",
  })
  void farLongerThanAsked_isWholeAndCountsAsCutOff(int said, int bytes, boolean overlong) {
    String text = "a".repeat(bytes);
    Reply reply = reply(text, said < 0 ? "{}" : "{\"completion_tokens\": %d}".formatted(said));
    assertThat(reply.text()).isEqualTo(text);
    assertThat(reply.finished()).isEqualTo(!overlong);
    assertThat(reply.completion().finishReason())
        .isEqualTo(overlong ? Completion.FinishReason.LENGTH : Completion.FinishReason.STOP);
    assertThat(reply.completion().flaws()).isEqualTo(overlong ? Set.of(Flaw.OVERLONG) : Set.of());
    assertThat(reply.completionTokens()).isLessThanOrEqualTo(40);
    assertThat(protocol.warned().stream().filter(each -> each.contains("replies/overlong")))
        .hasSize(overlong ? 1 : 0);
  }

  @Test
  void warnsOnceAServer() {
    for (int i = 0; i < 3; i++) {
      assertThat(reply("a".repeat(9_000) + "\\ud800", "{}").flaws())
          .containsExactly(Flaw.UNPAIRED, Flaw.OVERLONG);
    }
    assertThat(protocol.warned())
        .containsExactlyInAnyOrder(
            "The server at http://a/v1 wrote a reply of far more than the 40 tokens that max_tokens allows. Such replies are kept whole and count as cut off, so their solutions fail the format gate; no more than max_tokens is counted against the budget. Have the server obey max_tokens, or rename the key for it under request. The metric replies/overlong counts them. This is said once.",
            "The server at http://a/v1 wrote half of a surrogate pair into a reply, which no text in UTF-8 can hold. Such replies are kept with U+FFFD in its place. The metric replies/unpaired counts them. This is said once.");
  }

  @Test
  void replyKeptBefore_hasNoFlaws() {
    assertThat(new Reply("a", "", true, 1, 1, List.of(), List.of()).flaws()).isEmpty();
  }
}
