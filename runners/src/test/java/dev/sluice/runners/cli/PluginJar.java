package dev.sluice.runners.cli;

import dev.sluice.parts.SluicePlugin;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.example.echo.EchoPlugin;

/** The classes of {@code org.example} in a jar, as a third party ships them. */
final class PluginJar {
  private static final String PACKAGE = "org.example.";

  private PluginJar() {}

  /**
   * Writes the jar.
   *
   * @param note a file in it that no class reads
   */
  static Path write(Path jar, String note) throws IOException {
    Path classes =
        Path.of(EchoPlugin.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.walk(classes.resolve("org/example"))) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        entry(out, classes.relativize(file).toString(), Files.readAllBytes(file));
      }
      entry(
          out,
          "META-INF/services/" + SluicePlugin.class.getName(),
          EchoPlugin.class.getName().getBytes(StandardCharsets.UTF_8));
      entry(out, "note.txt", note.getBytes(StandardCharsets.UTF_8));
    }
    return jar;
  }

  private static void entry(JarOutputStream out, String name, byte[] bytes) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTime(0);
    out.putNextEntry(entry);
    out.write(bytes);
    out.closeEntry();
  }

  /** The plugin of a jar, found as {@link java.util.ServiceLoader} finds one on the class path. */
  static SluicePlugin load(Path jar) throws IOException {
    return ServiceLoader.load(SluicePlugin.class, new Loader(jar)).stream()
        .filter(found -> found.type().getName().startsWith(PACKAGE))
        .map(ServiceLoader.Provider::get)
        .findFirst()
        .orElseThrow();
  }

  /** Takes these classes from the jar, although the tests have them too. */
  private static final class Loader extends URLClassLoader {
    Loader(Path jar) throws IOException {
      super(new URL[] {jar.toUri().toURL()}, PluginJar.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(PACKAGE)) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> known = findLoadedClass(name);
        return known == null ? Objects.requireNonNull(findClass(name)) : known;
      }
    }
  }
}
