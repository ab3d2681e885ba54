package dev.sluice.pipelines.store;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/**
 * The file systems that Beam finds on the class path, for one process. Looking for them takes over
 * a second, so that only a workspace elsewhere does it.
 */
public final class Connectors {
  /** The environment variable with options of Beam, such as {@code --awsRegion=eu-west-1}. */
  public static final String VARIABLE = "SLUICE_BEAM_OPTIONS";

  private final Set<String> found = ConcurrentHashMap.newKeySet();

  /** Options of Beam for a job: its workers use the file systems that are used here. */
  public PipelineOptions ofJob() {
    return found.isEmpty() ? PipelineOptionsFactory.create() : given();
  }

  /** Beam's options as the environment gives them. */
  private static PipelineOptions given() {
    String given = System.getenv(VARIABLE);
    if (given == null || given.isBlank()) {
      return PipelineOptionsFactory.create();
    }
    try {
      return PipelineOptionsFactory.fromArgs(given.trim().split("\\s+")).create();
    } catch (IllegalArgumentException e) {
      throw StoreException.mistake(
          "The environment variable %s is '%s', which Beam does not take: %s"
              .formatted(VARIABLE, given, StoreException.rootMessage(e)));
    }
  }

  /**
   * Sees to it that the file system of an address can be used.
   *
   * @throws StoreException if the class path has none for its scheme
   */
  void require(String address) {
    String scheme = address.substring(0, address.indexOf(':'));
    if (found.contains(scheme)) {
      return;
    }
    synchronized (this) {
      if (!knows(address)) {
        FileSystems.setDefaultPipelineOptions(given());
        if (!knows(address)) {
          throw StoreException.mistake(
              "The workspace %s cannot be opened: no connector for '%s' is on the class path. './dev connector s3' (or hdfs, gs) fetches Beam's, and SLUICE_CLASSPATH names jars of others; a folder of this machine needs none."
                  .formatted(address, scheme));
        }
      }
      found.add(scheme);
    }
  }

  private static boolean knows(String address) {
    try {
      var unused = FileSystems.matchNewResource(address + "/", true);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
