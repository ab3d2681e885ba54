package dev.sluice.models.openai;

import java.util.ArrayList;
import java.util.List;

/**
 * What the calls of a run may use in one process. The worst case of each request is set aside
 * before it is sent, and what it did not use comes back with the reply, so that the bound is never
 * passed. Safe for many threads.
 */
public final class CallBudget {
  private final Cost most;
  private Cost spent = Cost.NONE;
  private Cost held = Cost.NONE;
  private List<Runnable> waiting = new ArrayList<>();

  /** What is said to a request. */
  public enum Answer {
    /** Set aside. */
    GRANTED,
    /** Not now; what others give back may do. */
    LATER,
    /** Never. */
    NEVER
  }

  /**
   * With bounds.
   *
   * @param tokens {@link Long#MAX_VALUE} for no bound
   * @param picoUsd the same
   */
  public CallBudget(long tokens, long picoUsd) {
    this.most = new Cost(tokens, picoUsd);
  }

  /** Without bounds. */
  public static CallBudget bottomless() {
    return new CallBudget(Long.MAX_VALUE, Long.MAX_VALUE);
  }

  /**
   * Sets the worst case of a request aside.
   *
   * @param later run once something was given back, if the answer is {@link Answer#LATER}
   */
  public synchronized Answer take(Cost worst, Runnable later) {
    if (fits(spent.plus(held).plus(worst))) {
      held = held.plus(worst);
      return Answer.GRANTED;
    }
    if (!fits(spent.plus(worst))) {
      return Answer.NEVER;
    }
    waiting.add(later);
    return Answer.LATER;
  }

  private boolean fits(Cost cost) {
    return cost.tokens() <= most.tokens() && cost.picoUsd() <= most.picoUsd();
  }

  /** Of what was set aside, some was used. */
  public void settle(Cost worst, Cost used) {
    List<Runnable> woken;
    synchronized (this) {
      held = held.minus(worst);
      spent = spent.plus(used);
      woken = waiting;
      waiting = new ArrayList<>();
    }
    woken.forEach(Runnable::run);
  }

  /** What was used so far; a request without an answer counts with its worst case. */
  public synchronized Cost spent() {
    return spent;
  }
}
