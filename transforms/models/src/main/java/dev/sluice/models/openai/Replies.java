package dev.sluice.models.openai;

import dev.sluice.models.openai.wire.Reply;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Where replies of servers are kept, so that nothing is paid for twice. Safe for many threads. */
public interface Replies {

  /** Keeps nothing. */
  Replies NONE =
      new Replies() {
        @Override
        public Optional<Reply> find(String key) {
          return Optional.empty();
        }

        @Override
        public CompletableFuture<Void> keep(Map<String, Reply> replies) {
          return CompletableFuture.completedFuture(null);
        }
      };

  /** A reply that was kept. */
  Optional<Reply> find(String key);

  /** Keeps replies, by key; done once they are durable. */
  CompletableFuture<Void> keep(Map<String, Reply> replies);
}
