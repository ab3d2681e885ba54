package dev.sluice.pipelines.ledger;

import dev.sluice.pipelines.run.driver.RunListener;
import dev.sluice.pipelines.run.folder.RunFolder;
import dev.sluice.pipelines.store.ArtifactStore;
import dev.sluice.pipelines.store.Attempt;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the ledger up to date while a run works, on a thread of its own: a ledger that is locked,
 * slow or gone neither stops nor delays a run. What could not be written is tried again, and what
 * is still missing at the end is found in the folders by whoever opens the ledger next.
 */
public final class LedgerWriter implements RunListener {
  private static final Logger LOG = LoggerFactory.getLogger(LedgerWriter.class);
  private static final Duration PAUSE = Duration.ofSeconds(30);

  /** Longer than a locked database takes to say so (3 s), on a busy machine too. */
  private static final Duration LAST_WAIT = Duration.ofSeconds(10);

  private final LedgerPlace place;
  private final ArtifactStore store;
  private final Duration pause;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread made = new Thread(task, "ledger");
            made.setDaemon(true);
            return made;
          });

  private final AtomicBoolean queued = new AtomicBoolean();
  private volatile @Nullable RunFolder run;
  private volatile @Nullable String problem;
  private final Set<Attempt> told = new HashSet<>();
  private @Nullable Ledger ledger;
  private long failedAt;
  private volatile long endAsked = Long.MAX_VALUE;

  /** A writer for a run in a workspace. */
  public LedgerWriter(LedgerPlace place, ArtifactStore store) {
    this(place, store, PAUSE);
  }

  LedgerWriter(LedgerPlace place, ArtifactStore store, Duration pause) {
    this.place = place;
    this.store = store;
    this.pause = pause;
  }

  @Override
  public void saved(RunFolder folder) {
    run = folder;
    // What the folder says is read when it is written: several changes meanwhile are one.
    if (queued.compareAndSet(false, true)) {
      thread.execute(() -> write(false));
    }
  }

  /**
   * Writes how the run ended, and waits for that a few seconds at most.
   *
   * @return empty if the ledger is up to date; else a sentence that says why it is not
   */
  public Optional<String> end() {
    endAsked = System.nanoTime();
    thread.execute(() -> write(true));
    thread.shutdown();
    boolean answered = false;
    try {
      answered = thread.awaitTermination(LAST_WAIT.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    String left =
        answered
            ? problem
            : "The ledger %s did not answer within %d s."
                .formatted(place.name(), LAST_WAIT.toSeconds());
    return left == null
        ? Optional.empty()
        : Optional.of(
            left
                + " The run is whole without it; 'sluice runs' brings the ledger up to date later.");
  }

  private void write(boolean last) {
    queued.set(false);
    RunFolder folder = run;
    if (folder == null || (problem != null && failedJustNow(last))) {
      return;
    }
    try {
      put(opened(), LedgerRun.read(folder));
      problem = null;
      if (last) {
        release();
      }
    } catch (RuntimeException e) {
      if (e instanceof LedgerException) {
        LOG.warn("{}", e.getMessage());
      } else {
        LOG.warn("The ledger could not be written.", e);
      }
      problem = String.valueOf(e.getMessage());
      failedAt = System.nanoTime();
      release();
    }
  }

  /** Whether another try is of no use: for some time, or since the end was asked for. */
  private boolean failedJustNow(boolean last) {
    return last ? failedAt - endAsked >= 0 : System.nanoTime() - failedAt < pause.toNanos();
  }

  private Ledger opened() {
    Ledger open = ledger;
    if (open == null) {
      open = Ledger.open(place);
      ledger = open;
      CatchUp unused = CatchUp.of(open, store.workspace());
    }
    return open;
  }

  private void put(Ledger open, LedgerRun.WithStages now) {
    open.put(now);
    for (LedgerStage stage : now.stages()) {
      if (stage.fingerprint() != null && stage.attempt() != null) {
        Attempt attempt = new Attempt(stage.type(), stage.fingerprint(), stage.attempt());
        if (told.add(attempt)) {
          boolean unused = CatchUp.add(open, store, attempt);
        }
      }
    }
  }

  /** Lets the connection go; the next write opens another. */
  private void release() {
    Ledger open = ledger;
    ledger = null;
    told.clear();
    if (open != null) {
      try {
        open.close();
      } catch (LedgerException e) {
        LOG.debug("The ledger could not be closed.", e);
      }
    }
  }
}
