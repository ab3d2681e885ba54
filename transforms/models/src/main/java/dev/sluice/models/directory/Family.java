package dev.sluice.models.directory;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** The families of decoders that are built; what tells them apart is in {@link FamilyData}. */
public enum Family {
  /** Touvron et al., "LLaMA", 2023, with what came after it (Llama 2 and 3, SmolLM). */
  LLAMA("llama"),
  /** Jiang et al., "Mistral 7B", 2023: a sliding window on every layer. */
  MISTRAL("mistral"),
  /** Yang et al., "Qwen2", 2024, and Qwen2.5: biases of query, key and value. */
  QWEN2("qwen2"),
  /** Yang et al., "Qwen3", 2025: norms of query and key. */
  QWEN3("qwen3"),
  /** "Gemma 3", 2025, for text alone: four norms a layer, two rotary bases, two kinds of layers. */
  GEMMA3("gemma3_text");

  private final String modelType;

  Family(String modelType) {
    this.modelType = modelType;
  }

  /** The name in {@code config.json} under {@code model_type}. */
  public String modelType() {
    return modelType;
  }

  FamilyData.Form form() {
    return FamilyData.form(this);
  }

  FamilyData.Defaults defaults() {
    return FamilyData.defaults(this);
  }

  /** Whether queries and keys are normed head by head. */
  public boolean queryKeyNorm() {
    return form().queryKeyNorm();
  }

  /** Whether what a block adds to the residual stream is normed too. */
  public boolean innerNorms() {
    return form().innerNorms();
  }

  /** Whether norms multiply with 1 + weight, and embeddings with the root of their width. */
  public boolean shiftedNorms() {
    return form().gemma();
  }

  /** The heads that {@code transformers} has for the family. */
  public Set<Head> heads() {
    return this == GEMMA3
        ? EnumSet.of(Head.LANGUAGE_MODEL, Head.SEQUENCE_CLASSIFICATION)
        : EnumSet.allOf(Head.class);
  }

  /** The name in {@code config.json} under {@code architectures}. */
  public String architecture(Head head) {
    String prefix =
        switch (this) {
          case LLAMA -> "Llama";
          case MISTRAL -> "Mistral";
          case QWEN2 -> "Qwen2";
          case QWEN3 -> "Qwen3";
          case GEMMA3 -> head == Head.LANGUAGE_MODEL ? "Gemma3" : "Gemma3Text";
        };
    return prefix + head.suffix();
  }

  /** All architectures that are built, for messages. */
  static String architectures() {
    return Arrays.stream(values())
        .flatMap(family -> family.heads().stream().map(family::architecture))
        .collect(Collectors.joining(", "));
  }
}
