package dev.sluice.runners.cli.run;

import dev.sluice.export.Exporter;
import dev.sluice.methods.MethodsPlugin;
import dev.sluice.parts.Registry;
import dev.sluice.pipelines.run.driver.JobRunner;
import dev.sluice.pipelines.run.worker.ReadyStage;
import dev.sluice.runners.direct.DirectJobs;
import dev.sluice.runners.flink.EmbeddedFlink;
import dev.sluice.runners.flink.FlinkCluster;
import dev.sluice.stages.Stage;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Makes the engine that the options name. */
final class Engines {
  private Engines() {}

  /** Starts or reaches the engine; embedded Flink starts in the background. */
  static JobRunner start(EngineOptions options) {
    int cores = Runtime.getRuntime().availableProcessors();
    int workers = options.parallelism() == 0 ? cores : options.parallelism();
    if (options.runner() == EngineOptions.Runner.direct) {
      return new DirectJobs(workers);
    }
    String master = options.flinkMaster();
    return master == null
        ? EmbeddedFlink.start(workers, true)
        : FlinkCluster.reach(master, thinJars());
  }

  /**
   * The jars of our own code and of plugins; what they need lies on the cluster's class path, from
   * which the launcher keeps out these and no others.
   */
  static List<URL> thinJars() {
    return Stream.concat(
            Stream.of(
                    MethodsPlugin.class,
                    Stage.class,
                    Exporter.class,
                    ReadyStage.class,
                    Engines.class)
                .map(type -> type.getProtectionDomain().getCodeSource().getLocation()),
            Registry.get().pluginJars().stream().filter(Files::isRegularFile).map(Engines::url))
        .distinct()
        .toList();
  }

  private static URL url(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException("The jar '%s' has no URL.".formatted(jar), e);
    }
  }
}
