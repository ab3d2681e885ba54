package dev.sluice.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.records.config.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.CharBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RegistryTest {
  @Port("reward term")
  interface Term extends Part {}

  @Port(value = "model provider", selector = "provider")
  interface Provider extends Part {}

  interface Service {}

  interface NoPort extends Part {}

  /** Reached through {@link JobLoader} alone. */
  public static final class JobPlugin implements SluicePlugin {
    @Override
    public void register(Registrar registrar) {
      registrar.service(Service.class, "job", new Service() {});
    }
  }

  /** Loads this test's classes again, as each job of a Flink worker loads what travels with it. */
  private static final class JobLoader extends ClassLoader {
    private final Path services;

    JobLoader(Path services) {
      super(RegistryTest.class.getClassLoader());
      this.services = services;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(RegistryTest.class.getName() + "$")) {
        return super.loadClass(name, resolve);
      }
      Class<?> known = findLoadedClass(name);
      if (known != null) {
        return known;
      }
      try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] bytes = Objects.requireNonNull(in).readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
      return Collections.enumeration(List.of(services.toUri().toURL()));
    }
  }

  /** The registry of a job and whether it knows the job's own class of services. */
  private static Registry ofJob(ClassLoader loader) throws ClassNotFoundException {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      Registry registry = Registry.get();
      assertThat(registry.services(loader.loadClass(Service.class.getName())))
          .containsOnlyKeys("job");
      assertThat(Registry.get()).isSameAs(registry);
      return registry;
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void everyJobOfAWorkerHasItsOwnClasses(@TempDir Path folder) throws Exception {
    Path services = Files.writeString(folder.resolve("plugins"), JobPlugin.class.getName() + "\n");
    Registry here = Registry.get();
    Registry first = ofJob(new JobLoader(services));
    Registry second = ofJob(new JobLoader(services));
    assertThat(second).isNotSameAs(first);
    assertThat(first.services(Service.class)).isEmpty();
    assertThat(Registry.get()).isSameAs(here);
    assertThat(here.services(Service.class)).isEmpty();
  }

  @Kind(value = "one", doc = "One.", aliases = "uno")
  record One(int key) implements Term {}

  @Kind(value = "two", doc = "Two.")
  record Two() implements Term {}

  @Kind(value = "one", doc = "Another one.")
  record OtherOne() implements Term {}

  @Kind(value = "three", doc = "Three.", aliases = "two")
  record CalledTwo() implements Term {}

  @Kind(value = "uno", doc = "Uno.")
  record Uno() implements Term {}

  @Kind(value = "one", doc = "A provider.")
  record OneProvider() implements Provider {}

  @Kind(value = "lost", doc = "Lost.")
  record Lost() implements NoPort {}

  record Nameless() implements Term {}

  @Kind(value = "class", doc = "A class.")
  static final class NoRecord implements Term {}

  private static Registry registry(SluicePlugin... plugins) {
    return Registry.of(List.of(plugins));
  }

  @Test
  void parts_comeInTheOrderInWhichTheyWereAdded() {
    Registry registry =
        registry(
            all -> all.part(Term.class, Two.class),
            all -> {
              all.part(Term.class, One.class);
              all.part(Provider.class, OneProvider.class);
            });
    assertThat(registry.parts(Term.class).keySet()).containsExactly("two", "one");
    assertThat(registry.parts(Provider.class)).isEqualTo(Map.of("one", OneProvider.class));
    assertThat(registry.parts(NoPort.class)).isEmpty();
    assertThat(registry.ports()).containsExactly(Term.class, Provider.class);
  }

  @Test
  void wordOfBefore_standsForTheWordOfToday() {
    Registry registry = registry(all -> all.part(Term.class, One.class));
    assertThat(registry.aliases(Term.class)).isEqualTo(Map.of("uno", "one"));
    assertThat(registry.aliases(Provider.class)).isEmpty();
  }

  @Test
  void services_areFoundByName() {
    Service first = new Service() {};
    Service second = new Service() {};
    Registry registry =
        registry(
            all -> {
              all.service(Service.class, "b", first);
              all.service(Service.class, "a", second);
            });
    assertThat(registry.services(Service.class))
        .containsExactly(Map.entry("b", first), Map.entry("a", second));
    assertThat(registry.services(Runnable.class)).isEmpty();
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of(
            "Two parts of the port 'reward term' are called 'one': dev.sluice.parts.RegistryTest$One (test-classes) and dev.sluice.parts.RegistryTest$OtherOne (test-classes). Rename one, or remove one of the jars.",
            (SluicePlugin)
                all -> {
                  all.part(Term.class, One.class);
                  all.part(Term.class, OtherOne.class);
                }),
        Arguments.of(
            "Two parts of the port 'reward term' are called 'two': dev.sluice.parts.RegistryTest$Two (test-classes) and dev.sluice.parts.RegistryTest$CalledTwo (test-classes). Rename one, or remove one of the jars.",
            (SluicePlugin)
                all -> {
                  all.part(Term.class, Two.class);
                  all.part(Term.class, CalledTwo.class);
                }),
        Arguments.of(
            "Two parts of the port 'reward term' are called 'uno': dev.sluice.parts.RegistryTest$One (test-classes) and dev.sluice.parts.RegistryTest$Uno (test-classes). Rename one, or remove one of the jars.",
            (SluicePlugin)
                all -> {
                  all.part(Term.class, One.class);
                  all.part(Term.class, Uno.class);
                }),
        Arguments.of(
            "Two of the kind CharSequence are called 'x': java.lang.String and java.nio.HeapCharBuffer. Rename one, or remove one of the jars.",
            (SluicePlugin)
                all -> {
                  all.service(CharSequence.class, "x", "");
                  all.service(CharSequence.class, "x", CharBuffer.allocate(0));
                }));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void wordThatIsTaken_isRefusedWithBothOrigins(String message, SluicePlugin plugin) {
    assertThatThrownBy(() -> registry(plugin))
        .isInstanceOf(PluginException.class)
        .hasMessage(message);
  }

  private static final class Broken implements SluicePlugin {
    @Override
    public void register(Registrar registrar) {
      throw new IllegalStateException("no licence");
    }
  }

  private static final class OfAnotherVersion implements SluicePlugin {
    @Override
    public void register(Registrar registrar) {
      throw new NoSuchMethodError("'void dev.sluice.parts.Registrar.reward(java.lang.Class)'");
    }
  }

  private static final class Careless implements SluicePlugin {
    private final Class<? extends Term> part;

    Careless(Class<? extends Term> part) {
      this.part = part;
    }

    @Override
    public void register(Registrar registrar) {
      registrar.part(Term.class, part);
    }
  }

  @Test
  void pluginThatCannotBeUsed_isNamedWithItsJar() {
    String here = "dev.sluice.parts.RegistryTest$%s (test-classes)";
    assertThatThrownBy(() -> registry(new Broken()))
        .hasMessage(
            "The plugin %s fails while it registers its parts: java.lang.IllegalStateException: no licence. Mend it, or remove its jar."
                .formatted(here.formatted("Broken")));
    assertThatThrownBy(() -> registry(new OfAnotherVersion()))
        .hasMessage(
            "The plugin %s was built against another version of Sluice ('void dev.sluice.parts.Registrar.reward(java.lang.Class)'). Build it against this one, or remove its jar."
                .formatted(here.formatted("OfAnotherVersion")));
    for (Class<? extends Term> part : List.of(Nameless.class, NoRecord.class)) {
      assertThatThrownBy(() -> registry(new Careless(part)))
          .hasMessage(
              "The plugin %s adds %s, which is no part: a part is a record that carries @Kind."
                  .formatted(here.formatted("Careless"), part.getName()));
    }
  }

  @Test
  void partOfWhatIsNoPort_isRefused() {
    SluicePlugin plugin =
        new SluicePlugin() {
          @Override
          public void register(Registrar registrar) {
            registrar.part(NoPort.class, Lost.class);
          }
        };
    assertThatThrownBy(() -> registry(plugin))
        .hasMessageContaining(
            "adds dev.sluice.parts.RegistryTest$Lost to dev.sluice.parts.RegistryTest$NoPort, which is no port: it does not carry @Port.");
  }
}
