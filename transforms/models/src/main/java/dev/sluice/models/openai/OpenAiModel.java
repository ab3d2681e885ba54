package dev.sluice.models.openai;

import dev.sluice.models.Failure;
import dev.sluice.models.Generation;
import dev.sluice.models.GenerationRequest;
import dev.sluice.models.LanguageModel;
import dev.sluice.models.ModelException;
import dev.sluice.models.ModelInfo;
import dev.sluice.models.ScoreRequest;
import dev.sluice.models.openai.Call.Answer;
import dev.sluice.models.openai.wire.Protocol;
import dev.sluice.models.openai.wire.Reply;
import dev.sluice.models.openai.wire.TokenBound;
import dev.sluice.models.openai.wire.Warnings;
import dev.sluice.models.provider.OpenAiSpec;
import dev.sluice.records.manifest.Usage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A model behind a server. It generates; tokens, scores and weights stay on the server. A reply is
 * durable in the session's replies before anybody sees it.
 */
final class OpenAiModel implements LanguageModel {
  private static final long LOOK_MILLIS = 250;

  /** What servers have when a run is asked to stop may still be answered. */
  private static final long GRACE_NANOS = 5_000_000_000L;

  private final SharedWindow shared;
  private final OpenAiSpec spec;
  private final Session session;
  private final ReplyKeys keys;
  private final Warnings warnings;

  OpenAiModel(SharedWindow shared, OpenAiSpec spec, Session session, Warnings warnings) {
    this.warnings = warnings;
    this.shared = shared;
    this.spec = spec;
    this.session = session;
    this.keys = new ReplyKeys(spec);
  }

  /**
   * A completion that is wanted: its place in the request, its seed, and where its reply is kept.
   */
  private record Sample(int place, long seed, String key) {}

  /** What a request's samples have so far. */
  private static final class Gathered {
    final Map<Integer, Reply> replies = new HashMap<>();
    final List<Integer> cached = new ArrayList<>();
    long promptTokens;
    long completionTokens;
    @Nullable Failure failure;
    final Queue<Call> begun;
    final Listener listener;

    Gathered(Queue<Call> begun, Listener listener) {
      this.begun = begun;
      this.listener = listener;
    }
  }

  @Override
  public ModelInfo info() {
    return new ModelInfo(spec.model(), spec.identity(), Integer.MAX_VALUE, 0);
  }

  @Override
  public List<String> warnings() {
    return warnings.of(spec.servers());
  }

  @Override
  public List<Generation> generate(List<GenerationRequest> requests) {
    return generate(requests, (tokens, finished) -> {});
  }

  @Override
  public List<Generation> generate(List<GenerationRequest> requests, Listener listener) {
    List<CompletableFuture<Generation>> all = new ArrayList<>();
    List<Call> calls = new ArrayList<>();
    Queue<Call> begun = new ConcurrentLinkedQueue<>();
    for (GenerationRequest request : requests) {
      all.add(generate(request, calls, begun, listener));
    }
    shared.window().submit(calls);
    CompletableFuture<Void> end = CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new));
    try {
      await(end, begun);
    } catch (InterruptedException e) {
      giveUp(begun);
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The wait for replies was interrupted.", e);
    } catch (ExecutionException e) {
      throw cause(e.getCause());
    }
    return all.stream().map(CompletableFuture::join).toList();
  }

  /**
   * Waits for the end. Once the run is asked to stop, only for what servers have at that moment,
   * and not longer than {@link #GRACE_NANOS}: a wait for another try may last for minutes, and a
   * reply that trickles in for as long as its timeout.
   */
  private void await(CompletableFuture<Void> end, Queue<Call> begun)
      throws InterruptedException, ExecutionException {
    long stoppedAt = 0;
    while (true) {
      try {
        end.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        return;
      } catch (TimeoutException e) {
        if (!session.stopped().getAsBoolean()) {
          continue;
        }
        long now = System.nanoTime();
        stoppedAt = stoppedAt == 0 ? now : stoppedAt;
        if (now - stoppedAt >= GRACE_NANOS || begun.stream().noneMatch(call -> call.sent)) {
          giveUp(begun);
          throw new StoppedCallsException();
        }
      }
    }
  }

  private void giveUp(Queue<Call> begun) {
    begun.forEach(call -> call.answer.completeExceptionally(new CancellationException()));
    // Those in the queue make room.
    shared.window().submit(List.of());
  }

  private static RuntimeException cause(@Nullable Throwable error) {
    Throwable cause = error;
    while (cause instanceof java.util.concurrent.CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof RuntimeException known) {
      return known;
    }
    return new IllegalStateException("A request to a server ended oddly.", cause);
  }

  private CompletableFuture<Generation> generate(
      GenerationRequest request, List<Call> calls, Queue<Call> begun, Listener listener) {
    if (request.prompt().isEmpty()) {
      return CompletableFuture.completedFuture(
          new Generation(List.of(), 0, "The prompt has no tokens; there is nothing to answer."));
    }
    Gathered gathered = new Gathered(begun, listener);
    List<Sample> missing = new ArrayList<>();
    Map<Long, Integer> equalSeeds = new HashMap<>();
    String asked = keys.request(request);
    for (int i = 0; i < request.seeds().size(); i++) {
      long seed = request.seeds().get(i);
      String key = keys.sample(asked, seed, equalSeeds.merge(seed, 1, Integer::sum) - 1);
      Optional<Reply> kept = session.replies().find(key);
      if (kept.isPresent()) {
        gathered.replies.put(i, kept.get());
        gathered.cached.add(i);
        listener.grew(0, true);
      } else {
        missing.add(new Sample(i, seed, key));
      }
    }
    return ask(request, missing, gathered, calls).thenApply(done -> generation(request, gathered));
  }

  /**
   * Has calls made for samples; those that come later, since a server did not give all at once, are
   * sent at once.
   *
   * @param calls takes the calls of the first go
   */
  private CompletableFuture<Void> ask(
      GenerationRequest request, List<Sample> missing, Gathered gathered, List<Call> calls) {
    if (missing.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    if (missing.size() == 1 || shared.oneByOne()) {
      return oneByOne(request, missing, gathered, calls);
    }
    Sent together = call(request, missing, gathered, shared.takesSchema());
    calls.add(together.call());
    return answered(together, request, missing, gathered)
        .thenCompose(
            answer -> {
              Failure failure = answer.failure();
              if (failure != null && failure.errorClass().equals("bad_request")) {
                // It may be the number of samples that the server refuses; one alone will tell.
                return rest(request, missing, gathered)
                    .thenRun(
                        () -> {
                          if (gathered.failure == null) {
                            shared.learnOneByOne();
                          }
                        });
              }
              int came = Math.min(missing.size(), answer.replies().size());
              CompletableFuture<Void> kept = take(answer, missing.subList(0, came), gathered);
              if (failure != null || came == missing.size()) {
                return kept;
              }
              shared.learnOneByOne();
              List<Sample> others = missing.subList(came, missing.size());
              return kept.thenCompose(unused -> rest(request, others, gathered));
            });
  }

  private CompletableFuture<Void> rest(
      GenerationRequest request, List<Sample> missing, Gathered gathered) {
    List<Call> calls = new ArrayList<>();
    CompletableFuture<Void> done = oneByOne(request, missing, gathered, calls);
    shared.window().submit(calls);
    return done;
  }

  private CompletableFuture<Void> oneByOne(
      GenerationRequest request, List<Sample> missing, Gathered gathered, List<Call> calls) {
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (Sample sample : missing) {
      List<Sample> one = List.of(sample);
      Sent sent = call(request, one, gathered, shared.takesSchema());
      calls.add(sent.call());
      all.add(
          answered(sent, request, one, gathered)
              .thenCompose(answer -> take(answer, one, gathered)));
    }
    return CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new));
  }

  /**
   * A call on its way.
   *
   * @param withSchema whether the server is told of the reply's schema
   */
  private record Sent(Call call, boolean withSchema) {}

  /**
   * The answer to a call. A server that refuses it with a schema is asked without; if it takes
   * that, it is told of no schema any more.
   */
  private CompletableFuture<Answer> answered(
      Sent sent, GenerationRequest request, List<Sample> samples, Gathered gathered) {
    return sent.call()
        .answer
        .thenCompose(
            answer -> {
              Failure failure = answer.failure();
              if (!sent.withSchema()
                  || failure == null
                  || !failure.errorClass().equals("bad_request")) {
                return CompletableFuture.completedFuture(answer);
              }
              Call again = call(request, samples, gathered, false).call();
              shared.window().submit(List.of(again));
              return again.answer.thenApply(
                  second -> {
                    if (second.failure() == null) {
                      shared.learnWithoutSchema();
                    }
                    return second;
                  });
            });
  }

  private Sent call(
      GenerationRequest request, List<Sample> samples, Gathered gathered, boolean takesSchema) {
    boolean withSchema = takesSchema && !request.schema().isEmpty();
    byte[] body =
        shared.protocol().request(request, withSchema, samples.get(0).seed(), samples.size());
    TokenBound bound =
        new TokenBound(
            Protocol.promptBound(request), (long) request.sampling().maxTokens() * samples.size());
    Cost worst = Cost.of(bound.prompt(), bound.completion(), spec.price());
    Call call = new Call(body, bound, worst, session.budget());
    gathered.begun.add(call);
    return new Sent(call, withSchema);
  }

  /** Accounts an answer and keeps its replies; done once they are durable. */
  private CompletableFuture<Void> take(Answer answer, List<Sample> samples, Gathered gathered) {
    Map<String, Reply> kept = new HashMap<>();
    synchronized (gathered) {
      gathered.promptTokens += answer.promptTokens();
      gathered.completionTokens += answer.completionTokens();
      if (answer.failure() != null) {
        gathered.failure = answer.failure();
      }
      for (int i = 0; i < samples.size() && i < answer.replies().size(); i++) {
        gathered.replies.put(samples.get(i).place(), answer.replies().get(i));
        kept.put(samples.get(i).key(), answer.replies().get(i));
        gathered.listener.grew(
            i == 0 ? (int) Math.min(Integer.MAX_VALUE, answer.completionTokens()) : 0, true);
      }
    }
    return kept.isEmpty() ? CompletableFuture.completedFuture(null) : session.replies().keep(kept);
  }

  private Generation generation(GenerationRequest request, Gathered gathered) {
    synchronized (gathered) {
      Cost cost = Cost.of(gathered.promptTokens, gathered.completionTokens, spec.price());
      Usage usage =
          new Usage(
              gathered.replies.size(),
              gathered.cached.size(),
              gathered.promptTokens,
              gathered.completionTokens,
              cost.usd());
      Failure failure = gathered.failure;
      if (failure != null) {
        return new Generation(List.of(), 0, failure, usage);
      }
      List<dev.sluice.models.Completion> completions = new ArrayList<>();
      int prompt = 0;
      for (int i = 0; i < request.seeds().size(); i++) {
        Reply reply = gathered.replies.get(i);
        if (reply == null) {
          throw new IllegalStateException("A sample has neither a reply nor a failure.");
        }
        prompt = Math.max(prompt, reply.promptTokens());
        completions.add(reply.completion());
      }
      return new Generation(completions, prompt, null, usage);
    }
  }

  @Override
  public List<float[]> score(List<ScoreRequest> requests) {
    throw unable("score given texts");
  }

  @Override
  public int[] encodePrompt(String text) {
    throw unable("say the tokens of a text");
  }

  @Override
  public int[] encode(String text) {
    throw unable("say the tokens of a text");
  }

  @Override
  public String decode(int[] tokens) {
    throw unable("say the text of tokens");
  }

  private ModelException unable(String what) {
    return new ModelException(
        "The model '%s' is behind a server, which generates but does not %s. Use a model of the provider 'djl' here."
            .formatted(spec.model(), what));
  }

  @Override
  public void close() {
    shared.release();
  }
}
