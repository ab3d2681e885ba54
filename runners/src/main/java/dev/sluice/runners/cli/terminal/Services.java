package dev.sluice.runners.cli.terminal;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Stage;
import dev.sluice.parts.Registry;
import dev.sluice.pipelines.run.worker.ModelHost;
import dev.sluice.runners.SluiceModule;
import java.time.Clock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What commands need of the assembled program; put together when first asked for. */
public final class Services {
  private final Supplier<Injector> assembly;
  private final Clock clock;
  private @Nullable Injector injector;

  public Services() {
    this(() -> Guice.createInjector(Stage.DEVELOPMENT, new SluiceModule()));
  }

  public Services(Supplier<Injector> assembly) {
    this(assembly, Clock.systemUTC());
  }

  public Services(Supplier<Injector> assembly, Clock clock) {
    this.assembly = assembly;
    this.clock = clock;
  }

  /** The machine's clock. */
  public Clock clock() {
    return clock;
  }

  public Registry registry() {
    return injector().getInstance(Registry.class);
  }

  public ModelHost models() {
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
