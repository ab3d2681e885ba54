package dev.sluice.pipelines.schedule.alerts;

/** A way to tell one receiver. */
interface Channel {
  /**
   * Tries once, within a bounded time. Whatever the receiver does is in the answer; nothing is
   * thrown for it.
   */
  Delivery send(AlertMessage message);

  /** The receiver as it may be shown: nothing of it is secret. */
  String receiver();
}
