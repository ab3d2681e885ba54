package dev.sluice.models.directory;

import dev.sluice.models.ModelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A folder with a LoRA adapter as PEFT stores it. It is a model directory too: that of its base,
 * with the product of each pair of matrices added to the base's weight.
 */
final class Adapter {
  static final String WEIGHTS = "adapter_model.safetensors";

  /** What PEFT wraps around the names of the base. */
  private static final String PREFIX = "base_model.model.";

  private static final String EMBEDDING = "model.embed_tokens";
  private static final String OUTPUT = "lm_head";
  private static final String CLASSIFIER = "score";
  private static final String WEIGHT = ".weight";

  /** Parts of names that say in which wrapper PEFT keeps a tensor that is stored whole. */
  private static final List<String> WRAPPERS = List.of(".base_layer.", ".modules_to_save.");

  private final AdapterConfig config;
  private final WeightFiles own;
  private final Set<String> rest = new TreeSet<>();

  private Adapter(AdapterConfig config, WeightFiles own) {
    this.config = config;
    this.own = own;
    own.tensors().forEach(rest::add);
  }

  /** The adapter of a folder; null if the folder holds a model that stands for itself. */
  static @Nullable Adapter in(Path folder) {
    if (!AdapterConfig.in(folder)) {
      return null;
    }
    AdapterConfig config = AdapterConfig.read(folder);
    Path file = folder.resolve(WEIGHTS);
    if (!Files.exists(file)) {
      throw new ModelException(
          file
              + " does not exist; the folder has an "
              + AdapterConfig.FILE
              + ", so its weights lie there. Restore it, or save the adapter as safetensors (PEFT:"
              + " save_pretrained(folder, safe_serialization=True)).");
    }
    return new Adapter(config, WeightFiles.single(file));
  }

  Path base() {
    return config.base();
  }

  @Nullable Head head() {
    return config.head();
  }

  /** The base's configuration as the adapter changes it. */
  ModelConfig adapted(ModelConfig base) {
    boolean both = base.tieWordEmbeddings() && base.head() == Head.LANGUAGE_MODEL;
    if (!both || !(touches(EMBEDDING) || touches(OUTPUT))) {
      return base;
    }
    if (config.keys().truth("ensure_weight_tying", false)) {
      throw config.keys().refused("ensure_weight_tying", "true", "false");
    }
    // PEFT changes one of the two uses of the shared matrix, so they are two matrices from here on.
    return base.untied();
  }

  private boolean touches(String module) {
    return config.targets().changes(module, false)
        || config.targets().saves(module)
        || rest.stream().anyMatch(name -> plain(name).startsWith(module + "."));
  }

  private static String plain(String stored) {
    String name = stored.startsWith(PREFIX) ? stored.substring(PREFIX.length()) : stored;
    for (String wrapper : WRAPPERS) {
      name = name.replace(wrapper, ".");
    }
    return name;
  }

  /**
   * Puts the adapter onto the weights of its base.
   *
   * @param model the adapted model's configuration
   * @throws ModelException if a tensor is missing, left over, of another shape or not finite
   */
  void onto(WeightFiles base, ModelConfig model) {
    boolean language = model.head() == Head.LANGUAGE_MODEL;
    base.removeAll(language ? CLASSIFIER + "." : OUTPUT + ".");
    if (language && !model.tieWordEmbeddings()) {
      base.untie(EMBEDDING + WEIGHT, OUTPUT + WEIGHT);
    }
    Set<String> replaced = new TreeSet<>();
    for (String stored : List.copyOf(rest)) {
      if (!stored.contains(".lora_")) {
        replace(stored, base, replaced);
      }
    }
    for (String name : base.tensors()) {
      if (config.targets().saves(module(name)) && !replaced.contains(name)) {
        throw missing(PREFIX + name, "modules_to_save", module(name));
      }
    }
    if (!language && !base.has(CLASSIFIER + WEIGHT)) {
      throw missing(PREFIX + CLASSIFIER + WEIGHT, "task_type", CLASSIFIER);
    }
    for (String name : base.tensors()) {
      if (name.endsWith(WEIGHT) && base.entry(name).shape().length == 2) {
        adapt(name, module(name), base, model.head());
      }
    }
    if (!rest.isEmpty()) {
      String first = rest.iterator().next();
      throw new ModelException(
          own.file(first)
              + ": the tensor \""
              + first
              + "\" belongs to nothing that "
              + AdapterConfig.FILE
              + " names in the model "
              + config.base()
              + (rest.size() > 1 ? " (nor do " + (rest.size() - 1) + " others)" : "")
              + ". Check target_modules, modules_to_save, task_type and base_model_name_or_path.");
    }
  }

  private static String module(String tensor) {
    return tensor.substring(0, Math.max(0, tensor.lastIndexOf('.')));
  }

  private void replace(String stored, WeightFiles base, Set<String> replaced) {
    String name = plain(stored);
    String module = module(name);
    boolean embeds = module.equals(EMBEDDING) || module.equals(OUTPUT);
    boolean head = module.equals(CLASSIFIER);
    if (!(embeds || config.targets().saves(module)) || !(head || base.has(name))) {
      return;
    }
    if (base.has(name)) {
      expect(stored, base.entry(name).shape(), name, base);
    }
    base.replace(name, own, stored);
    replaced.add(name);
    rest.remove(stored);
  }

  private void adapt(String name, String module, WeightFiles base, Head head) {
    boolean last =
        module.equals(OUTPUT)
            || (module.equals(CLASSIFIER) && head == Head.SEQUENCE_CLASSIFICATION);
    if (!config.targets().changes(module, !last && !module.equals(EMBEDDING))) {
      return;
    }
    long[] shape = base.entry(name).shape();
    int rows = Math.toIntExact(shape[0]);
    int columns = Math.toIntExact(shape[1]);
    int rank = config.rank(module);
    double scale = config.scale(module);
    if (module.equals(EMBEDDING)) {
      float[] a = take(module, ".lora_embedding_A", new long[] {rank, rows}, name, base);
      float[] b = take(module, ".lora_embedding_B", new long[] {columns, rank}, name, base);
      float[] left = LowRank.transposed(a, rank, rows);
      float[] right = LowRank.transposed(b, columns, rank);
      base.adapt(name, new LowRank(rows, columns, rank, left, right, scale));
    } else {
      float[] a = take(module, ".lora_A.weight", new long[] {rank, columns}, name, base);
      float[] b = take(module, ".lora_B.weight", new long[] {rows, rank}, name, base);
      base.adapt(name, new LowRank(rows, columns, rank, b, a, scale));
    }
  }

  private float[] take(String module, String part, long[] shape, String name, WeightFiles base) {
    String stored = own.has(PREFIX + module + part) ? PREFIX + module + part : module + part;
    if (!own.has(stored)) {
      throw missing(PREFIX + module + part, "target_modules", module);
    }
    expect(stored, shape, name, base);
    rest.remove(stored);
    return own.finite(stored);
  }

  private void expect(String stored, long[] shape, String name, WeightFiles base) {
    long[] given = own.entry(stored).shape();
    if (!Arrays.equals(given, shape)) {
      throw new ModelException(
          own.file(stored)
              + ": the tensor \""
              + stored
              + "\" has the shape "
              + Arrays.toString(given)
              + ", but "
              + AdapterConfig.FILE
              + " and the tensor \""
              + name
              + "\" "
              + Arrays.toString(base.entry(name).shape())
              + " of "
              + base.file(name)
              + " ask for "
              + Arrays.toString(shape)
              + ". Take the base that the adapter was trained on.");
    }
  }

  private ModelException missing(String stored, String key, String module) {
    return new ModelException(
        own.source()
            + " has no tensor \""
            + stored
            + "\", but "
            + key
            + " in "
            + AdapterConfig.FILE
            + " asks for one at the module "
            + module
            + " of "
            + config.base()
            + ". Restore the adapter's files, or write there what the adapter has.");
  }
}
