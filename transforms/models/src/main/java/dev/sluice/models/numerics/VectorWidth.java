package dev.sluice.models.numerics;

/** Instruction sets by which the kernels of the math libraries differ. */
public enum VectorWidth {
  /** Neither of the others: SSE, or another architecture. */
  BASE("base"),
  AVX2("AVX2"),
  AVX512("AVX512");

  private final String label;

  VectorWidth(String label) {
    this.label = label;
  }

  /** The name that MKL knows. */
  public String label() {
    return label;
  }
}
