package dev.sluice.records.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.records.SampleRows;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NoHadoopTest {

  /** Writes and reads every table; loaded a second time by the test's class loader. */
  static final class WriteAndRead implements Runnable {
    private final Path folder = Path.of(System.getProperty("sluice.test.folder"));

    @Override
    public void run() {
      Tables.all().forEach(this::run);
    }

    private <R extends Record> void run(Table<R> table) {
      Path file = folder.resolve(table.name());
      try (TableWriter<R> writer = TableWriter.open(file, table, Map.of())) {
        SampleRows.of(table).forEach(writer::write);
      }
      TableReader.readAll(file, table, Set.of());
      ParquetRows.read(file, 10);
    }
  }

  @Test
  void tablesAreWrittenAndReadWithoutHadoopsConfiguration(@TempDir Path folder) throws Exception {
    URL[] urls =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(NoHadoopTest::url)
            .toArray(URL[]::new);
    System.setProperty("sluice.test.folder", folder.toString());
    // Configuration cannot be initialised without org.apache.hadoop.util.
    try (URLClassLoader loader = new Forbidding(urls)) {
      Class<?> task = loader.loadClass(WriteAndRead.class.getName());
      assertThat(task.getClassLoader()).isSameAs(loader);
      var constructor = task.getDeclaredConstructor();
      constructor.setAccessible(true);
      ((Runnable) constructor.newInstance()).run();
    } finally {
      System.clearProperty("sluice.test.folder");
    }
  }

  private static URL url(String entry) {
    try {
      return Path.of(entry).toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Loads everything itself and refuses what Hadoop's Configuration needs to initialise. */
  private static final class Forbidding extends URLClassLoader {
    Forbidding(URL[] urls) {
      super(urls, ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (name.startsWith("org.apache.hadoop.util.")) {
        throw new ClassNotFoundException(name + " is not allowed here");
      }
      return super.findClass(name);
    }
  }
}
