package dev.sluice.models.openai;

import dev.sluice.models.Failure;
import dev.sluice.models.ModelException;
import dev.sluice.models.openai.Call.Answer;
import dev.sluice.models.openai.Servers.Server;
import dev.sluice.models.openai.wire.Backoff;
import dev.sluice.models.openai.wire.Outcome;
import dev.sluice.models.openai.wire.Outcome.Answered;
import dev.sluice.models.openai.wire.Outcome.Fate;
import dev.sluice.models.openai.wire.Outcome.Trouble;
import dev.sluice.models.openai.wire.Time;
import dev.sluice.models.openai.wire.Transport;
import dev.sluice.models.provider.OpenAiSpec;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * All requests of this process to one model: so many in flight, the rest in a queue. Retries, waits
 * and limits happen here. Nobody's thread waits; an answer comes through the call's future.
 */
final class Window {
  /** Waits that a server may ask of a call before they count as tries. */
  private static final int MAX_WAITS = 100;

  private final OpenAiSpec spec;
  private final Transport transport;
  private final Time time;
  private final DoubleSupplier random;
  private final RateLimit limit;
  private final Servers servers;
  private final Deque<Call> queue = new ArrayDeque<>();
  private int inFlight;
  private boolean waking;
  private @Nullable String fatal;

  /**
   * An empty window.
   *
   * @param workers processes that share the limits by the minute
   * @param random from 0 to 1, for waits
   */
  Window(OpenAiSpec spec, Transport transport, int workers, Time time, DoubleSupplier random) {
    this.spec = spec;
    this.transport = transport;
    this.time = time;
    this.random = random;
    this.limit =
        new RateLimit(
            share(spec.requestsPerMinute(), workers), share(spec.tokensPerMinute(), workers));
    this.servers = new Servers(spec.servers());
  }

  private static long share(@Nullable Integer whole, int workers) {
    return whole == null ? Long.MAX_VALUE : Math.max(1, whole / workers);
  }

  /** Sends a request as soon as there is room. */
  void submit(List<Call> calls) {
    synchronized (this) {
      queue.addAll(calls);
    }
    dispatch();
  }

  /** Requests that could be in flight beside those that are and those that wait for room. */
  synchronized int room() {
    return spec.maxInFlight() - inFlight - queue.size();
  }

  private void dispatch() {
    List<Runnable> now = new ArrayList<>();
    synchronized (this) {
      while (!queue.isEmpty() && next(queue.peek(), now)) {
        queue.remove();
      }
    }
    now.forEach(Runnable::run);
  }

  /** Decides about the call at the head of the queue; false if it has to wait. */
  private boolean next(Call call, List<Runnable> now) {
    String dead = fatal;
    if (dead != null) {
      now.add(() -> call.answer.completeExceptionally(new ModelException(dead)));
      return true;
    }
    if (call.answer.isDone()) {
      return true; // nobody waits for it any more
    }
    if (inFlight >= spec.maxInFlight()) {
      return false;
    }
    long wait =
        Math.max(limit.delay(time.nanos(), call.worst.tokens()), servers.delay(time.nanos()));
    if (wait > 0) {
      if (!waking) {
        waking = true;
        now.add(() -> time.after(Duration.ofNanos(wait), this::wake));
      }
      return false;
    }
    switch (call.budget.take(call.worst, this::dispatch)) {
      case LATER -> {
        return false;
      }
      case NEVER ->
          now.add(
              () ->
                  call.answer.completeExceptionally(
                      new OverBudgetException(call.worst, call.budget.spent())));
      case GRANTED -> {
        inFlight++;
        Server server = servers.take(time.nanos());
        RateLimit.Entry entry = limit.begin(time.nanos(), call.worst.tokens());
        now.add(() -> send(call, server, entry));
      }
    }
    return true;
  }

  private void wake() {
    synchronized (this) {
      waking = false;
    }
    dispatch();
  }

  private void send(Call call, Server server, RateLimit.Entry entry) {
    call.sent = true;
    var unused =
        transport
            .send(server.url(), call.body, call.bound)
            .thenAccept(outcome -> ended(call, server, entry, outcome));
  }

  private void ended(Call call, Server server, RateLimit.Entry entry, Outcome outcome) {
    Cost used = used(call, outcome);
    call.sent = false;
    Runnable then;
    synchronized (this) {
      inFlight--;
      servers.ended(server);
      limit.correct(entry, used.tokens());
      then = decide(call, server, outcome);
    }
    call.budget.settle(call.worst, used);
    then.run();
    dispatch();
  }

  private Cost used(Call call, Outcome outcome) {
    if (outcome instanceof Answered answered) {
      return Cost.of(answered.promptTokens(), answered.completionTokens(), spec.price());
    }
    // Without an answer nobody knows what the server did; it may ask for all of it.
    return ((Trouble) outcome).spent() ? call.worst : Cost.NONE;
  }

  /** What follows on a try. */
  private Runnable decide(Call call, Server server, Outcome outcome) {
    if (outcome instanceof Answered answered) {
      servers.works(server);
      return () ->
          call.answer.complete(
              new Answer(
                  answered.replies(), answered.promptTokens(), answered.completionTokens(), null));
    }
    Trouble trouble = (Trouble) outcome;
    Runnable probe = health(server, trouble);
    boolean asked = trouble.pause().isPresent();
    if (asked) {
      servers.pause(server, time.nanos() + trouble.pause().get().toNanos());
    }
    boolean elsewhere = neverSent(trouble) && servers.othersLive(server);
    boolean free = (asked || elsewhere) && call.waits < MAX_WAITS;
    if (free) {
      call.waits++;
    } else {
      call.attempts++;
    }
    Runnable then;
    if (trouble.fate() == Fate.FATAL) {
      fatal = trouble.message();
      then = () -> call.answer.completeExceptionally(new ModelException(trouble.message()));
    } else if (trouble.fate() == Fate.DEAD || call.attempts >= spec.maxAttempts()) {
      Failure failure =
          new Failure(
              trouble.message(),
              trouble.errorClass(),
              Math.max(1, call.attempts),
              trouble.fate() == Fate.RETRY);
      then = () -> call.answer.complete(new Answer(List.of(), 0, 0, failure));
    } else if (free) {
      queue.addFirst(call);
      then = () -> {};
    } else {
      Duration wait = Backoff.after(call.attempts, random.getAsDouble());
      then = () -> time.after(wait, () -> again(call));
    }
    return () -> {
      probe.run();
      then.run();
    };
  }

  private void again(Call call) {
    synchronized (this) {
      queue.addFirst(call);
    }
    dispatch();
  }

  /** Notes what trouble says about the server; what is returned looks after one that is out. */
  private Runnable health(Server server, Trouble trouble) {
    if (!trouble.serverFails()) {
      servers.works(server);
      return () -> {};
    }
    return servers.fails(server, !neverSent(trouble)) ? () -> probe(server, 1) : () -> {};
  }

  private static boolean neverSent(Trouble trouble) {
    return trouble.errorClass().equals(Outcome.CONNECTION) && !trouble.spent();
  }

  private void probe(Server server, int times) {
    time.after(
        Backoff.after(times, 1),
        () -> {
          var unused =
              transport
                  .models(server.url())
                  .whenComplete(
                      (response, error) -> {
                        if (error == null && response.statusCode() < 500) {
                          synchronized (this) {
                            servers.works(server);
                          }
                          dispatch();
                        } else {
                          probe(server, times + 1);
                        }
                      });
        });
  }
}
