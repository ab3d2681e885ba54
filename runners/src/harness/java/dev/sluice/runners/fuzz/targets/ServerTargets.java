package dev.sluice.runners.fuzz.targets;

import dev.sluice.models.openai.wire.ServerReads;
import dev.sluice.runners.fuzz.inputs.Draw;
import dev.sluice.runners.fuzz.inputs.JsonEdits;
import dev.sluice.runners.fuzz.inputs.Odd;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What servers answer: status, headers and body, as one text. */
final class ServerTargets {
  private static final String JSON = "content-type: application/json\n";

  private static final List<String> BODIES =
      List.of(
          "{\"id\":\"1\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"A: 7\",\"reasoning_content\":\"hm\"},\"finish_reason\":\"stop\",\"logprobs\":{\"content\":[{\"token\":\"A\",\"logprob\":-0.5}]}}],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":3,\"total_tokens\":10}}",
          "{\"choices\":[{\"index\":1,\"text\":\"b\",\"finish_reason\":\"length\",\"logprobs\":{\"tokens\":[\"b\"],\"token_logprobs\":[-1.0]}},{\"index\":0,\"text\":\"a\",\"finish_reason\":null}],\"usage\":null}",
          "{\"choices\":[{\"message\":{\"content\":[{\"type\":\"text\",\"text\":\"x\"},{\"type\":\"thinking\",\"thinking\":[{\"text\":\"y\"}]}],\"refusal\":null},\"finish_reason\":\"end_turn\"}],\"usage\":{\"prompt_tokens\":5.0,\"completion_tokens\":-5}}",
          "{\"error\":{\"message\":\"You exceeded your quota\",\"code\":\"insufficient_quota\",\"type\":\"x\",\"details\":[{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\",\"retryDelay\":\"7.5s\"}]}}",
          "[{\"error\":{\"code\":429,\"status\":\"RESOURCE_EXHAUSTED\",\"message\":\"m\",\"details\":[{\"@type\":\"a.RetryInfo\",\"retryDelay\":{\"seconds\":3,\"nanos\":5}}]}}]",
          "{\"detail\":\"maximum context length is 10\"}",
          "{\"choices\":[{\"message\":{\"content\":null,\"tool_calls\":[]},\"finish_reason\":\"tool_calls\"}]}");

  private static final List<String> LISTS =
      List.of(
          "{\"object\":\"list\",\"data\":[{\"id\":\"scripted\",\"object\":\"model\"}]}",
          "{\"data\":[{\"id\":\"other\"},{\"id\":7},{}]}",
          "{\"data\":[]}",
          "{\"error\":{\"message\":\"no\"}}",
          // vLLM
          "{\"object\":\"list\",\"data\":[{\"id\":\"scripted\",\"object\":\"model\",\"created\":1700000000,\"owned_by\":\"vllm\",\"root\":\"/models/scripted\",\"parent\":null,\"max_model_len\":4096,\"permission\":[{\"id\":\"modelperm-1\",\"allow_sampling\":true,\"group\":null}]}]}",
          // llama.cpp
          "{\"models\":[{\"name\":\"m.gguf\",\"model\":\"m.gguf\",\"capabilities\":[\"completion\"],\"details\":{\"format\":\"gguf\"}}],\"object\":\"list\",\"data\":[{\"id\":\"m.gguf\",\"object\":\"model\",\"created\":1,\"owned_by\":\"llamacpp\",\"meta\":{\"vocab_type\":2,\"n_vocab\":128256,\"n_params\":8030261312}}]}",
          // Ollama, with a model and with none
          "{\"object\":\"list\",\"data\":[{\"id\":\"scripted:latest\",\"object\":\"model\",\"created\":1,\"owned_by\":\"library\"}]}",
          "{\"object\":\"list\",\"data\":null}",
          // OpenAI
          "{\"object\":\"list\",\"data\":["
              + "{\"id\":\"gpt-4o\",\"object\":\"model\",\"created\":1,\"owned_by\":\"system\"},"
                  .repeat(60)
              + "{\"id\":\"scripted\"}]}",
          "{\"object\":\"list\",\"data\":["
              + "{\"id\":\"gpt-4o-sk-secret-0123456789\"},".repeat(60)
              + "{\"id\":\"last\"}],\"has_more\":false}",
          // text-generation-inference
          "{\"object\":\"list\",\"data\":[{\"id\":\"org/scripted\",\"object\":\"model\",\"created\":0,\"owned_by\":\"org/scripted\"}]}",
          "{\"error\":\"Model is overloaded\",\"error_type\":\"overloaded\"}");

  private static final List<String> WORDS =
      List.of(
          "stop",
          "length",
          "STOP",
          "content_filter",
          "tool_calls",
          "abort",
          "error",
          "eos",
          "max_tokens",
          "payment_required",
          "billing_hard",
          "too long",
          "context",
          "30s",
          "1.5s",
          "scripted",
          "sk-secret-0123456789",
          "s\\u006b-secret-0123456789",
          "RetryInfo");

  private static final List<String> HEADERS =
      List.of(
          "retry-after: 3",
          "retry-after: 0",
          "retry-after: 99999999999999999999",
          "retry-after: Wed, 21 Oct 2026 07:28:00 GMT",
          "retry-after: -1",
          "retry-after-ms: 1500",
          "x-ms-retry-after-ms: 999999999999999999",
          "date: Wed, 21 Oct 2026 07:27:00 GMT",
          "date: x",
          "content-type: text/html",
          "content-type: APPLICATION/JSON; charset=utf-16",
          "retry-after: 1e5",
          "retry-after: Wed, 99 Oct 2026 07:28:00 GMT");

  private static final List<String> STATUS =
      List.of(
          "200", "200", "200", "200", "201", "204", "301", "400", "401", "402", "403", "404", "405",
          "408", "409", "413", "422", "425", "429", "429", "500", "501", "503", "529", "599",
          "999");

  private static final String OPENAI = "dev.sluice.models.openai.";

  private ServerTargets() {}

  static List<Target> all() {
    JsonEdits bodies = new JsonEdits(BODIES, WORDS);
    JsonEdits lists = new JsonEdits(LISTS, WORDS);
    return List.of(
        Target.named("server-replies")
            .mutatedTexts(whole(BODIES), marks())
            .drawn(draw -> head(draw) + bodies.make(draw))
            .drawn(draw -> "200\n" + JSON + "\n" + bodies.make(draw))
            .covers(
                OPENAI + "wire.Protocol",
                OPENAI + "wire.Choice",
                OPENAI + "wire.Ending",
                OPENAI + "wire.TokenUsage",
                OPENAI + "wire.Limits",
                OPENAI + "wire.Backoff",
                OPENAI + "wire.KeyMask",
                OPENAI + "wire.Reply",
                OPENAI + "wire.Warnings")
            .reads(
                () -> {
                  ServerReads reads = new ServerReads();
                  return input -> read(input, reads::reply);
                }),
        Target.named("model-lists")
            .mutatedTexts(whole(LISTS), marks())
            .drawn(draw -> head(draw) + lists.make(draw))
            .drawn(draw -> "200\n" + JSON + "\n" + lists.make(draw))
            .covers(OPENAI + "ServerCheck")
            .notCounted(
                "asks servers over the network; what they answer is read where it is counted",
                OPENAI + "ServerCheck.check",
                OPENAI + "ServerCheck.look",
                OPENAI + "ServerCheck.away")
            .notCounted(
                "says why there is no answer",
                OPENAI + "ServerCheck.silent",
                OPENAI + "ServerCheck.mistake")
            .reads(
                () -> {
                  ServerReads reads = new ServerReads();
                  return input -> read(input, reads::models);
                }));
  }

  private static List<String> whole(List<String> bodies) {
    return bodies.stream().map(body -> "200\n" + JSON + "\n" + body).toList();
  }

  private static List<String> marks() {
    List<String> all = new ArrayList<>(WORDS);
    all.addAll(HEADERS);
    all.addAll(Odd.MARKS);
    return all;
  }

  private static String head(Draw draw) {
    StringBuilder head = new StringBuilder(draw.of(STATUS)).append('\n');
    head.append(draw.chance(0.9) ? JSON : "");
    for (int i = draw.few(3); i > 0; i--) {
      head.append(draw.of(HEADERS)).append(draw.chance(0.1) ? Odd.piece(draw) : "").append('\n');
    }
    return head.append('\n').toString();
  }

  /** Reads an answer. */
  @FunctionalInterface
  private interface Answer {
    boolean read(int status, HttpHeaders headers, byte[] body);
  }

  private static boolean read(byte[] input, Answer answer) {
    // One character a byte, so that the body stays what it is.
    String text = new String(input, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\n\n");
    String head = text.substring(0, Math.max(0, end));
    String body = end < 0 ? text : text.substring(end + 2);
    int status = 200;
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String line : head.split("\n", -1)) {
      int colon = line.indexOf(':');
      if (colon > 0 && !line.substring(0, colon).isBlank()) {
        headers
            .computeIfAbsent(line.substring(0, colon).strip(), name -> new ArrayList<>())
            .add(line.substring(colon + 1).strip());
      } else if (line.matches("[1-9][0-9]{2}")) {
        status = Integer.parseInt(line);
      }
    }
    return answer.read(
        status,
        HttpHeaders.of(headers, (name, value) -> true),
        body.getBytes(StandardCharsets.ISO_8859_1));
  }
}
