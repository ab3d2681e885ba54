package dev.sluice.runners.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Seconds to say that nothing has to be done, whole process: {@code sluice plan} of the finished
 * quickstart (11 stages; made on first use) beside a DVC and a Snakemake pipeline of 11 finished
 * stages of one small file each.
 */
final class PlanBench implements Bench.Measurement {
  private static final int STAGES = 11;

  @Override
  public List<Figure> measure(Bench bench) throws Exception {
    Path folder = bench.folder("plan");
    Path log = folder.resolve("log");
    String file = bench.repository().resolve("configs/quickstart.yaml").toString();
    String workspace = folder.resolve("workspace").toString();
    List<String> plan = List.of(bench.sluice().toString(), "plan", file, "--workspace", workspace);
    Peers.seconds(
        List.of(bench.sluice().toString(), "run", file, "--workspace", workspace, "--quiet"),
        folder,
        log);
    Peers.seconds(plan, folder, log);
    Supplier<Figure.Run> ours = () -> Peers.run(plan, folder, log);
    return List.of(
        bench.inTurnsWith(
            "plan",
            "s",
            new Figure.Aim.AtMost(0.75),
            ours,
            "dvc status",
            dvc(bench, folder.resolve("dvc"), log)),
        bench.inTurnsWith(
            "plan",
            "s",
            new Figure.Aim.AtMost(0.75),
            ours,
            "snakemake --dry-run",
            snakemake(bench, folder.resolve("snakemake"), log)));
  }

  private static Optional<Supplier<Figure.Run>> dvc(Bench bench, Path folder, Path log)
      throws IOException {
    Optional<Path> program = bench.peers().program("dvc");
    if (program.isEmpty()) {
      return Optional.empty();
    }
    String dvc = program.get().toString();
    PolicyBench.delete(folder);
    Files.createDirectories(folder);
    Peers.seconds(List.of(dvc, "init", "--no-scm"), folder, log);
    Peers.seconds(List.of(dvc, "config", "core.analytics", "false"), folder, log);
    Peers.seconds(List.of(dvc, "config", "core.check_update", "false"), folder, log);
    StringBuilder file = new StringBuilder("stages:\n");
    for (int k = 1; k <= STAGES; k++) {
      file.append(
          "  s%d:\n    cmd: cp f%d f%d\n    deps: [f%d]\n    outs: [f%d]\n"
              .formatted(k, k - 1, k, k - 1, k));
    }
    Files.writeString(folder.resolve("f0"), "rows\n");
    Files.writeString(folder.resolve("dvc.yaml"), file);
    Peers.seconds(List.of(dvc, "repro"), folder, log);
    Peers.seconds(List.of(dvc, "status"), folder, log);
    return Optional.of(() -> Peers.run(List.of(dvc, "status"), folder, log));
  }

  private static Optional<Supplier<Figure.Run>> snakemake(Bench bench, Path folder, Path log)
      throws IOException {
    Optional<Path> program = bench.peers().program("snakemake");
    if (program.isEmpty()) {
      return Optional.empty();
    }
    String snakemake = program.get().toString();
    PolicyBench.delete(folder);
    Files.createDirectories(folder);
    StringBuilder file = new StringBuilder("rule all:\n  input: \"f%d\"\n".formatted(STAGES));
    for (int k = 1; k <= STAGES; k++) {
      file.append(
          "rule s%d:\n  input: \"f%d\"\n  output: \"f%d\"\n  shell: \"cp {input} {output}\"\n"
              .formatted(k, k - 1, k));
    }
    Files.writeString(folder.resolve("f0"), "rows\n");
    Files.writeString(folder.resolve("Snakefile"), file);
    List<String> run = new ArrayList<>(List.of(snakemake, "--cores", "1"));
    Peers.seconds(run, folder, log);
    List<String> look = List.of(snakemake, "--cores", "1", "--dry-run");
    Peers.seconds(look, folder, log);
    return Optional.of(() -> Peers.run(look, folder, log));
  }
}
