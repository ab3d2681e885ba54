package dev.sluice.models.djl;

import dev.sluice.models.directory.Head;
import dev.sluice.models.directory.ModelConfig;
import dev.sluice.models.directory.Safetensors;
import dev.sluice.models.directory.Tensor;
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
final class ParameterLayout {
  /** Rows of a tensor of the Hugging Face directory, under its name there. */
  @SuppressWarnings("ArrayRecordComponent")
  record Part(String name, long[] shape) {
    int size() {
      return (int) Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }
  }

  /** One array of the computation: its parts one under the other. */
  @SuppressWarnings("ArrayRecordComponent")
  record Parameter(List<Part> parts, long[] shape) {
    int size() {
      return (int) Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }
  }

  private final List<Parameter> parameters = new ArrayList<>();
  private final int matrixSize;
  private final int size;

  ParameterLayout(ModelConfig config) {
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
    boolean classifies = config.head() == Head.STEP_CLASSIFICATION;
    if (classifies) {
      matrix(hidden, part("score.weight", Head.LABELS, hidden));
    } else if (!config.tieWordEmbeddings()) {
      matrix(hidden, part("lm_head.weight", config.vocabularySize(), hidden));
    }
    matrixSize = parameters.stream().mapToInt(Parameter::size).sum();
    for (int layer = 0; layer < config.layers(); layer++) {
      String prefix = "model.layers." + layer + ".";
      vector(prefix + "input_layernorm.weight", hidden);
      vector(prefix + "post_attention_layernorm.weight", hidden);
    }
    vector("model.norm.weight", hidden);
    if (classifies) {
      vector("score.bias", Head.LABELS);
    }
    size = parameters.stream().mapToInt(Parameter::size).sum();
  }

  private static Part part(String name, long... shape) {
    return new Part(name, shape);
  }

  private void matrix(long columns, Part... parts) {
    long rows = Arrays.stream(parts).mapToLong(part -> part.shape()[0]).sum();
    parameters.add(new Parameter(List.of(parts), new long[] {rows, columns}));
  }

  private void vector(String name, long length) {
    parameters.add(new Parameter(List.of(part(name, length)), new long[] {length}));
  }

  List<Parameter> parameters() {
    return parameters;
  }

  /** Number of weights in matrices: the first of the flat array. */
  int matrixSize() {
    return matrixSize;
  }

  /** Number of all weights. */
  int size() {
    return size;
  }

  /** The flat array of the weights of a file, all checked. */
  float[] gather(Path file, Safetensors.Content content) {
    float[] flat = new float[size];
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
  Map<String, Tensor> scatter(float[] flat) {
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
   * Random weights: matrices normal with the deviation, norms 1, biases 0. Each tensor's stream
   * depends on the seed and its name alone.
   */
  float[] random(double deviation, long seed) {
    float[] flat = new float[size];
    int offset = 0;
    for (Parameter parameter : parameters) {
      for (Part part : parameter.parts()) {
        fill(flat, offset, part, deviation, seed);
        offset += part.size();
      }
    }
    return flat;
  }

  private static void fill(float[] flat, int offset, Part part, double deviation, long seed) {
    if (part.shape().length == 1) {
      Arrays.fill(flat, offset, offset + part.size(), part.name().endsWith("bias") ? 0 : 1);
      return;
    }
    RandomStream stream = new RandomStream(Hashes.seed(seed, "weights", "", 0, part.name(), 0));
    for (int i = 0; i < part.size(); i++) {
      flat[offset + i] = (float) (deviation * stream.nextGaussian());
    }
  }
}
