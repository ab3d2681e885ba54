package dev.sluice.runners.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.OperatingSystemMXBean;
import dev.sluice.models.LanguageModel;
import dev.sluice.models.Precision;
import dev.sluice.models.builtin.BuiltinModels;
import dev.sluice.models.builtin.EngineVersion;
import dev.sluice.models.djl.DjlModels;
import dev.sluice.models.djl.DjlRuntime;
import dev.sluice.models.djl.TokenIdModel;
import dev.sluice.models.numerics.MathLibrary;
import dev.sluice.models.numerics.NumericsMode;
import dev.sluice.models.numerics.Processor;
import dev.sluice.records.manifest.Numerics;
import dev.sluice.runners.cli.terminal.ExitCode;
import dev.sluice.runners.cli.terminal.GlobalOptions;
import dev.sluice.runners.cli.terminal.Numbers;
import dev.sluice.runners.cli.terminal.Terminal;
import dev.sluice.runners.cli.terminal.TextTable;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "doctor",
    description =
        "Checks JDK, memory, native engine and disk, and says how to fix what is missing.")
final class DoctorCommand implements Callable<Integer> {
  private static final long MIB = 1L << 20;
  private static final long ENOUGH_MEMORY = 3000 * MIB;
  private static final long ENOUGH_DISK = 1000 * MIB;

  private final Terminal terminal;
  @Mixin private GlobalOptions global = new GlobalOptions();

  DoctorCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** One thing that was looked at. */
  private record Finding(String name, boolean good, String text) {}

  @Override
  public Integer call() {
    List<Finding> findings =
        List.of(
            java(),
            memory(),
            engine(),
            kernels(),
            disk("workspace", global.workspace().localFolder()));
    boolean good = findings.stream().allMatch(Finding::good);
    if (global.json()) {
      ObjectNode json = JsonNodeFactory.instance.objectNode().put("ok", good);
      var checks = json.putArray("checks");
      for (Finding finding : findings) {
        checks
            .addObject()
            .put("name", finding.name())
            .put("ok", finding.good())
            .put("text", finding.text());
      }
      terminal.out().println(json);
    } else {
      TextTable table = new TextTable("check", "", "finding");
      findings.forEach(
          finding -> table.row(finding.name(), finding.good() ? "ok" : "NO", finding.text()));
      terminal.out().print(table);
    }
    return good ? ExitCode.DONE : ExitCode.FAILED;
  }

  private static Finding java() {
    int version = Runtime.version().feature();
    String text =
        "%s %s, %d processors"
            .formatted(
                System.getProperty("java.vm.name"),
                Runtime.version(),
                Runtime.getRuntime().availableProcessors());
    return new Finding(
        "java", version >= 17, version >= 17 ? text : text + "; install a JDK 17 or newer");
  }

  private static Finding memory() {
    long total =
        ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
            ? system.getTotalMemorySize()
            : Long.MAX_VALUE;
    String text = "%,d MiB".formatted(total / MIB);
    return total >= ENOUGH_MEMORY
        ? new Finding("memory", true, text)
        : new Finding("memory", false, text + "; the quickstart wants 3,000 MiB");
  }

  private static Finding engine() {
    String name = BuiltinModels.names().get(0);
    long start = System.nanoTime();
    try (LanguageModel model = new DjlRuntime().open(BuiltinModels.folder(name))) {
      int tokens = model.encode("1+1").length;
      return new Finding(
          "native engine",
          true,
          "%s opened builtin:%s (%,d weights, %d tokens in '1+1') in %s; %s"
              .formatted(
                  DjlModels.engineVersion(),
                  name,
                  model.info().parameters(),
                  tokens,
                  Numbers.time((System.nanoTime() - start) / 1e9),
                  gpus()));
    } catch (RuntimeException | LinkageError e) {
      return new Finding(
          "native engine",
          false,
          "PyTorch did not open builtin:%s (%s); the natives in this build are for linux-x86_64"
              .formatted(name, e.getMessage()));
    }
  }

  /** The bits that models of this machine give, and whether they depend on their batch. */
  private static Finding kernels() {
    Processor processor = Processor.current();
    String name = BuiltinModels.names().get(0);
    try (TokenIdModel model =
        DjlModels.tokenIdModel(BuiltinModels.folder(name), 1, Precision.FLOAT32)) {
      Numerics numerics = DjlModels.numerics();
      String caution = MathLibrary.caution(null).map(each -> "; " + each).orElse("");
      return new Finding(
          "kernels",
          numerics.batchInvariant(),
          numerics.batchInvariant()
              ? "%s on %s (%s): rows do not depend on their batch, computed in groups of %d%s"
                  .formatted(
                      numerics.kernels(),
                      processor.name(),
                      NumericsMode.ofEnvironment().label(),
                      model.rowGroup(),
                      caution)
              : "%s on %s: rows depend on the batch that they are computed in; set %s=portable or fastest%s"
                  .formatted(numerics.kernels(), processor.name(), NumericsMode.VARIABLE, caution));
    } catch (RuntimeException | LinkageError e) {
      return new Finding("kernels", false, String.valueOf(e.getMessage()));
    }
  }

  private static String gpus() {
    int gpus = DjlModels.gpus();
    return EngineVersion.CUDA
        ? "%d GPUs".formatted(gpus)
        : "it computes on the CPU (GPUs: SLUICE_BUILD=-Pcuda)";
  }

  private static Finding disk(String name, Path folder) {
    Path there = folder;
    while (there.getParent() != null && !Files.exists(there)) {
      there = there.getParent();
    }
    try {
      long free = Files.getFileStore(there).getUsableSpace();
      boolean writable = Files.isWritable(there);
      String text = "%s, %,d MiB free".formatted(folder, free / MIB);
      if (!writable) {
        return new Finding(
            name, false, text + "; it cannot be written, choose another with --workspace");
      }
      return free >= ENOUGH_DISK
          ? new Finding(name, true, text)
          : new Finding(name, false, text + "; make room, a run wants 1,000 MiB");
    } catch (IOException e) {
      return new Finding(name, false, folder + " cannot be looked at: " + e.getMessage());
    }
  }
}
