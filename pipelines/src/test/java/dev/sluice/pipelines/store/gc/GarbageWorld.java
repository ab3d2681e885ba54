package dev.sluice.pipelines.store.gc;

import dev.sluice.pipelines.store.ArtifactStore;
import dev.sluice.pipelines.store.Attempt;
import dev.sluice.pipelines.store.UnitRecord;
import dev.sluice.pipelines.store.Workspace;
import dev.sluice.records.Hashes;
import dev.sluice.records.json.SealedJson;
import dev.sluice.records.manifest.Counts;
import dev.sluice.records.manifest.Manifest;
import dev.sluice.records.manifest.ModelFolder;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.records.manifest.Usage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A workspace drawn at random: runs that share artifacts, artifacts that share units and files,
 * stages that were not finished, and what crashes leave. It knows by itself, without manifests,
 * which files its kept runs need.
 */
final class GarbageWorld {
  private final Path workspace;
  private final Random random;
  private final List<Unit> units = new ArrayList<>();
  private final List<Made> artifacts = new ArrayList<>();
  private final List<Made> unfinished = new ArrayList<>();
  private final Set<String> needed = new TreeSet<>(Set.of(Workspace.MARKER));
  private final Set<String> neededKeys = new HashSet<>();
  private final Set<Made> seen = new HashSet<>();
  final Set<String> removedRuns = new TreeSet<>();
  final List<RunRoots> kept = new ArrayList<>();

  private record Unit(
      String key,
      String record,
      List<ShardFile> tables,
      @Nullable ModelFolder model,
      List<String> files) {}

  private record Made(
      Attempt attempt,
      List<Unit> units,
      List<Made> tablesOf,
      List<String> modelsOf,
      @Nullable ModelFolder model) {}

  GarbageWorld(Path workspace, long seed, int runs) throws IOException {
    this.workspace = workspace;
    this.random = new Random(seed);
    ArtifactStore.open(workspace).prepare();
    for (int i = 0; i < runs * 3; i++) {
      Made made = make(i);
      (random.nextInt(5) == 0 ? unfinished : artifacts).add(made);
      if (artifacts.contains(made)) {
        commit(made);
      }
    }
    for (int i = 0; i < runs; i++) {
      run("r%03d".formatted(i));
    }
    strays();
  }

  /** Every file that is needed, with its content. */
  Map<String, String> needed() throws IOException {
    Map<String, String> all = files(workspace);
    all.keySet().retainAll(needed);
    return all;
  }

  GarbageCollector.Scope scope() {
    return new GarbageCollector.Scope(kept, removedRuns, Optional.empty());
  }

  static Map<String, String> files(Path workspace) throws IOException {
    Map<String, String> all = new TreeMap<>();
    try (Stream<Path> found = Files.walk(workspace)) {
      for (Path file : found.filter(Files::isRegularFile).toList()) {
        all.put(
            workspace.relativize(file).toString().replace('\\', '/'),
            Files.readString(file, StandardCharsets.UTF_8));
      }
    }
    return all;
  }

  /** Every folder and file. */
  static Set<String> everything(Path workspace) throws IOException {
    try (Stream<Path> found = Files.walk(workspace)) {
      return new TreeSet<>(found.map(path -> workspace.relativize(path).toString()).toList());
    }
  }

  private Made make(int number) throws IOException {
    Attempt attempt =
        new Attempt(
            "Type" + random.nextInt(3),
            Hashes.hex("fingerprint", random.nextInt(4)),
            String.format(Locale.ROOT, "20261124T%09dZ-%08x", number, random.nextInt()));
    Set<Unit> own = new LinkedHashSet<>();
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      own.add(
          !units.isEmpty() && random.nextInt(3) == 0
              ? units.get(random.nextInt(units.size()))
              : unit(attempt, number + "-" + i));
    }
    List<Made> tablesOf = new ArrayList<>();
    List<String> modelsOf = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0 && !artifacts.isEmpty(); i--) {
      Made read = artifacts.get(random.nextInt(artifacts.size()));
      ModelFolder model = read.model();
      if (model != null && random.nextBoolean()) {
        modelsOf.add(model.digest());
      } else {
        tablesOf.add(read);
      }
    }
    List<Unit> list = List.copyOf(own);
    return new Made(attempt, list, tablesOf, modelsOf, list.get(list.size() - 1).model());
  }

  private Unit unit(Attempt attempt, String name) throws IOException {
    String key = Hashes.hex("unit", name);
    List<String> files = new ArrayList<>();
    List<ShardFile> tables = new ArrayList<>();
    for (String table : List.of("problems", "metrics")) {
      String path = attempt.folder() + "/" + name + "-" + table + ".parquet";
      String content = table + name;
      put(path, content);
      tables.add(new ShardFile(table, path, 1, content.length(), sha256(content), "0".repeat(80)));
      files.add(path);
    }
    ModelFolder model = null;
    if (random.nextInt(3) == 0) {
      String folder = attempt.folder() + "/" + name + "-model";
      put(folder + "/config.json", name);
      put(folder + "/trainer/state", name);
      files.add(folder + "/config.json");
      files.add(folder + "/trainer/state");
      model =
          new ModelFolder(folder, Map.of("config.json", sha256(name)), Hashes.hex("model", name));
    }
    UnitRecord record =
        new UnitRecord(
            SealedJson.FORMAT_VERSION,
            key,
            name,
            attempt.stageType(),
            attempt.fingerprint(),
            attempt.name(),
            tables,
            model,
            Counts.NONE,
            Usage.NONE,
            Map.of(),
            List.of(),
            1);
    put(UnitRecord.path(key), SealedJson.write(record));
    Unit unit = new Unit(key, UnitRecord.path(key), tables, model, files);
    units.add(unit);
    return unit;
  }

  private void commit(Made made) throws IOException {
    Map<String, Manifest.Input> inputs = new TreeMap<>();
    Map<String, String> models = new TreeMap<>();
    for (String digest : made.modelsOf()) {
      models.put("m" + models.size(), digest);
    }
    for (Made read : made.tablesOf()) {
      inputs.put(
          "p" + inputs.size(),
          new Manifest.Input(
              read.attempt().stageType(),
              read.attempt().fingerprint(),
              read.attempt().name(),
              "problems",
              ""));
    }
    List<ShardFile> shards = new ArrayList<>();
    made.units().forEach(unit -> shards.addAll(unit.tables()));
    Manifest manifest =
        new Manifest(
            SealedJson.FORMAT_VERSION,
            made.attempt().stageType(),
            1,
            "stage",
            made.attempt().fingerprint(),
            "own",
            made.attempt().name(),
            "problems",
            Map.of(),
            7,
            inputs,
            models,
            shards,
            made.model(),
            Counts.NONE,
            Usage.NONE,
            List.of(),
            true,
            List.of(),
            Map.of(),
            List.of(),
            "2026-11-24T10:15:00Z",
            "2026-11-24T10:15:01Z",
            1,
            made.units().stream()
                .map(unit -> new Manifest.UnitEntry("u", unit.key(), 1, false))
                .toList(),
            null);
    put(made.attempt().folder() + "/manifest.json", manifest.toJson());
  }

  private void run(String id) throws IOException {
    List<String> own = List.of("report.json", "log.txt", "progress/stage/0/a.json");
    for (String file : own) {
      put("runs/" + id + "/" + file, id);
    }
    Set<Attempt> attempts = new HashSet<>();
    List<Made> roots = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0 && !artifacts.isEmpty(); i--) {
      Made made = artifacts.get(random.nextInt(artifacts.size()));
      attempts.add(made.attempt());
      roots.add(made);
    }
    Set<RunRoots.Open> open = new HashSet<>();
    Set<String> keys = new HashSet<>();
    if (random.nextBoolean() && !unfinished.isEmpty()) {
      Made made = unfinished.get(random.nextInt(unfinished.size()));
      if (random.nextBoolean()) {
        open.add(new RunRoots.Open(made.attempt().stageType(), made.attempt().fingerprint()));
      }
      made.units().forEach(unit -> keys.add(unit.key()));
      keys.add(Hashes.hex("not begun", id));
    }
    if (random.nextInt(3) == 0) {
      removedRuns.add(id);
      return;
    }
    kept.add(new RunRoots(attempts, open, keys, keys.isEmpty()));
    own.forEach(file -> needed.add("runs/" + id + "/" + file));
    roots.forEach(this::need);
    for (Unit unit : units) {
      boolean begun =
          open.stream()
              .anyMatch(
                  stage ->
                      unit.files()
                          .get(0)
                          .startsWith(Attempt.folder(stage.stageType(), stage.fingerprint())));
      if (begun || keys.contains(unit.key())) {
        need(unit);
      }
    }
    neededKeys.addAll(keys);
  }

  private void need(Made made) {
    if (seen.add(made)) {
      needed.add(made.attempt().folder() + "/manifest.json");
      made.units().forEach(this::need);
      made.tablesOf().forEach(this::need);
      // Whoever holds an equal model may be the one that was read.
      for (Made other : artifacts) {
        ModelFolder model = other.model();
        if (model != null && made.modelsOf().contains(model.digest())) {
          need(other);
        }
      }
    }
  }

  private void need(Unit unit) {
    needed.add(unit.record());
    needed.addAll(unit.files());
  }

  private void strays() throws IOException {
    List<Made> all = new ArrayList<>(artifacts);
    all.addAll(unfinished);
    for (Made made : all) {
      String folder = made.attempt().folder();
      if (random.nextInt(3) == 0) {
        put(folder + "/0-half-problems.parquet", "half");
      }
      if (random.nextInt(6) == 0) {
        put(made.units().get(0).files().get(0) + ".damaged-0a0b0c0d", "bad");
        put(folder + "/manifest.json.tmp-1", "half");
      }
    }
    for (Unit unit : units) {
      if (random.nextInt(5) == 0) {
        put("checkpoints/" + unit.key().substring(0, 2) + "/" + unit.key() + "/a", "old");
      }
      if (random.nextInt(5) == 0) {
        put("leases/" + unit.key().substring(0, 2) + "/" + unit.key() + ".json", "gone");
      }
    }
    for (String key : neededKeys) {
      if (units.stream().noneMatch(unit -> unit.key().equals(key))) {
        String checkpoint = "checkpoints/" + key.substring(0, 2) + "/" + key + "/state/a";
        put(checkpoint, "in flight");
        needed.add(checkpoint);
      }
    }
    put("checkpoints/zz/" + "zz".repeat(32) + "/a", "of no run");
    put("units/zz/" + "zz".repeat(32) + ".json", "no record");
  }

  private static String sha256(String content) {
    return HexFormat.of()
        .formatHex(Hashes.sha256().digest(content.getBytes(StandardCharsets.UTF_8)));
  }

  private void put(String path, String content) throws IOException {
    Path file = workspace.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content, StandardCharsets.UTF_8);
  }
}
