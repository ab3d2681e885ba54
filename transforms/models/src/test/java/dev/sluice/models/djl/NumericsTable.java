package dev.sluice.models.djl;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.sluice.models.djl.engine.NativeEngine;
import dev.sluice.models.numerics.NumericsMode;
import dev.sluice.models.numerics.Processor;
import dev.sluice.records.RandomStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What this machine's processor makes of float32 products with each choice of kernels, as a table:
 * {@code ./dev numerics}. Each choice is tried in a process of its own.
 */
final class NumericsTable {
  private static final int MAX = 512;
  private static final int[] WIDTHS = {128, 256, 896};
  private static final int OUT = 128;
  private static final int SPEED_ROWS = 256;
  private static final int SPEED_WIDTH = 128;
  private static final int SPEED_TIMES = 4000;

  private static final List<Map<String, String>> ENVIRONMENTS =
      List.of(
          Map.of(),
          Map.of("MKL_CBWR", "COMPATIBLE"),
          Map.of("MKL_CBWR", "AVX2"),
          Map.of("MKL_CBWR", "AVX2,STRICT"),
          Map.of("MKL_CBWR", "AVX512,STRICT"),
          Map.of(NumericsMode.VARIABLE, "portable"),
          Map.of(NumericsMode.VARIABLE, "fastest"));

  private NumericsTable() {}

  public static void main(String[] arguments) throws Exception {
    if (arguments.length == 1) {
      System.out.println(row(Path.of(arguments[0])));
      return;
    }
    System.out.println(Processor.current().name() + "\n");
    System.out.println(
        "| environment | kernels | classes of row 0 over 1 to 512 rows, K = 128, 256, 896 | group | GFLOP/s, 256x128x128 | rows equal in every batch |");
    System.out.println("|---|---|---|--:|--:|---|");
    for (Map<String, String> environment : ENVIRONMENTS) {
      System.out.println("| " + name(environment) + " | " + inProcess(environment) + " |");
    }
  }

  private static String name(Map<String, String> environment) {
    return environment.isEmpty()
        ? "nothing"
        : "`" + environment.toString().replaceAll("[{}]", "") + "`";
  }

  private static String inProcess(Map<String, String> environment) throws Exception {
    Path folder = Files.createTempDirectory("numerics");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Dai.djl.offline=true", "-DOPT_OUT_TRACKING=true", "-cp"));
    command.addAll(
        List.of(
            System.getProperty("java.class.path"),
            NumericsTable.class.getName(),
            folder.toString()));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(folder.resolve("err").toFile());
    builder.environment().remove("MKL_CBWR");
    builder.environment().remove(NumericsMode.VARIABLE);
    builder.environment().put("SLUICE_CACHE", folder.resolve("cache").toString());
    builder.environment().putAll(environment);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() == 0
        ? said.strip()
        : "failed: " + Files.readString(folder.resolve("err")).lines().findFirst().orElse("");
  }

  private static String row(Path folder) throws Exception {
    StringBuilder classes = new StringBuilder();
    String kernels = NativeEngine.kernels();
    NativeEngine.threads(1);
    double speed;
    try (NDManager manager = NativeEngine.newManager(Device.cpu())) {
      for (int width : WIDTHS) {
        classes.append(classes.isEmpty() ? "" : ", ").append(classes(manager, width));
      }
      speed = speed(manager);
    }
    KernelsProbe.Found found = KernelsProbe.run(folder);
    return "%s | %s | %d | %.0f | %s"
        .formatted(kernels, classes, found.group(), speed, found.equal() ? "yes" : "NO");
  }

  private static NDArray numbers(NDManager manager, int rows, int width, long seed) {
    RandomStream random = new RandomStream(seed);
    float[] values = new float[rows * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(-1000, 1000) / 1000f;
    }
    return manager.create(values, new Shape(rows, width));
  }

  private static int classes(NDManager manager, int width) {
    NDArray rows = numbers(manager, MAX, width, 1);
    NDArray matrix = numbers(manager, OUT, width, 2).transpose();
    Set<Integer> seen = new HashSet<>();
    for (int count = 1; count <= MAX; count++) {
      try (NDManager scope = manager.newSubManager()) {
        NDArray some = rows.get("0:" + count);
        some.attach(scope);
        float[] first = some.matMul(matrix).get(0).toFloatArray();
        seen.add(Arrays.hashCode(first));
      }
    }
    return seen.size();
  }

  private static double speed(NDManager manager) {
    NDArray rows = numbers(manager, SPEED_ROWS, SPEED_WIDTH, 3);
    NDArray matrix = numbers(manager, SPEED_WIDTH, SPEED_WIDTH, 4).transpose();
    double best = 0;
    for (int round = 0; round < 5; round++) {
      long begin = System.nanoTime();
      for (int i = 0; i < SPEED_TIMES; i++) {
        rows.matMul(matrix).close();
      }
      double seconds = (System.nanoTime() - begin) / 1e9;
      best =
          Math.max(
              best, 2.0 * SPEED_ROWS * SPEED_WIDTH * SPEED_WIDTH * SPEED_TIMES / seconds / 1e9);
    }
    return best;
  }
}
