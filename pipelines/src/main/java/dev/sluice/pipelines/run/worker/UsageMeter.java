package dev.sluice.pipelines.run.worker;

import dev.sluice.models.Flaw;
import dev.sluice.records.manifest.Usage;
import dev.sluice.stages.ReplyMetrics;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/** Adds up what the calls of one unit use, and passes it on to the wave's meter at once. */
public final class UsageMeter {
  private final WaveMeter wave;
  private final LongAdder calls = new LongAdder();
  private final LongAdder fromCache = new LongAdder();
  private final LongAdder promptTokens = new LongAdder();
  private final LongAdder completionTokens = new LongAdder();
  private final DoubleAdder costUsd = new DoubleAdder();
  private final Map<String, LongAdder> flaws = new ConcurrentHashMap<>();

  public UsageMeter(WaveMeter wave) {
    this.wave = wave;
  }

  public void add(Usage more) {
    calls.add(more.calls());
    fromCache.add(more.callsFromCache());
    promptTokens.add(more.promptTokens());
    completionTokens.add(more.completionTokens());
    costUsd.add(more.costUsd());
    wave.used(more);
  }

  /** A reply has a flaw. */
  void flawed(Flaw flaw) {
    flaws.computeIfAbsent(ReplyMetrics.name(flaw), name -> new LongAdder()).increment();
  }

  /** How many replies had a flaw, by the name of its metric. */
  Map<String, Double> flaws() {
    Map<String, Double> counts = new TreeMap<>();
    flaws.forEach((name, count) -> counts.put(name, (double) count.sum()));
    return counts;
  }

  /** Passes on what a person should know of the model that was called. */
  void warned(List<String> sentences) {
    wave.warned(sentences);
  }

  /** A call that goes on. */
  public Call call() {
    return new Call(wave);
  }

  /**
   * What a call that goes on has said so far. It counts for the eyes of whoever waits, until the
   * call ends and what it used is known.
   */
  public static final class Call implements AutoCloseable {
    private final WaveMeter wave;
    private final LongAdder replies = new LongAdder();
    private final LongAdder tokens = new LongAdder();

    private Call(WaveMeter wave) {
      this.wave = wave;
    }

    public void grew(int more, boolean finished) {
      int whole = finished ? 1 : 0;
      replies.add(whole);
      tokens.add(more);
      wave.underWay(whole, more);
    }

    @Override
    public void close() {
      wave.underWay(-replies.sum(), -tokens.sum());
    }
  }

  public Usage usage() {
    return new Usage(
        calls.sum(), fromCache.sum(), promptTokens.sum(), completionTokens.sum(), costUsd.sum());
  }
}
