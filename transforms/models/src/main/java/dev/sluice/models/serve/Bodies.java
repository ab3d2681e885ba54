package dev.sluice.models.serve;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.models.Completion;
import dev.sluice.models.TokenSpans;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Replies as OpenAI's interface has them. */
final class Bodies {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ServedModel model;
  private final Request request;
  private final String id;
  private final long created;

  Bodies(ServedModel model, Request request, String id, long created) {
    this.model = model;
    this.request = request;
    this.id = id;
    this.created = created;
  }

  static ObjectNode object() {
    return JSON.createObjectNode();
  }

  /** A mistake. */
  static ObjectNode error(int status, String message) {
    ObjectNode json = object();
    json.putObject("error")
        .put("message", message)
        .put("type", status < 500 ? "invalid_request_error" : "server_error")
        .put("code", status);
    return json;
  }

  private ObjectNode head(boolean piece) {
    return object()
        .put("id", id)
        .put(
            "object",
            request.chat()
                ? piece ? "chat.completion.chunk" : "chat.completion"
                : "text_completion")
        .put("created", created)
        .put("model", model.info().name());
  }

  /** The whole reply. */
  ObjectNode whole(List<Completion> completions) {
    ObjectNode json = head(false);
    ArrayNode choices = json.putArray("choices");
    long tokens = 0;
    for (int i = 0; i < completions.size(); i++) {
      Completion completion = completions.get(i);
      tokens += completion.tokenCount();
      ObjectNode choice = choices.addObject().put("index", i);
      if (request.chat()) {
        choice.putObject("message").put("role", "assistant").put("content", completion.text());
      } else {
        choice.put("text", completion.text());
      }
      end(choice, completion);
    }
    usage(json, tokens);
    return json;
  }

  /** A piece of one choice. */
  ObjectNode piece(int index, String text, boolean first) {
    ObjectNode json = head(true);
    ObjectNode choice = json.putArray("choices").addObject().put("index", index);
    if (request.chat()) {
      ObjectNode delta = choice.putObject("delta");
      if (first) {
        delta.put("role", "assistant");
      }
      delta.put("content", text);
    } else {
      choice.put("text", text);
    }
    choice.putNull("finish_reason");
    return json;
  }

  /** The last piece of one choice. */
  ObjectNode last(int index, String rest, boolean first, Completion completion) {
    ObjectNode json = piece(index, rest, first);
    end((ObjectNode) json.path("choices").path(0), completion);
    return json;
  }

  /** What a stream used. */
  ObjectNode used(long completionTokens) {
    ObjectNode json = head(true);
    json.putArray("choices");
    usage(json, completionTokens);
    return json;
  }

  private void usage(ObjectNode json, long completionTokens) {
    long prompt = request.prompts().stream().mapToLong(tokens -> tokens.length).sum();
    json.putObject("usage")
        .put("prompt_tokens", prompt)
        .put("completion_tokens", completionTokens)
        .put("total_tokens", prompt + completionTokens);
  }

  private void end(ObjectNode choice, Completion completion) {
    if (request.logprobs()) {
      logprobs(choice.putObject("logprobs"), completion);
    } else {
      choice.putNull("logprobs");
    }
    choice.put("finish_reason", completion.finishReason().name().toLowerCase(Locale.ROOT));
  }

  private void logprobs(ObjectNode json, Completion completion) {
    ArrayNode content = request.chat() ? json.putArray("content") : JSON.createArrayNode();
    ArrayNode tokens = JSON.createArrayNode();
    ArrayNode values = JSON.createArrayNode();
    ArrayNode offsets = JSON.createArrayNode();
    // Cut from the text of all, so that clients who join the pieces get what was written.
    String all = model.decode(completion.tokens());
    TokenSpans spans = TokenSpans.of(model::decode, completion.tokens());
    List<String> pieces = spans.pieces(all);
    for (int t = 0; t < completion.tokens().length; t++) {
      String text = pieces.get(t);
      float logprob = completion.logprobs()[t];
      ObjectNode one = content.addObject().put("token", text).put("logprob", logprob);
      ArrayNode bytes = one.putArray("bytes");
      for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
        bytes.add(each & 0xFF);
      }
      one.putArray("top_logprobs");
      tokens.add(text);
      values.add(logprob);
      offsets.add(spans.begins()[t]);
    }
    if (!request.chat()) {
      json.set("tokens", tokens);
      json.set("token_logprobs", values);
      json.putNull("top_logprobs");
      json.set("text_offset", offsets);
    }
  }
}
