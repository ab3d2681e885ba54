package dev.sluice.models.openai.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** What is odd about a server and said once, not with each of its replies. */
public final class Warnings {
  private final Consumer<String> log;

  /** What was said of a server, by its kind, in the order of kinds. */
  private final Map<String, Map<String, String>> said = new ConcurrentHashMap<>();

  /** Replies that held a key, by server. */
  private final Map<String, AtomicLong> keys = new ConcurrentHashMap<>();

  Warnings(Consumer<String> log) {
    this.log = log;
  }

  /** A whole reply ended with a word that is not known, or with none. */
  void unknownEnding(String server, String word) {
    say(
        server,
        "finish_reason",
        "The server at %s ends a reply with finish_reason '%s', which does not say whether the reply is whole. Such replies are kept and count as cut off, so their solutions fail the format gate; a server that means a whole reply has to send 'stop'. This is said once."
            .formatted(server, word));
  }

  /**
   * A reply came with a number of tokens that it cannot have used.
   *
   * @param usage the keys and their values
   */
  void unbelievableUsage(String server, String usage) {
    say(
        server,
        "usage",
        "The server at %s says of a reply that it used %s. Such replies are kept, and the most that they can have used is counted against the budget; have the server send whole numbers of tokens in usage. This is said once."
            .formatted(server, usage));
  }

  /**
   * A reply is far longer than it was to be.
   *
   * @param tokens that were asked for at the most
   */
  void overlong(String server, long tokens) {
    say(
        server,
        "max_tokens",
        "The server at %s wrote a reply of far more than the %d tokens that max_tokens allows. Such replies are kept whole and count as cut off, so their solutions fail the format gate; no more than max_tokens is counted against the budget. Have the server obey max_tokens, or rename the key for it under request. The metric replies/overlong counts them. This is said once."
            .formatted(server, tokens));
  }

  /** The server takes a request only without the schema of its reply. */
  void schema(String server) {
    say(
        server,
        "response_format",
        "The server at %s refuses response_format with a JSON Schema and is asked without. Its replies are read as JSON all the same, and one that does not follow the schema counts as no vote. This is said once."
            .formatted(server));
  }

  /** A reply held halves of surrogate pairs. */
  void unpaired(String server) {
    say(
        server,
        "surrogates",
        "The server at %s wrote half of a surrogate pair into a reply, which no text in UTF-8 can hold. Such replies are kept with U+FFFD in its place. The metric replies/unpaired counts them. This is said once."
            .formatted(server));
  }

  /** A reply held the key that it was asked with. */
  void keyInReply(String server) {
    long times = keys.computeIfAbsent(server, key -> new AtomicLong()).incrementAndGet();
    if (times == 1) {
      log.accept(keySentence(server, times));
    }
  }

  private static String keySentence(String server, long times) {
    return "The server at %s wrote the key that it was asked with into %s. It is masked in rows and cache; change the key, and tell those who run the server."
        .formatted(server, times == 1 ? "a reply" : times + " replies");
  }

  private void say(String server, String kind, String sentence) {
    Map<String, String> ofServer =
        said.computeIfAbsent(server, key -> new ConcurrentSkipListMap<>());
    if (ofServer.putIfAbsent(kind, sentence) == null) {
      log.accept(sentence);
    }
  }

  /** What was said of some servers. */
  public List<String> of(List<String> servers) {
    List<String> all = new ArrayList<>();
    for (String server : servers) {
      all.addAll(said.getOrDefault(server, Map.of()).values());
      AtomicLong times = keys.get(server);
      if (times != null) {
        all.add(keySentence(server, times.get()));
      }
    }
    return List.copyOf(all);
  }
}
