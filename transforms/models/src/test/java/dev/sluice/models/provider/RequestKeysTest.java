package dev.sluice.models.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RequestKeysTest {

  private static RequestKeys keys(@Nullable Object... namesAndValues) {
    Map<String, @Nullable Object> keys = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      keys.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
    }
    return new RequestKeys(keys);
  }

  private static String body(RequestKeys keys) {
    ObjectNode body = new ObjectMapper().createObjectNode();
    body.put("model", "m").put("max_tokens", 64).put("temperature", 0.5).put("seed", 9);
    keys.putInto(body);
    return body.toString();
  }

  @Test
  void keys_areAddedRenamedReplacedAndLeftOut() {
    assertThat(body(keys()))
        .isEqualTo("{\"model\":\"m\",\"max_tokens\":64,\"temperature\":0.5,\"seed\":9}");
    assertThat(
            body(
                keys(
                    "reasoning_effort",
                    "low",
                    "top_k",
                    20L,
                    "options",
                    Map.of("a", List.of(true)))))
        .isEqualTo(
            "{\"model\":\"m\",\"max_tokens\":64,\"temperature\":0.5,\"seed\":9,\"reasoning_effort\":\"low\",\"top_k\":20,\"options\":{\"a\":[true]}}");
    assertThat(body(keys("max_completion_tokens", "$max_tokens", "random_seed", "$seed")))
        .isEqualTo(
            "{\"model\":\"m\",\"temperature\":0.5,\"max_completion_tokens\":64,\"random_seed\":9}");
    assertThat(body(keys("temperature", 1L, "seed", null, "user", "$$x", "nucleus", "$top_p")))
        .isEqualTo("{\"model\":\"m\",\"max_tokens\":64,\"temperature\":1,\"user\":\"$x\"}");
    assertThat(
            body(keys("temperature", "$temperature", "max_tokens", null, "limit", "$max_tokens")))
        .isEqualTo("{\"model\":\"m\",\"seed\":9,\"temperature\":0.5,\"limit\":64}");
  }

  @Test
  void equalKeys_haveEqualDigestsWhateverTheirOrder() {
    RequestKeys one = keys("a", 1L, "b", new LinkedHashMap<>(Map.of("x", 1L, "y", 2L)));
    RequestKeys other = keys("b", new java.util.TreeMap<>(Map.of("y", 2L, "x", 1L)), "a", 1L);
    assertThat(one.canonical()).isEqualTo("{\"a\":1,\"b\":{\"x\":1,\"y\":2}}");
    assertThat(other.digest()).isEqualTo(one.digest()).matches("[0-9a-f]{12}");
    assertThat(keys("a", 2L).digest()).isNotEqualTo(keys("a", 1L).digest());
    assertThat(keys("a", null).digest()).isNotEqualTo(keys().digest());
  }

  @Test
  void whatSluiceDecides_mayNotStandThere() {
    assertThat(keys("reasoning_effort", "low", "stop", null, "temperature", 1.0).objection())
        .isEmpty();
    assertThat(keys("max_completion_tokens", "$max_tokens", "seed", null).objection()).isEmpty();
    for (String name : List.of("model", "messages", "prompt", "n", "stream", "best_of", "echo")) {
      assertThat(keys(name, null).objection())
          .isEqualTo(
              "request may not hold '"
                  + name
                  + "': Sluice decides it for each request; leave it out");
    }
    assertThat(keys("max_completion_tokens", 100L).objection())
        .isEqualTo(
            "request.max_completion_tokens may not be 100, since budgets count on the stage's max_tokens; to send that under another name, write 'max_completion_tokens: $max_tokens'");
    assertThat(keys("max_tokens", null).objection())
        .startsWith("request.max_tokens may not be null, since budgets");
    assertThat(keys("max_tokens", "$seed").objection())
        .startsWith("request.max_tokens may not be $seed, since budgets");
    assertThat(keys("seed", 7L).objection())
        .isEqualTo(
            "request.seed may not be 7, since all samples would be equal; leave it out, or write 'seed: null' for a server that takes none");
    assertThat(keys("limit", "$maxtokens").objection())
        .isEqualTo(
            "request.limit is '$maxtokens', but Sluice sends no key 'maxtokens'; it sends max_tokens, temperature, top_p, top_k, stop, seed, logprobs (a text that begins with a dollar is written with two)");
  }
}
