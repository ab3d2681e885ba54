package dev.sluice.models.openai.wire;

import dev.sluice.models.Endpoint;
import dev.sluice.models.openai.Specs;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads replies that tests write, and keeps what it warned of. */
public final class ReadProtocol {
  private final String server;
  private final TokenBound bound;
  private final List<String> warned = new ArrayList<>();
  private final Protocol protocol;

  public ReadProtocol(String server, TokenBound bound) {
    this.server = server;
    this.bound = bound;
    this.protocol =
        new Protocol(
            Specs.of(server, Endpoint.CHAT),
            ApiKey.of(null, name -> null),
            new Warnings(warned::add));
  }

  public Outcome read(int status, Map<String, String> headers, String body) {
    Map<String, List<String>> lists = new HashMap<>();
    headers.forEach((name, value) -> lists.put(name, List.of(value)));
    lists.put("Content-Type", List.of("application/json"));
    return protocol.read(
        server,
        status,
        HttpHeaders.of(lists, (name, value) -> true),
        body.getBytes(StandardCharsets.UTF_8),
        bound);
  }

  public List<String> warned() {
    return warned;
  }
}
