package dev.sluice.runners.cli;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Stage;
import dev.sluice.parts.Registry;
import dev.sluice.pipelines.run.ModelHost;
import dev.sluice.runners.Planning;
import dev.sluice.runners.SluiceModule;
import java.time.Clock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What commands need of the assembled program; put together when first asked for. */
final class Services {
  private final Supplier<Injector> assembly;
  private final Clock clock;
  private @Nullable Injector injector;

  Services() {
    this(() -> Guice.createInjector(Stage.DEVELOPMENT, new SluiceModule()));
  }

  Services(Supplier<Injector> assembly) {
    this(assembly, Clock.systemUTC());
  }

  Services(Supplier<Injector> assembly, Clock clock) {
    this.assembly = assembly;
    this.clock = clock;
  }

  /** The machine's clock. */
  Clock clock() {
    return clock;
  }

  Registry registry() {
    return injector().getInstance(Registry.class);
  }

  Planning planning() {
    return injector().getInstance(Planning.class);
  }

  ModelHost models() {
    return injector().getInstance(ModelHost.class);
  }

  private synchronized Injector injector() {
    Injector made = injector;
    if (made == null) {
      made = assembly.get();
      injector = made;
    }
    return made;
  }
}
