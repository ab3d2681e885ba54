package dev.sluice.models.openai;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is odd about a server and said once, not with each of its replies. */
final class Warnings {
  private static final Logger LOG = LoggerFactory.getLogger(Warnings.class);

  /** Of this process, whichever models it has open. */
  static final Warnings OF_PROCESS = new Warnings(LOG::warn);

  private final Consumer<String> log;
  private final Map<String, String> said = new ConcurrentHashMap<>();

  Warnings(Consumer<String> log) {
    this.log = log;
  }

  /** A whole reply ended with a word that is not known, or with none. */
  void unknownEnding(String server, String word) {
    String sentence =
        "The server at %s ends a reply with finish_reason '%s', which does not say whether the reply is whole. Such replies are kept and count as cut off, so their solutions fail the format gate; a server that means a whole reply has to send 'stop'. This is said once."
            .formatted(server, word);
    if (said.putIfAbsent(server, sentence) == null) {
      log.accept(sentence);
    }
  }

  /** What was said of some servers. */
  List<String> of(List<String> servers) {
    return servers.stream().map(said::get).filter(Objects::nonNull).toList();
  }
}
