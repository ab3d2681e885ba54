package dev.sluice.records.manifest;

/**
 * What computed the rows of models in a process. Equal kernels give equal bits; another processor
 * with the same kernels too.
 *
 * @param processor the processor's name
 * @param kernels what the math libraries use, such as {@code MKL AVX512,STRICT, vectors AVX512}
 * @param batchInvariant whether rows do not depend on the rows that are computed with them
 */
public record Numerics(String processor, String kernels, boolean batchInvariant)
    implements Comparable<Numerics>, java.io.Serializable {

  @Override
  public int compareTo(Numerics other) {
    return toString().compareTo(other.toString());
  }

  /** For people. */
  public String text() {
    return "%s, %s%s"
        .formatted(processor, kernels, batchInvariant ? "" : ", rows depend on their batch");
  }
}
