package dev.sluice.models.openai.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.models.openai.wire.Outcome.Answered;
import dev.sluice.models.openai.wire.Outcome.Fate;
import dev.sluice.models.openai.wire.Outcome.Trouble;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What bodies of servers say: endings, texts, log-probabilities and limits. */
class ProtocolTest {
  private static final String SERVER = "http://a/v1";

  private final ReadProtocol protocol = new ReadProtocol(SERVER, new TokenBound(7, 100));

  private Outcome read(int status, Map<String, String> headers, String body) {
    return protocol.read(status, headers, body);
  }

  private Outcome choice(String choice) {
    return read(200, Map.of(), "{\"choices\": [" + choice + "]}");
  }

  private Reply reply(String choice) {
    return ((Answered) choice(choice)).replies().get(0);
  }

  private Outcome ended(String reason) {
    return choice("{\"message\": {\"content\": \"Step 1: 2\"}, \"finish_reason\": " + reason + "}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "stop",
        "STOP",
        "eos",
        "eos_token",
        "stop_sequence",
        "Stop-Sequence",
        "end_turn",
        "COMPLETE",
        "completed",
        "FINISH_REASON_STOP",
        "tool_calls",
        "function_call",
        "tool_use"
      })
  void anEndingOfItsOwn_isFinished(String word) {
    Answered answered = (Answered) ended("\"" + word + "\"");
    assertThat(answered.replies())
        .extracting(Reply::text, Reply::finished)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("Step 1: 2", true));
    assertThat(protocol.warned()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "length",
        "LENGTH",
        "max_tokens",
        "MAX_TOKENS",
        "Max Tokens",
        "model_length",
        "max_output_tokens",
        "model_context_window_exceeded"
      })
  void aCut_isNotFinished(String word) {
    Answered answered = (Answered) ended("\"" + word + "\"");
    assertThat(answered.replies()).extracting(Reply::finished).containsExactly(false);
    assertThat(protocol.warned()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "content_filter",
        "SAFETY",
        "recitation",
        "refusal",
        "PROHIBITED_CONTENT",
        "toxic"
      })
  void aRefusal_isDeadAtOnce(String word) {
    Trouble trouble = (Trouble) ended("\"" + word + "\"");
    assertThat(trouble.fate()).isEqualTo(Fate.DEAD);
    assertThat(trouble.errorClass()).isEqualTo("content_filter");
    assertThat(trouble.spent()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"abort", "Abort", "error", "cancelled", "CANCELED", "timeout"})
  void aReplyThatTheServerGaveUp_isAskedAgain(String word) {
    Trouble trouble = (Trouble) ended("\"" + word + "\"");
    assertThat(trouble.fate()).isEqualTo(Fate.RETRY);
    assertThat(trouble.errorClass()).isEqualTo("server_error");
    assertThat(trouble.message())
        .isEqualTo("the server gave up a reply (finish_reason '" + word + "')");
  }

  @Test
  void anErrorOfAChoice_isAskedAgainWhateverItsWord() {
    Trouble trouble =
        (Trouble)
            choice(
                "{\"message\": {\"content\": \"Ste\"}, \"finish_reason\": \"stop\", \"error\": {\"code\": 502}}");
    assertThat(trouble.fate()).isEqualTo(Fate.RETRY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "\"\"", "\"because\"", "\"OTHER\"", "3"})
  void anUnknownEnding_isKeptAsUnfinishedAndWarnedOfOnce(String reason) {
    for (int i = 0; i < 3; i++) {
      Answered answered = (Answered) ended(reason);
      assertThat(answered.replies()).extracting(Reply::text).containsExactly("Step 1: 2");
      assertThat(answered.replies()).extracting(Reply::finished).containsExactly(false);
    }
    assertThat(protocol.warned()).hasSize(1);
    assertThat(protocol.warned().get(0))
        .startsWith(
            "The server at http://a/v1 ends a reply with finish_reason '"
                + reason.replace("\"", "")
                + "', which does not say whether the reply is whole.");
  }

  @Test
  void noEndingAtAll_isUnknown() {
    assertThat(reply("{\"text\": \"Step 1\"}").finished()).isFalse();
    assertThat(protocol.warned()).hasSize(1);
  }

  @Test
  void aToolCallWithoutText_isAskedAgain() {
    Trouble trouble =
        (Trouble)
            choice(
                "{\"message\": {\"content\": \"\", \"tool_calls\": [{}]}, \"finish_reason\": \"tool_calls\"}");
    assertThat(trouble.errorClass()).isEqualTo("malformed_reply");
    assertThat(trouble.message()).startsWith("a choice in the server's JSON calls a tool");
  }

  @Test
  void aMessageThatRefuses_isDead() {
    Trouble trouble =
        (Trouble)
            choice(
                "{\"message\": {\"content\": null, \"refusal\": \"I cannot.\"}, \"finish_reason\": \"stop\"}");
    assertThat(trouble.errorClass()).isEqualTo("content_filter");
  }

  private static String parts(String content) {
    return "{\"message\": {\"content\": " + content + "}, \"finish_reason\": \"stop\"}";
  }

  @Test
  void contentInParts_textsAreJoinedAndThoughtsKeptApart() {
    assertThat(
            reply(
                parts(
                    """
                    [{"type": "thinking", "thinking": [{"type": "text", "text": "hm, "}, {"type": "text", "text": "2"}]},
                     {"type": "text", "text": "Answer: "}, {"type": "text", "text": "3"}]""")))
        .extracting(Reply::text, Reply::reasoning)
        .containsExactly("Answer: 3", "hm, 2");
    assertThat(
            reply(
                parts(
                    """
                    [{"type": "thinking", "thinking": "hm", "signature": "x"}, {"type": "redacted_thinking", "data": "x"},
                     {"type": "output_text", "text": "3"}, {"type": "image_url", "image_url": {"url": "u"}}]""")))
        .extracting(Reply::text, Reply::reasoning)
        .containsExactly("3", "hm");
    assertThat(
            reply(parts("[{\"type\": \"reasoning\", \"summary\": [{\"text\": \"so\"}]}, \"3\"]")))
        .extracting(Reply::text, Reply::reasoning)
        .containsExactly("3", "so");
    assertThat(reply(parts("[{\"type\": \"text\", \"text\": \"\"}]")).text()).isEmpty();
    Trouble nothing = (Trouble) choice(parts("[]"));
    assertThat(nothing.errorClass()).isEqualTo("malformed_reply");
  }

  @Test
  void reasoningBesideTheContent_isReadUnderBothNames() {
    for (String key : List.of("reasoning_content", "reasoning")) {
      Reply reply =
          reply(
              "{\"message\": {\"content\": null, \"%s\": \"hm\"}, \"finish_reason\": \"length\"}"
                  .formatted(key));
      assertThat(reply).extracting(Reply::text, Reply::reasoning).containsExactly("", "hm");
    }
    assertThat(
            reply(
                "{\"message\": {\"content\": \"3\", \"reasoning_content\": null, \"reasoning\": \"hm\"}, \"finish_reason\": \"stop\"}"))
        .extracting(Reply::text, Reply::reasoning)
        .containsExactly("3", "hm");
  }

  private Reply logprobs(String logprobs) {
    return reply("{\"text\": \"25\", \"finish_reason\": \"stop\", \"logprobs\": " + logprobs + "}");
  }

  @Test
  void logProbabilities_areAbsentIfOneIs() {
    Reply whole =
        logprobs(
            "{\"content\": [{\"token\": \"2\", \"logprob\": -0.5}, {\"token\": \"5\", \"logprob\": 0}]}");
    assertThat(whole.pieces()).containsExactly("2", "5");
    assertThat(whole.logprobs()).containsExactly(-0.5, 0.0);
    for (String none :
        List.of(
            "null",
            "{\"content\": null}",
            "{\"content\": [{\"token\": \"25\", \"logprob\": null}]}",
            "{\"content\": [{\"token\": \"2\", \"logprob\": -1}, {\"token\": \"5\"}]}",
            "{\"content\": [{\"token\": \"25\", \"logprob\": \"NaN\"}]}",
            "{\"content\": [{\"logprob\": -1}]}",
            "{\"tokens\": [\"2\", \"5\"], \"token_logprobs\": [null, -1]}",
            "{\"tokens\": [\"2\"], \"token_logprobs\": [-2, -1]}")) {
      Reply reply = logprobs(none);
      assertThat(reply.logprobs()).as(none).isEmpty();
      assertThat(reply.pieces()).as(none).isEmpty();
      assertThat(reply.completion().logprobs()).as(none).isEmpty();
    }
  }

  private static final String GEMINI =
      """
      [{"error": {"code": 429, "status": "RESOURCE_EXHAUSTED",
        "message": "You exceeded your current quota, please check your plan and billing details.",
        "details": [{"@type": "type.googleapis.com/google.rpc.QuotaFailure"},
          {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": %s}]}}]""";

  @Test
  void limitsOfAMinute_waitAsLongAsTheServerSays() {
    assertThat(wait(Map.of("Retry-After", "2"), azure())).contains(Duration.ofSeconds(2));
    assertThat(wait(Map.of("Retry-After", "2", "retry-after-ms", "1250"), azure()))
        .contains(Duration.ofMillis(1250));
    assertThat(wait(Map.of(), GEMINI.formatted("\"22.5s\""))).contains(Duration.ofMillis(22_500));
    assertThat(wait(Map.of(), GEMINI.formatted("{\"seconds\": 3, \"nanos\": 250000000}")))
        .contains(Duration.ofMillis(3250));
    assertThat(wait(Map.of(), GEMINI.formatted("\"9999999s\""))).contains(Duration.ofMinutes(10));
    assertThat(wait(Map.of(), GEMINI.formatted("\"soon\""))).isEmpty();
    assertThat(wait(Map.of(), azure())).isEmpty();
    String vertex =
        "{\"error\": {\"code\": 429, \"status\": \"RESOURCE_EXHAUSTED\", \"message\": \"Quota exceeded for aiplatform.googleapis.com/online_prediction_requests_per_base_model\"}}";
    assertThat(wait(Map.of(), vertex)).isEmpty();
  }

  private static String azure() {
    return "{\"error\": {\"code\": \"429\", \"message\": \"Token rate limit reached. To increase your quota, see quotaincrease\"}}";
  }

  private Optional<Duration> wait(Map<String, String> headers, String body) {
    Trouble trouble = (Trouble) read(429, headers, body);
    assertThat(trouble.fate()).isEqualTo(Fate.RETRY);
    assertThat(trouble.errorClass()).isEqualTo("rate_limited");
    return trouble.pause();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "429|{\"error\": {\"code\": \"insufficient_quota\", \"message\": \"You exceeded your current quota\"}}",
        "429|{\"error\": {\"code\": null, \"type\": \"insufficient_quota\", \"message\": \"quota\"}}",
        "429|{\"error\": {\"code\": \"billing_hard_limit_reached\", \"message\": \"limit\"}}",
        "429|{\"error\": {\"type\": \"billing_not_active\", \"message\": \"inactive\"}}",
        "429|{\"error\": {\"message\": \"OpenAIException - insufficient_quota\"}}",
        "429|{\"error\": \"Insufficient account balance\"}",
        "402|{\"error\": {\"message\": \"Insufficient Balance\"}}",
        "402|{\"detail\": \"pay\"}"
      })
  void anAccountThatIsUsedUp_endsTheRun(int status, String body) {
    Trouble trouble = (Trouble) read(status, Map.of(), body);
    assertThat(trouble.fate()).isEqualTo(Fate.FATAL);
    assertThat(trouble.message())
        .startsWith("The server says that the account is used up (" + status + ": ")
        .endsWith("Nothing more was asked; top it up, or set another key, and run the file again.");
  }

  @Test
  void aServerThatFails_mayTellHowLong() {
    Trouble trouble = (Trouble) read(503, Map.of(), GEMINI.formatted("\"4s\""));
    assertThat(trouble.pause()).contains(Duration.ofSeconds(4));
    assertThat(trouble.message())
        .isEqualTo(
            "the server failed (503: You exceeded your current quota, please check your plan and billing details.)");
  }
}
