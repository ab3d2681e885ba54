package dev.sluice.export;

import dev.sluice.records.Hashes;
import dev.sluice.records.json.Json;
import dev.sluice.records.manifest.ModelFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Copies the models that a run trained, each as a directory of Hugging Face. */
final class ModelsExporter implements Exporter {
  static final String NAME = "models";

  /** Where a model that was trained with LoRA has its adapters alone. */
  private static final String ADAPTER = "adapter/";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String doc() {
    return "The trained models as Hugging Face directories, one per training stage.";
  }

  @Override
  public List<String> tables() {
    return List.of();
  }

  @Override
  public ExportReport export(RunView run, ExportRequest request) {
    if (!request.problems().equals(SplitOptions.TRAIN)
        || request.mode() == ExportRequest.Mode.APPEND
        || request.scrub()
        || request.card() != null
        || request.shards() != null
        || !request.rows().equals(RowOptions.ALL)
        || !request.options().isEmpty()) {
      throw new ExportException(
          "The format 'models' has no rows to split or to choose from. Leave out every option but --stage and --force.");
    }
    ExportSource source = new ExportSource(run, request, NAME);
    List<RunView.Stage> stages = trained(source);
    List<ExportManifest.File> files = new ArrayList<>();
    List<ExportSource.Used> used = new ArrayList<>();
    List<Object> identity = new ArrayList<>(List.of("export", NAME));
    for (RunView.Stage stage : stages) {
      Artifact artifact = ExportSource.artifact(stage);
      ModelFolder model = model(artifact);
      files.addAll(copy(stage.name(), artifact, model, request.out()));
      identity.add(stage.name());
      identity.add(model.digest());
      used.add(
          new ExportSource.Used(
              stage.name(),
              stage.type(),
              artifact.manifest().fingerprint(),
              artifact.manifest().attempt(),
              "model",
              1,
              model.digest()));
    }
    ExportManifest manifest =
        new ExportManifest(
            ExportManifest.FORMAT_VERSION,
            NAME,
            run.runId(),
            run.referenceFree(),
            false,
            Hashes.hex(identity.toArray()),
            used,
            Map.of(),
            Map.of(),
            Map.of(),
            false,
            Map.of(),
            List.of(),
            files,
            List.of(),
            loader(stages, Path.of(""), request.out()),
            null,
            null);
    TextFiles.write(request.out().resolve(ExportManifest.FILE), manifest.toJson());
    List<ExportReport.ExportedFile> reported =
        files.stream()
            .map(
                file ->
                    new ExportReport.ExportedFile(
                        request.out().resolve(file.path()).toString(), null, file.sha256()))
            .toList();
    return new ExportReport(
        NAME, reported, Map.of(), loader(stages, request.out(), request.out()), "");
  }

  private static List<RunView.Stage> trained(ExportSource source) {
    String wanted = source.request().stage();
    List<RunView.Stage> stages =
        source.run().stages().stream()
            .filter(stage -> stage.artifact() != null)
            .filter(stage -> leavesModel(ExportSource.artifact(stage)))
            .filter(stage -> wanted == null || stage.name().equals(wanted))
            .toList();
    if (stages.isEmpty()) {
      throw source.lacking("model");
    }
    return stages;
  }

  private static boolean leavesModel(Artifact artifact) {
    ModelFolder folder = artifact.manifest().model();
    return folder != null && !folder.isDataset();
  }

  private static ModelFolder model(Artifact artifact) {
    return Objects.requireNonNull(artifact.manifest().model());
  }

  private static List<ExportManifest.File> copy(
      String stage, Artifact artifact, ModelFolder model, Path out) {
    Path from = artifact.workspace().resolve(model.path());
    Path to = out.resolve(stage);
    Map<String, String> hashes = new TreeMap<>(model.files());
    // Another folder within the model's holds the optimiser's state, which is nobody's but the
    // training's.
    hashes.keySet().removeIf(name -> name.contains("/") && !name.startsWith(ADAPTER));
    try {
      Files.createDirectories(to);
      for (Map.Entry<String, String> file : Map.copyOf(hashes).entrySet()) {
        FileHashes.expect(from.resolve(file.getKey()), file.getValue(), stage);
        Files.createDirectories(to.resolve(file.getKey()).getParent());
        Files.copy(
            from.resolve(file.getKey()),
            to.resolve(file.getKey()),
            StandardCopyOption.REPLACE_EXISTING);
      }
      if (!hashes.containsKey(TokenizerConfig.FILE) && hashes.containsKey("tokenizer.json")) {
        TextFiles.write(to.resolve(TokenizerConfig.FILE), TokenizerConfig.of(to));
        hashes.put(TokenizerConfig.FILE, FileHashes.sha256(to.resolve(TokenizerConfig.FILE)));
      }
      List<ExportManifest.File> files = new ArrayList<>();
      for (Map.Entry<String, String> file : hashes.entrySet()) {
        Path place = to.resolve(file.getKey());
        files.add(
            new ExportManifest.File(
                stage + "/" + file.getKey(), null, Files.size(place), file.getValue()));
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The model of the stage '%s' cannot be copied to %s.".formatted(stage, to), e);
    }
  }

  private static String loader(List<RunView.Stage> stages, Path base, Path out) {
    List<String> calls = new ArrayList<>();
    for (RunView.Stage stage : stages) {
      String type = ModelClass.of(out.resolve(stage.name()));
      String place = Json.compact(base.resolve(stage.name()).toString());
      calls.add(
          stages.size() == 1
              ? type + ".from_pretrained(" + place + ")"
              : Json.compact(stage.name()) + ": " + type + ".from_pretrained(" + place + ")");
    }
    return stages.size() == 1 ? calls.get(0) : "{" + String.join(", ", calls) + "}";
  }
}
