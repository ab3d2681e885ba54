package dev.sluice.models.djl.engine;

import dev.sluice.models.ModelException;
import dev.sluice.models.directory.Head;
import dev.sluice.models.directory.ModelConfig;
import dev.sluice.models.directory.Safetensors;
import dev.sluice.models.directory.Tensor;
import dev.sluice.models.directory.WeightFiles;
import dev.sluice.records.Hashes;
import dev.sluice.records.RandomStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where each weight lies in one flat array: matrices first, so that weight decay is one slice, then
 * vectors. Matrices that are multiplied with the same input lie one under the other (query, key and
 * value; gate and up), so that one product serves them.
 */
public final class ParameterLayout {
  /** Rows of a tensor of the Hugging Face directory, under its name there. */
  @SuppressWarnings("ArrayRecordComponent")
  public record Part(String name, long[] shape) {
    public int size() {
      return (int) Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }
  }

  /** One array of the computation: its parts one under the other. */
  @SuppressWarnings("ArrayRecordComponent")
  public record Parameter(List<Part> parts, long[] shape) {
    public long size() {
      return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }

    public String name() {
      return parts.get(0).name();
    }
  }

  /** How names of tensors begin that are not the head's. */
  private static final String BODY = "model.";

  private final List<Parameter> parameters = new ArrayList<>();
  private final boolean shiftedNorms;
  private final long matrixSize;
  private final long size;

  public ParameterLayout(ModelConfig config) {
    int hidden = config.hiddenSize();
    int queries = config.heads() * config.headDim();
    int keys = config.keyValueHeads() * config.headDim();
    int inner = config.intermediateSize();
    matrix(hidden, part("model.embed_tokens.weight", config.vocabularySize(), hidden));
    for (int layer = 0; layer < config.layers(); layer++) {
      String prefix = "model.layers." + layer + ".";
      matrix(
          hidden,
          part(prefix + "self_attn.q_proj.weight", queries, hidden),
          part(prefix + "self_attn.k_proj.weight", keys, hidden),
          part(prefix + "self_attn.v_proj.weight", keys, hidden));
      matrix(queries, part(prefix + "self_attn.o_proj.weight", hidden, queries));
      matrix(
          hidden,
          part(prefix + "mlp.gate_proj.weight", inner, hidden),
          part(prefix + "mlp.up_proj.weight", inner, hidden));
      matrix(inner, part(prefix + "mlp.down_proj.weight", hidden, inner));
    }
    int labels = config.head().labels();
    if (labels > 0) {
      matrix(hidden, part("score.weight", labels, hidden));
    } else if (!config.tieWordEmbeddings()) {
      matrix(hidden, part("lm_head.weight", config.vocabularySize(), hidden));
    }
    matrixSize = parameters.stream().mapToLong(Parameter::size).sum();
    for (int layer = 0; layer < config.layers(); layer++) {
      vectors(config, "model.layers." + layer + ".");
    }
    vector(part("model.norm.weight", hidden));
    if (config.head() == Head.STEP_CLASSIFICATION) {
      vector(part("score.bias", labels));
    }
    shiftedNorms = config.family().shiftedNorms();
    size = parameters.stream().mapToLong(Parameter::size).sum();
  }

  private void vectors(ModelConfig config, String prefix) {
    int hidden = config.hiddenSize();
    int queries = config.heads() * config.headDim();
    int keys = config.keyValueHeads() * config.headDim();
    vector(part(prefix + "input_layernorm.weight", hidden));
    vector(part(prefix + "post_attention_layernorm.weight", hidden));
    if (config.family().innerNorms()) {
      vector(part(prefix + "pre_feedforward_layernorm.weight", hidden));
      vector(part(prefix + "post_feedforward_layernorm.weight", hidden));
    }
    if (config.family().queryKeyNorm()) {
      vector(part(prefix + "self_attn.q_norm.weight", config.headDim()));
      vector(part(prefix + "self_attn.k_norm.weight", config.headDim()));
    }
    if (config.traits().attentionBias()) {
      vector(
          part(prefix + "self_attn.q_proj.bias", queries),
          part(prefix + "self_attn.k_proj.bias", keys),
          part(prefix + "self_attn.v_proj.bias", keys));
    }
    if (config.traits().outputBias()) {
      vector(part(prefix + "self_attn.o_proj.bias", hidden));
    }
    if (config.traits().feedForwardBias()) {
      int inner = config.intermediateSize();
      vector(part(prefix + "mlp.gate_proj.bias", inner), part(prefix + "mlp.up_proj.bias", inner));
      vector(part(prefix + "mlp.down_proj.bias", hidden));
    }
  }

  private static Part part(String name, long... shape) {
    return new Part(name, shape);
  }

  private void matrix(long columns, Part... parts) {
    long rows = Arrays.stream(parts).mapToLong(part -> part.shape()[0]).sum();
    parameters.add(new Parameter(List.of(parts), new long[] {rows, columns}));
  }

  private void vector(Part... parts) {
    long length = Arrays.stream(parts).mapToLong(part -> part.shape()[0]).sum();
    parameters.add(new Parameter(List.of(parts), new long[] {length}));
  }

  public List<Parameter> parameters() {
    return parameters;
  }

  /** Number of weights in matrices: the first of the flat array. */
  public int matrixSize() {
    return Math.toIntExact(matrixSize);
  }

  /** Number of all weights. */
  public long parameterCount() {
    return size;
  }

  /**
   * Length of the flat array.
   *
   * @throws ModelException if no array is that long
   */
  public int size() {
    if (size > Integer.MAX_VALUE - 8) {
      throw new ModelException(
          "A model of "
              + size
              + " weights cannot be trained here: the weights lie in one array of at most 2^31."
              + " Take a smaller model.");
    }
    return (int) size;
  }

  /**
   * Checks the shapes of a model's tensors, before memory of their sizes is taken.
   *
   * @throws ModelException if one is missing or has another shape
   */
  public void check(WeightFiles files) {
    check(files, true);
  }

  /** The same of a model that may lack the head, which then begins anew. */
  public void checkWithoutHead(WeightFiles files) {
    check(files, false);
  }

  private void check(WeightFiles files, boolean headToo) {
    for (Parameter parameter : parameters) {
      for (Part part : parameter.parts()) {
        if (headToo || part.name().startsWith(BODY) || files.has(part.name())) {
          files.check(part.name(), part.shape());
        }
      }
    }
  }

  /** The flat array of the weights of a file, all checked. */
  public float[] gather(Path file, Safetensors.Content content) {
    float[] flat = new float[size()];
    int offset = 0;
    for (Parameter parameter : parameters) {
      for (Part part : parameter.parts()) {
        float[] values = content.require(file, part.name(), part.shape()).values();
        System.arraycopy(values, 0, flat, offset, values.length);
        offset += values.length;
      }
    }
    return flat;
  }

  /** The tensors of a directory, from the flat array. */
  public Map<String, Tensor> scatter(float[] flat) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    int offset = 0;
    for (Parameter parameter : parameters) {
      for (Part part : parameter.parts()) {
        int end = offset + part.size();
        tensors.put(part.name(), new Tensor(part.shape(), Arrays.copyOfRange(flat, offset, end)));
        offset = end;
      }
    }
    return tensors;
  }

  /**
   * Random weights: matrices normal with the deviation, norms as if 1, biases 0. Each tensor's
   * stream depends on the seed and its name alone.
   */
  public float[] random(double deviation, long seed) {
    float[] flat = new float[size()];
    int offset = 0;
    for (Parameter parameter : parameters) {
      for (Part part : parameter.parts()) {
        fill(flat, offset, part, deviation, seed);
        offset += part.size();
      }
    }
    return flat;
  }

  private void fill(float[] flat, int offset, Part part, double deviation, long seed) {
    if (part.shape().length == 1) {
      Arrays.fill(
          flat, offset, offset + part.size(), part.name().endsWith("bias") || shiftedNorms ? 0 : 1);
      return;
    }
    RandomStream stream = new RandomStream(Hashes.seed(seed, "weights", "", 0, part.name(), 0));
    for (int i = 0; i < part.size(); i++) {
      flat[offset + i] = (float) (deviation * stream.nextGaussian());
    }
  }
}
