package dev.sluice.models;

/**
 * What a model is.
 *
 * @param name the name that it goes by in messages
 * @param revision content hash of a local model's directory (config, weights, tokenizer), or the
 *     revision that the file gives for a remote one
 * @param contextLength most tokens of prompt and completion together
 * @param parameters number of weights; 0 if unknown
 */
public record ModelInfo(String name, String revision, int contextLength, long parameters) {}
