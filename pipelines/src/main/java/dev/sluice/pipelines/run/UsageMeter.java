package dev.sluice.pipelines.run;

import dev.sluice.records.Usage;
import java.util.concurrent.atomic.LongAdder;

/** Adds up what the calls of one unit use, and passes it on to the wave's meter at once. */
final class UsageMeter {
  private final WaveMeter wave;
  private final LongAdder calls = new LongAdder();
  private final LongAdder promptTokens = new LongAdder();
  private final LongAdder completionTokens = new LongAdder();

  UsageMeter(WaveMeter wave) {
    this.wave = wave;
  }

  void add(long moreCalls, long prompt, long completion) {
    calls.add(moreCalls);
    promptTokens.add(prompt);
    completionTokens.add(completion);
    wave.used(moreCalls, prompt, completion);
  }

  Usage usage() {
    return new Usage(calls.sum(), 0, promptTokens.sum(), completionTokens.sum(), 0);
  }
}
