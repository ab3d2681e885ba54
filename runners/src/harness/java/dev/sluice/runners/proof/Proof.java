package dev.sluice.runners.proof;

import dev.sluice.export.ExportException;
import dev.sluice.records.parquet.TableException;
import dev.sluice.runners.proof.measure.Outcome;
import dev.sluice.runners.proof.measure.ProofException;
import dev.sluice.runners.proof.measure.ProofFile;
import dev.sluice.runners.proof.report.Plot;
import dev.sluice.runners.proof.report.ProofPage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./dev proof}. */
@Command(
    name = "./dev proof",
    mixinStandardHelpOptions = true,
    description =
        "Runs the quickstart and the files in configs/proof with several seeds, and writes docs/proof.md and docs/proof.svg. Finished runs are reused.")
final class Proof implements Callable<Integer> {
  @Option(
      names = "--seeds",
      split = ",",
      paramLabel = "SEED",
      description = "Seeds. Default: 7,8,9, or 7 with --long.")
  private List<Integer> seeds = new ArrayList<>();

  @Option(
      names = "--files",
      split = ",",
      paramLabel = "NAME",
      description =
          "Files: quickstart or the name of a file in configs/proof. Default: all, or quickstart,control with --long.")
  private List<String> files = new ArrayList<>();

  @Option(names = "--long", description = "Runs 160 rounds with 5,120 problems instead.")
  private boolean longer;

  @Option(
      names = "--report",
      description = "Write the page from existing results without running anything.")
  private boolean reportOnly;

  @Option(
      names = "--workspace",
      paramLabel = "DIR",
      description = "Workspace of all runs. Default: ${DEFAULT-VALUE}.")
  private Path workspace = Path.of("target", "proof", "workspace");

  @Option(
      names = "--results",
      paramLabel = "DIR",
      description =
          "Folder for NAME-SEED.json, the output of 'run --json'. Default: WORKSPACE-json.")
  private @Nullable Path results;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Folder for proof.md and proof.svg. Default: docs, or the folder of --results with --set.")
  private @Nullable Path out;

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = "Set a value in all files, as an experiment. Repeatable.")
  private List<String> sets = new ArrayList<>();

  public static void main(String... arguments) {
    System.exit(new CommandLine(new Proof()).execute(arguments));
  }

  @Override
  public Integer call() {
    try {
      boolean all = reportOnly || run();
      write();
      return all ? 0 : 1;
    } catch (ProofException | ExportException | TableException e) {
      System.err.println(e.getMessage());
      return 1;
    } catch (IOException e) {
      throw new UncheckedIOException("Writing the proof failed.", e);
    }
  }

  private Path results() {
    return results != null ? results : workspace.resolveSibling(workspace.getFileName() + "-json");
  }

  /** Whether all runs succeeded. */
  private boolean run() {
    List<Integer> chosen = !seeds.isEmpty() ? seeds : longer ? List.of(7) : List.of(7, 8, 9);
    Launcher launcher = new Launcher(workspace, results(), sets);
    boolean all = true;
    for (int seed : chosen) {
      for (ProofFile file : chosenFiles()) {
        all &= launcher.run(file, longer, seed);
      }
    }
    return all;
  }

  private List<ProofFile> chosenFiles() {
    List<ProofFile> known = ProofFile.all();
    List<String> names =
        !files.isEmpty()
            ? files
            : longer
                ? List.of(ProofFile.QUICKSTART, ProofFile.CONTROL)
                : known.stream().map(ProofFile::name).toList();
    List<ProofFile> chosen = names.stream().map(ProofFile::new).toList();
    for (ProofFile file : chosen) {
      if (!known.contains(file)) {
        throw new ProofException(
            "There is no file '%s' to run; there are: %s."
                .formatted(
                    file.name(), String.join(", ", known.stream().map(ProofFile::name).toList())));
      }
    }
    return chosen;
  }

  private void write() throws IOException {
    ProofRuns runs = ProofRuns.read(results(), workspace);
    if (runs.finished().isEmpty()) {
      throw new ProofException(
          "The folder %s holds no finished run, so there is nothing to write."
              .formatted(results()));
    }
    List<Outcome> usual = Outcome.of(runs.finished(), false);
    List<Outcome> long160 = Outcome.of(runs.finished(), true);
    String page = ProofPage.of(usual, long160, runs.unusable());
    System.out.println(page);
    Path folder = out != null ? out : sets.isEmpty() ? Path.of("docs") : results();
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("proof.md"), page);
    Files.writeString(folder.resolve("proof.svg"), Plot.of(usual, long160));
    System.err.printf("Written: %s, %s%n", folder.resolve("proof.md"), folder.resolve("proof.svg"));
  }
}
