package dev.sluice.pipelines.process;

import dev.sluice.models.provider.ModelResources;
import dev.sluice.pipelines.run.folder.Interruptions;
import dev.sluice.pipelines.run.worker.Waves;
import dev.sluice.pipelines.store.Connectors;
import dev.sluice.pipelines.store.HeldLeases;
import dev.sluice.pipelines.store.RemoteStores;
import dev.sluice.pipelines.store.VerifiedFiles;
import dev.sluice.pipelines.store.replies.ResponseCaches;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * Owns what all workers of one process share. Beam hands a worker its code by serialisation, so
 * nothing can be passed to it from outside: it asks here for the process. This is the only class
 * whose static field changes.
 */
public final class WorkerProcess implements AutoCloseable {
  private static @Nullable WorkerProcess current;

  private final Connectors connectors = new Connectors();
  private final RemoteStores remoteStores = new RemoteStores(connectors);
  private final VerifiedFiles verifiedFiles = new VerifiedFiles();
  private final HeldLeases leases = new HeldLeases();
  private final ResponseCaches responses = new ResponseCaches();
  private final Interruptions interruptions = new Interruptions();
  private final ModelResources models = new ModelResources();
  private final Waves waves = new Waves(models);
  private final ReadWriteLock training = new ReentrantReadWriteLock(true);

  private WorkerProcess() {}

  /** The one of this process. */
  public static synchronized WorkerProcess current() {
    WorkerProcess known = current;
    if (known == null) {
      known = new WorkerProcess();
      current = known;
    }
    return known;
  }

  /** Closes the one of this process; the next who asks gets a new one, as in a new process. */
  public static synchronized void reset() {
    WorkerProcess known = current;
    current = null;
    if (known != null) {
      known.close();
    }
  }

  /** The file systems of remote workspaces. */
  public Connectors connectors() {
    return connectors;
  }

  /** The file stores of remote workspaces. */
  public RemoteStores remoteStores() {
    return remoteStores;
  }

  /** Files that need not be hashed again. */
  public VerifiedFiles verifiedFiles() {
    return verifiedFiles;
  }

  /** The leases that the process holds. */
  public HeldLeases leases() {
    return leases;
  }

  /** The kept replies of servers, by workspace. */
  public ResponseCaches responses() {
    return responses;
  }

  /** The runs that may be asked to stop. */
  public Interruptions interruptions() {
    return interruptions;
  }

  /** The waves that the process works on. */
  public Waves waves() {
    return waves;
  }

  /**
   * Held for writing by a unit that trains, for reading by the others: one trainer at a time, and
   * none while models generate. Both would change bits.
   */
  public ReadWriteLock training() {
    return training;
  }

  /** What the models of the process share. */
  public ModelResources models() {
    return models;
  }

  /** Ends units first, then what they use: models, replies, leases. */
  @Override
  public void close() {
    waves.close();
    models.close();
    responses.close();
    leases.close();
  }
}
