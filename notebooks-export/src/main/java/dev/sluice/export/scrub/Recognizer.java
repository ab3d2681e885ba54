package dev.sluice.export.scrub;

import org.jspecify.annotations.Nullable;

/** Finds one kind of data. The work at one place is bounded, or paid for by what it passes. */
interface Recognizer {
  /** The ASCII characters at which {@link #find} is asked. */
  String triggers();

  /** What is found at a trigger. It may begin before the trigger, but not before the last match. */
  @Nullable Match find(Scan scan, int at);
}
