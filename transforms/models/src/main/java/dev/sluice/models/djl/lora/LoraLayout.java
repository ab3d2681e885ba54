package dev.sluice.models.djl.lora;

import dev.sluice.models.directory.LowRank;
import dev.sluice.models.directory.Tensor;
import dev.sluice.models.djl.engine.LayerSlots;
import dev.sluice.models.djl.engine.ParameterLayout;
import dev.sluice.models.training.Lora;
import dev.sluice.records.Hashes;
import dev.sluice.records.RandomStream;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Where the numbers that LoRA trains lie in one flat array: A and B of each adapted matrix, then
 * the head of a model that classifies, which is trained whole as PEFT does; its bias last, so that
 * weight decay is one slice.
 */
public final class LoraLayout {
  /** What PEFT writes around the names of a model. */
  private static final String PREFIX = "base_model.model.";

  private static final String HEAD = "score.";
  private static final String WEIGHT = ".weight";

  /**
   * An adapted matrix [rows, columns].
   *
   * @param name of its module
   * @param place of the matrix in the array of all weights
   * @param a place of A [rank, columns] in the array of what is trained
   * @param b place of B [rows, rank]
   */
  public record Pair(String name, int place, int rows, int columns, int a, int b) {}

  /** A tensor that is trained whole: its places in both arrays. */
  @SuppressWarnings("ArrayRecordComponent")
  record Whole(String name, long[] shape, int place, int own, int size) {}

  /** A stretch of what is trained: A or B of a matrix, or a tensor that is trained whole. */
  @SuppressWarnings("ArrayRecordComponent")
  record Piece(String name, long[] shape) {
    long size() {
      return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }
  }

  private final Lora lora;
  private final List<Pair> pairs = new ArrayList<>();
  private final List<Whole> wholes = new ArrayList<>();
  private final int matrixSize;
  private final int size;

  public LoraLayout(Lora lora, ParameterLayout layout) {
    this.lora = lora;
    List<String> ends = targets().stream().map(name -> "." + name + WEIGHT).toList();
    int rank = lora.rank();
    int place = 0;
    int own = 0;
    int vectors = 0;
    for (ParameterLayout.Parameter parameter : layout.parameters()) {
      for (ParameterLayout.Part part : parameter.parts()) {
        if (ends.stream().anyMatch(part.name()::endsWith)) {
          int rows = (int) part.shape()[0];
          int columns = (int) part.shape()[1];
          String module = part.name().substring(0, part.name().length() - WEIGHT.length());
          int b = Math.addExact(own, Math.multiplyExact(rank, columns));
          pairs.add(new Pair(module, place, rows, columns, own, b));
          own = Math.addExact(b, Math.multiplyExact(rows, rank));
        } else if (part.name().startsWith(HEAD)) {
          wholes.add(new Whole(part.name(), part.shape(), place, own, part.size()));
          own += part.size();
          vectors += part.shape().length == 1 ? part.size() : 0;
        }
        place += part.size();
      }
    }
    size = own;
    matrixSize = own - vectors;
  }

  /** Ends of the names of adapted modules. */
  public List<String> targets() {
    return lora.targetModules().stream()
        .map(matrix -> matrix.name().toLowerCase(Locale.ROOT))
        .distinct()
        .toList();
  }

  double scale() {
    return lora.alpha() / lora.rank();
  }

  int rank() {
    return lora.rank();
  }

  public List<Pair> pairs() {
    return pairs;
  }

  List<Whole> wholes() {
    return wholes;
  }

  public int size() {
    return size;
  }

  /** Number of weights in matrices: the first of the flat array. */
  public int matrixSize() {
    return matrixSize;
  }

  /**
   * All stretches in order; A and B of a matrix by its name with {@link LayerSlots#A} or {@link
   * LayerSlots#B} behind it.
   */
  List<Piece> pieces() {
    List<Piece> pieces = new ArrayList<>();
    for (Pair pair : pairs) {
      String matrix = pair.name() + WEIGHT;
      pieces.add(new Piece(matrix + LayerSlots.A, new long[] {rank(), pair.columns()}));
      pieces.add(new Piece(matrix + LayerSlots.B, new long[] {pair.rows(), rank()}));
    }
    wholes.forEach(whole -> pieces.add(new Piece(whole.name(), whole.shape())));
    return pieces;
  }

  /** All weights of the model with what was trained. */
  public float[] merged(float[] weights, float[] trained) {
    float[] merged = weights.clone();
    for (Pair pair : pairs) {
      int end = pair.b() + pair.rows() * rank();
      float[] a = Arrays.copyOfRange(trained, pair.a(), pair.b());
      float[] b = Arrays.copyOfRange(trained, pair.b(), end);
      FloatBuffer matrix =
          FloatBuffer.wrap(merged, pair.place(), pair.rows() * pair.columns()).slice();
      new LowRank(pair.rows(), pair.columns(), rank(), b, a, scale()).addTo(matrix, 0);
    }
    for (Whole whole : wholes) {
      System.arraycopy(trained, whole.own(), merged, whole.place(), whole.size());
    }
    return merged;
  }

  /**
   * What training begins with: A uniform within 1 / sqrt(columns), as PEFT draws it, each from a
   * stream of the seed and its name; B zero; the head as it is.
   */
  public float[] start(float[] weights, long seed) {
    float[] flat = new float[size];
    for (Pair pair : pairs) {
      RandomStream stream = new RandomStream(Hashes.seed(seed, "lora", "", 0, pair.name(), 0));
      double bound = 1 / Math.sqrt(pair.columns());
      for (int i = pair.a(); i < pair.b(); i++) {
        flat[i] = (float) (bound * (2 * stream.nextDouble() - 1));
      }
    }
    for (Whole whole : wholes) {
      System.arraycopy(weights, whole.place(), flat, whole.own(), whole.size());
    }
    return flat;
  }

  /** The tensors by the names that PEFT gives them. */
  public Map<String, Tensor> scatter(float[] flat) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Pair pair : pairs) {
      String name = PREFIX + pair.name();
      int end = pair.b() + pair.rows() * rank();
      tensors.put(
          name + ".lora_A.weight",
          new Tensor(
              new long[] {rank(), pair.columns()}, Arrays.copyOfRange(flat, pair.a(), pair.b())));
      tensors.put(
          name + ".lora_B.weight",
          new Tensor(new long[] {pair.rows(), rank()}, Arrays.copyOfRange(flat, pair.b(), end)));
    }
    for (Whole whole : wholes) {
      tensors.put(
          PREFIX + whole.name(),
          new Tensor(
              whole.shape(), Arrays.copyOfRange(flat, whole.own(), whole.own() + whole.size())));
    }
    return tensors;
  }
}
