package dev.sluice.pipelines.schedule.alerts;

/** What came of one try to tell somebody. A problem is a sentence without anything secret. */
sealed interface Delivery {
  /** It arrived. */
  record Delivered() implements Delivery {}

  /** It did not arrive, and may later. */
  record NotYet(String problem) implements Delivery {}

  /** It did not arrive, and another try would change nothing. */
  record GivenUp(String problem) implements Delivery {}
}
