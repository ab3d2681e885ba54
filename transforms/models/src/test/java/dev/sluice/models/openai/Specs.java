package dev.sluice.models.openai;

import dev.sluice.models.Endpoint;
import dev.sluice.models.provider.OpenAiSpec;
import dev.sluice.models.provider.OpenAiSpec.Price;
import dev.sluice.models.provider.OpenAiSpec.Timeouts;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Entries under {@code models}, for tests. */
public final class Specs {
  private Specs() {}

  public static OpenAiSpec of(String url, Endpoint endpoint) {
    return of(List.of(url), endpoint, 16, 6, null, null);
  }

  /** With a short time for the whole reply, for servers that stall. */
  static OpenAiSpec impatient(String url, int attempts) {
    OpenAiSpec plain = of(url, Endpoint.CHAT);
    return new OpenAiSpec(
        url,
        List.of(),
        plain.model(),
        plain.revision(),
        null,
        plain.endpoint(),
        false,
        Map.of(),
        plain.maxInFlight(),
        attempts,
        new Timeouts("10s", "30s", "3s"),
        null,
        null,
        null);
  }

  public static OpenAiSpec withKey(String url, String variable) {
    OpenAiSpec plain = of(url, Endpoint.CHAT);
    return new OpenAiSpec(
        null,
        plain.baseUrls(),
        plain.model(),
        plain.revision(),
        variable,
        plain.endpoint(),
        false,
        Map.of(),
        plain.maxInFlight(),
        plain.maxAttempts(),
        plain.timeouts(),
        null,
        null,
        null);
  }

  static OpenAiSpec of(
      List<String> urls,
      Endpoint endpoint,
      int inFlight,
      int attempts,
      @Nullable Integer requestsPerMinute,
      @Nullable Price price) {
    return new OpenAiSpec(
        null,
        urls,
        "scripted",
        "1",
        null,
        endpoint,
        false,
        Map.of(),
        inFlight,
        attempts,
        new Timeouts("10s", "30s", "30s"),
        requestsPerMinute,
        null,
        price);
  }
}
