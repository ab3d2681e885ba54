package dev.sluice.models;

/** Texts as the tokens of a model. */
public interface TextEncoder {

  /** The tokens of a text alone, without special tokens. */
  int[] encode(String text);

  /**
   * The tokens of a text that begins a row: with the special tokens that the model's tokenizer puts
   * around a text, such as the one that begins every text of Llama and Gemma.
   */
  int[] encodePrompt(String text);
}
