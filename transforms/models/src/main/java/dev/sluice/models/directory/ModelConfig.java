package dev.sluice.models.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.models.ModelException;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The shape of a decoder, as {@code config.json} states it.
 *
 * @param head what stands on top
 * @param hiddenSize width of the residual stream
 * @param layers number of blocks
 * @param heads query heads
 * @param keyValueHeads key and value heads; divides {@code heads}
 * @param headDim width of a head; even
 * @param intermediateSize width of the feed-forward layer
 * @param rmsNormEpsilon added to the mean square
 * @param tieWordEmbeddings whether the embedding is the output matrix too
 * @param vocabularySize rows of the embedding
 * @param maxPositions most tokens of prompt and completion together
 * @param endTokens tokens that end a text, lowest first
 * @param padToken fills up rows; -1 under {@link Head#SEQUENCE_CLASSIFICATION}: none is named
 * @param traits family and what it changes
 */
public record ModelConfig(
    Head head,
    int hiddenSize,
    int layers,
    int heads,
    int keyValueHeads,
    int headDim,
    int intermediateSize,
    double rmsNormEpsilon,
    boolean tieWordEmbeddings,
    int vocabularySize,
    int maxPositions,
    List<Integer> endTokens,
    int padToken,
    Traits traits)
    implements Serializable {
  /** Far above any model, and far below where products of two sizes leave their type. */
  static final int MAX_LAYERS = 1 << 10;

  private static final int MAX_WIDTH = 1 << 17;
  private static final int MAX_INNER = 1 << 20;
  private static final int MAX_VOCABULARY = 1 << 24;
  private static final int MAX_POSITIONS = 1 << 30;

  public ModelConfig {
    endTokens = List.copyOf(endTokens);
    within("hidden_size", hiddenSize, MAX_WIDTH);
    within("num_hidden_layers", layers, MAX_LAYERS);
    within("num_attention_heads", heads, MAX_WIDTH);
    within("num_key_value_heads", keyValueHeads, MAX_WIDTH);
    within("head_dim", headDim, MAX_WIDTH);
    within("intermediate_size", intermediateSize, MAX_INNER);
    within("vocab_size", vocabularySize, MAX_VOCABULARY);
    within("max_position_embeddings", maxPositions, MAX_POSITIONS);
    if (heads % keyValueHeads != 0) {
      throw new ModelException(
          "num_key_value_heads must divide num_attention_heads, but "
              + keyValueHeads
              + " does not divide "
              + heads
              + ".");
    }
    if ((long) heads * headDim > MAX_INNER) {
      throw new ModelException(
          "num_attention_heads times head_dim must be at most %d, but is %d times %d. Take the config.json that belongs to the weights."
              .formatted(MAX_INNER, heads, headDim));
    }
    if (headDim % 2 != 0) {
      throw new ModelException("head_dim must be even for rotary positions, but is " + headDim);
    }
    if (padToken >= vocabularySize && head == Head.SEQUENCE_CLASSIFICATION) {
      throw new ModelException(
          "pad_token_id must be below vocab_size, but "
              + padToken
              + " is not below "
              + vocabularySize
              + ".");
    }
    if (!traits.family().heads().contains(head)) {
      throw new ModelException(
          "transformers has no "
              + head.suffix()
              + " for the family "
              + traits.family().modelType()
              + "; take a model of another family.");
    }
  }

  /** A plain Llama. */
  public ModelConfig(
      Head head,
      int hiddenSize,
      int layers,
      int heads,
      int keyValueHeads,
      int headDim,
      int intermediateSize,
      double rmsNormEpsilon,
      double ropeTheta,
      boolean tieWordEmbeddings,
      int vocabularySize,
      int maxPositions,
      List<Integer> endTokens,
      int padToken) {
    this(
        head,
        hiddenSize,
        layers,
        heads,
        keyValueHeads,
        headDim,
        intermediateSize,
        rmsNormEpsilon,
        tieWordEmbeddings,
        vocabularySize,
        maxPositions,
        endTokens,
        padToken,
        Traits.llama(layers, headDim, ropeTheta));
  }

  private static void within(String key, int value, int most) {
    if (value < 1) {
      throw new ModelException(key + " must be at least 1, but is " + value + ".");
    }
    if (value > most) {
      throw new ModelException(
          "%s must be at most %d, but is %d; no model here is that large. Take the config.json that belongs to the weights."
              .formatted(key, most, value));
    }
  }

  /** The same decoder under another head. */
  public ModelConfig with(Head other) {
    return copy(other, endTokens, tieWordEmbeddings);
  }

  /** The same decoder with other tokens that end a text. */
  public ModelConfig withEndTokens(List<Integer> ends) {
    return copy(head, ends, tieWordEmbeddings);
  }

  /** The same decoder with an output matrix of its own. */
  ModelConfig untied() {
    return copy(head, endTokens, false);
  }

  /** The same decoder with its first layer alone. */
  public ModelConfig firstLayer() {
    return new ModelConfig(
        head,
        hiddenSize,
        1,
        heads,
        keyValueHeads,
        headDim,
        intermediateSize,
        rmsNormEpsilon,
        tieWordEmbeddings,
        vocabularySize,
        maxPositions,
        endTokens,
        padToken,
        traits.firstLayer());
  }

  private ModelConfig copy(Head newHead, List<Integer> newEnds, boolean tied) {
    return new ModelConfig(
        newHead,
        hiddenSize,
        layers,
        heads,
        keyValueHeads,
        headDim,
        intermediateSize,
        rmsNormEpsilon,
        tied,
        vocabularySize,
        maxPositions,
        newEnds,
        newHead == Head.SEQUENCE_CLASSIFICATION ? padToken : fillToken(),
        traits);
  }

  public Family family() {
    return traits.family();
  }

  /** Base of the rotary positions of layers that see all tokens; of the first if none does. */
  public double ropeTheta() {
    return globalRope().theta();
  }

  /** Rotary positions of layers that see all tokens; of the first if none does. */
  Rope globalRope() {
    return traits.layers().stream()
        .filter(layer -> layer.window() == 0)
        .findFirst()
        .orElse(traits.layers().get(0))
        .rope();
  }

  /** A token that may stand where nothing is read: the pad token, if it is in the vocabulary. */
  public int fillToken() {
    return padToken >= 0 && padToken < vocabularySize ? padToken : 0;
  }

  /**
   * All that the computation depends on, as text. What a plain Llama needed before there were other
   * families comes first, and for a plain Llama there is nothing else.
   */
  public String identity() {
    String plain =
        "ModelConfig[head=%s, hiddenSize=%s, layers=%s, heads=%s, keyValueHeads=%s, headDim=%s, intermediateSize=%s, rmsNormEpsilon=%s, ropeTheta=%s, tieWordEmbeddings=%s, vocabularySize=%s, maxPositions=%s, endTokens=%s, padToken=%s]"
            .formatted(
                head,
                hiddenSize,
                layers,
                heads,
                keyValueHeads,
                headDim,
                intermediateSize,
                rmsNormEpsilon,
                ropeTheta(),
                tieWordEmbeddings,
                vocabularySize,
                maxPositions,
                endTokens,
                padToken);
    return traits.equals(Traits.llama(layers, headDim, ropeTheta())) ? plain : plain + traits;
  }

  /**
   * Reads {@code config.json}.
   *
   * @param file named in errors
   * @throws ModelException if the architecture or a key is not supported, or a key is missing
   */
  public static ModelConfig parse(JsonNode json, String file) {
    return parse(json, file, null);
  }

  /**
   * Reads {@code config.json} of a model that is given another head.
   *
   * @param head what the model ends in; null: what the file says
   */
  static ModelConfig parse(JsonNode json, String file, @Nullable Head head) {
    return new ConfigReader(new ConfigKeys(json, file), head).read();
  }

  /** As {@code config.json} that {@code transformers} 4 and 5 read. */
  public ObjectNode toJson() {
    return ConfigWriter.write(this);
  }
}
