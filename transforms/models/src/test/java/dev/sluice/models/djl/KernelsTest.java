package dev.sluice.models.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.sluice.models.numerics.NumericsMode;
import dev.sluice.models.numerics.Processor;
import dev.sluice.models.numerics.VectorWidth;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The bits of generation and training with every choice of kernels that the machine has, each in a
 * process of its own: the habits of processors that are not here are seen all the same.
 */
@Tag("native")
class KernelsTest {
  private static final String GOLDEN = "kernels.tsv";

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  /** What a process said. */
  private record Said(Map<String, String> values, String errors, int code) {}

  private Said probe(Map<String, String> environment) throws Exception {
    Path work = Files.createTempDirectory(folder, "probe");
    Path out = work.resolve("out");
    Path err = work.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-Dai.djl.offline=true",
                "-DOPT_OUT_TRACKING=true",
                "-cp",
                System.getProperty("java.class.path"),
                KernelsProbe.class.getName(),
                work.toString())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder
        .environment()
        .keySet()
        .removeAll(List.of("MKL_CBWR", "ATEN_CPU_CAPABILITY", "ONEDNN_MAX_CPU_ISA", "LD_PRELOAD"));
    builder.environment().remove(NumericsMode.VARIABLE);
    builder.environment().put("SLUICE_CACHE", folder.resolve("cache").toString());
    builder.environment().putAll(environment);
    Process process = builder.start();
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    Map<String, String> values = new TreeMap<>();
    for (String line : Files.readAllLines(out)) {
      int space = line.indexOf(' ');
      values.put(line.substring(0, space), line.substring(space + 1));
    }
    return new Said(values, Files.readString(err), process.exitValue());
  }

  @ParameterizedTest
  @EnumSource
  void rows_inEveryMode_doNotDependOnTheirBatch(NumericsMode mode) throws Exception {
    if (mode == NumericsMode.PORTABLE && Processor.current().widest() == VectorWidth.BASE) {
      abort("The processor has no AVX2.");
    }
    Said said = probe(Map.of(NumericsMode.VARIABLE, mode.label()));
    assertThat(said.code()).as(said.errors()).isZero();
    assertThat(said.values())
        .contains(
            entry("invariant", "true"), entry("tiny.equal", "true"), entry("wide.equal", "true"));
    Map<String, String> golden = golden(said.values().getOrDefault("kernels", ""));
    if (mode == NumericsMode.PORTABLE) {
      assertThat(golden).as("the bits of %s", said.values()).isNotEmpty();
    }
    // Bits are promised by kernels; those that MKL chooses by vendor are not written down.
    assertThat(said.values()).containsAllEntriesOf(golden);
  }

  /** Kernels that treat rows behind whole tiles in another way than the others. */
  @Test
  void rows_withKernelsThatAreNotStrict_comeInLargerGroups() throws Exception {
    Said said = probe(Map.of("MKL_CBWR", "COMPATIBLE"));
    assertThat(said.code()).as(said.errors()).isZero();
    assertThat(said.values())
        .contains(
            entry("invariant", "true"), entry("tiny.equal", "true"), entry("wide.equal", "true"));
    assertThat(said.errors()).contains("MKL_CBWR=COMPATIBLE of the environment is kept");
  }

  /**
   * On some Intel processors MKL's kernels that are not strict depend on the batch in groups of
   * every size; others ignore the variable. The check says which it is.
   */
  @ParameterizedTest
  @ValueSource(strings = {"AVX2", "SSE4_2", "AUTO"})
  void check_ofKernelsThatAreNotStrict_saysWhetherRowsDependOnTheirBatch(String branch)
      throws Exception {
    Said said = probe(Map.of("MKL_CBWR", branch));
    assertThat(said.code()).as(said.errors()).isZero();
    assertThat(said.errors()).contains("MKL_CBWR=%s of the environment is kept".formatted(branch));
    boolean equal =
        List.of("tiny.equal", "wide.equal").stream()
            .allMatch(key -> "true".equals(said.values().get(key)));
    assertThat(said.values()).containsEntry("invariant", Boolean.toString(equal));
    assertThat(said.errors().contains("rows depend on the rows that are computed with them"))
        .isEqualTo(!equal);
  }

  @Test
  void model_whoseRowsDependOnTheirBatch_isNamed() throws Exception {
    assertThat(probe(Map.of()).errors()).doesNotContain("depend on the rows");
    try (Stream<Path> files = Files.walk(folder.resolve("cache"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String found = Files.readString(file);
        Files.writeString(
            file, found.replace("\"batch_invariant\": true", "\"batch_invariant\": false"));
      }
    }
    Said said = probe(Map.of());
    assertThat(said.values()).containsEntry("invariant", "false");
    assertThat(said.errors())
        .contains(
            "tiny: rows depend on the rows that are computed with them, on %s with %s. Runs are marked as not batch-invariant: another batch size gives other rows. Set SLUICE_NUMERICS=portable or fastest, or unset MKL_CBWR."
                .formatted(Processor.current().name(), said.values().get("kernels")));
  }

  @Test
  void unknownMode_isASentence() throws Exception {
    Said said = probe(Map.of(NumericsMode.VARIABLE, "quick"));
    assertThat(said.code()).isNotZero();
    assertThat(said.errors()).contains("SLUICE_NUMERICS is 'quick', which is no mode of numerics.");
  }

  private static Map<String, String> golden(String kernels) throws IOException {
    Map<String, String> found = new TreeMap<>();
    try (InputStream in = Objects.requireNonNull(KernelsTest.class.getResourceAsStream(GOLDEN))) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        List<String> cells = Pattern.compile("\t").splitAsStream(line).toList();
        if (cells.get(0).equals(kernels)) {
          found.put(cells.get(1), cells.get(2));
        }
      }
    }
    return found;
  }
}
