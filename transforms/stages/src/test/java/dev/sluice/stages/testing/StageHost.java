package dev.sluice.stages.testing;

import dev.sluice.models.Embedder;
import dev.sluice.models.Generation;
import dev.sluice.models.GenerationRequest;
import dev.sluice.models.LanguageModel;
import dev.sluice.models.ModelInfo;
import dev.sluice.models.ScoreRequest;
import dev.sluice.models.scripted.ScriptedLanguageModel;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.records.config.Key;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.records.parquet.Table;
import dev.sluice.records.parquet.TableWriter;
import dev.sluice.records.schema.SnakeCase;
import dev.sluice.stages.StageType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.function.Function;

/** A workspace in which stages run: its folder, its models, its finished units. */
public final class StageHost {
  private final Path workspace;
  private final FakeModels models;
  private final Map<String, LanguageModel> byName = new TreeMap<>();
  private final Map<String, Embedder> encoders = new TreeMap<>();
  private final Map<String, Path> folders = new TreeMap<>();
  private Map<String, dev.sluice.stages.UnitResult> finished = new HashMap<>();
  private InMemoryDriver.Order order = InMemoryDriver.Order.FORWARDS;
  private int decodeGroup = Integer.MAX_VALUE;
  private int interruptAfter = Integer.MAX_VALUE;
  private long seed = 7;
  private int names;

  /** With no model yet. */
  public StageHost(Path workspace, FakeModels models) {
    this.workspace = workspace;
    this.models = models;
  }

  /** Adds a model that writes by script. */
  public StageHost with(String name, ScriptedLanguageModel.Script script) {
    byName.put(name, new ScriptedLanguageModel(name, "revision of " + name, script));
    return this;
  }

  /** Adds a model directory, which trainers start from. */
  public StageHost with(String name, Path folder) {
    folders.put(name, folder);
    byName.put(name, models.open(folder));
    return this;
  }

  /** Adds a sentence encoder: the vector of a text, of whatever length. */
  public StageHost encoder(String name, Function<String, float[]> vectors) {
    encoders.put(name, new FakeEmbedder(name, vectors));
    return this;
  }

  /** Adds the model that a stage left. */
  public StageHost with(String name, StageRun run) {
    return with(name, run.modelFolder());
  }

  /** Sets the run's seed. */
  public StageHost seed(long value) {
    seed = value;
    return this;
  }

  /** Sets the order in which units are done. */
  public StageHost order(InMemoryDriver.Order value) {
    order = value;
    return this;
  }

  /** Sets how many requests a model works on in one call. */
  public StageHost decodeGroup(int requests) {
    decodeGroup = requests;
    return this;
  }

  /** Lets the work be interrupted after so many more steps of training. */
  public StageHost interruptAfter(int steps) {
    interruptAfter = steps;
    return this;
  }

  /** Forgets which units are finished. */
  public StageHost forget() {
    finished = new HashMap<>();
    return this;
  }

  /** Runs a stage with a config block in YAML. */
  public <C extends Record> StageRun run(
      StageType<C> type, String yaml, Map<String, List<ShardFile>> inputs) {
    return run(type, Configs.of(type.configType(), yaml), yaml, inputs);
  }

  private <C extends Record> StageRun run(
      StageType<C> type, C config, String yaml, Map<String, List<ShardFile>> inputs) {
    List<ConfigMistake> mistakes = type.check(config);
    if (!mistakes.isEmpty()) {
      throw new IllegalArgumentException(mistakes.toString());
    }
    String ownPart =
        type.name() + type.behaviourVersion() + seed + withoutExtents(type.configType(), yaml);
    InMemoryDriver driver =
        new InMemoryDriver(
            this,
            travelled(type.stage(config)),
            ownPart,
            type.wiring(config).loadsReference(),
            inputs);
    type.stage(config).drive(driver);
    return driver.result();
  }

  /** The block without keys that decide only how much is made. */
  private static String withoutExtents(Class<? extends Record> config, String yaml) {
    String kept = yaml;
    for (RecordComponent component : config.getRecordComponents()) {
      if (component.getAnnotation(Key.class).incremental()) {
        kept = kept.replaceAll("\\b" + SnakeCase.of(component.getName()) + ": \\d+", "");
      }
    }
    return kept;
  }

  /** Writes rows as one shard of a table. */
  public <R extends Record> ShardFile shard(Table<R> table, List<R> rows) {
    Path folder = newFolder("rows");
    TableWriter<R> writer =
        TableWriter.open(folder.resolve(table.name() + ".parquet"), table, Map.of());
    try (writer) {
      rows.forEach(writer::write);
    }
    return new ShardFile(
        table.name(),
        folder.getFileName() + "/" + table.name() + ".parquet",
        writer.rows(),
        writer.bytes(),
        writer.sha256(),
        writer.digest().toString());
  }

  /** Number of completions that a scripted model gave. */
  public long completions(String name) {
    return byName.get(name) instanceof ScriptedLanguageModel model ? model.completions() : 0;
  }

  /** The object as it comes out at the other end of a wire. */
  @SuppressWarnings({"unchecked", "BanSerializableRead"}) // reads what it has just written
  static <T extends Serializable> T travelled(T object) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
        out.writeObject(object);
      }
      try (ObjectInputStream in =
          new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
        return (T) in.readObject();
      }
    } catch (IOException | ClassNotFoundException e) {
      throw new IllegalStateException(object.getClass() + " does not travel: " + e, e);
    }
  }

  Path newFolder(String kind) {
    Path folder = workspace.resolve(kind + "-" + names++);
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path path(String name) {
    return workspace.resolve(name);
  }

  FakeModels models() {
    return models;
  }

  LanguageModel model(String name) {
    LanguageModel model = byName.get(name);
    if (model == null) {
      throw new IllegalArgumentException("There is no model " + name + ".");
    }
    return model;
  }

  Embedder embedder(String name) {
    Embedder embedder = encoders.get(name);
    if (embedder == null) {
      throw new IllegalArgumentException("There is no encoder " + name + ".");
    }
    return embedder;
  }

  Path modelFolder(String name) {
    Path folder = folders.get(name);
    if (folder == null) {
      throw new IllegalArgumentException("There is no folder of a model " + name + ".");
    }
    return folder;
  }

  Map<String, dev.sluice.stages.UnitResult> finished() {
    return finished;
  }

  InMemoryDriver.Order order() {
    return order;
  }

  long seed() {
    return seed;
  }

  void checkInterrupted() {
    if (interruptAfter-- <= 0) {
      throw new CancellationException("interrupted");
    }
  }

  LanguageModel grouped(LanguageModel model) {
    return new Grouped(model, decodeGroup);
  }

  /** Works on so many requests at a time. */
  private record Grouped(LanguageModel model, int size) implements LanguageModel {
    @Override
    public ModelInfo info() {
      return model.info();
    }

    @Override
    public List<Generation> generate(List<GenerationRequest> requests) {
      List<Generation> generations = new ArrayList<>();
      for (int from = 0; from < requests.size(); from += Math.min(size, requests.size())) {
        int to = (int) Math.min(requests.size(), (long) from + size);
        generations.addAll(model.generate(requests.subList(from, to)));
      }
      return generations;
    }

    @Override
    public List<float[]> score(List<ScoreRequest> requests) {
      return model.score(requests);
    }

    @Override
    public int[] encodePrompt(String text) {
      return model.encodePrompt(text);
    }

    @Override
    public int[] encode(String text) {
      return model.encode(text);
    }

    @Override
    public String decode(int[] tokens) {
      return model.decode(tokens);
    }

    @Override
    public void close() {}
  }
}
