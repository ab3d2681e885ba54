package dev.sluice.models.numerics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VendorOverrideTest {
  @Test
  void library_isLoaded_andItsFunctionSaysYes(@TempDir Path folder) throws IOException {
    if (!System.getProperty("os.name").equals("Linux")
        || !System.getProperty("os.arch").equals("amd64")) {
      abort("The library is one of Linux on x86-64.");
    }
    Path file = Files.write(folder.resolve("override.so"), VendorOverride.library());
    assertThat(Files.size(file)).isLessThan(2 * 4096);
    try (NativeLibrary library = NativeLibrary.getInstance(file.toString())) {
      assertThat(library.getFunction("mkl_serv_intel_cpu_true").invokeInt(new Object[0]))
          .isEqualTo(1);
    }
  }
}
