package dev.sluice.models.serve;

import dev.sluice.models.Completion;
import dev.sluice.models.ModelException;
import dev.sluice.models.ModelInfo;

/** A model that many ask at once. */
public interface ServedModel extends AutoCloseable {

  /** What the model is, under the name that clients call it. */
  ModelInfo info();

  /** Number of tokens: their ids go from 0 to one less. */
  int vocabulary();

  /** The tokens of a text, with the special tokens that the tokenizer puts around one. */
  int[] encodePrompt(String text);

  /** The text of tokens, special tokens left out. */
  String decode(int[] tokens);

  /**
   * Asks for samples, and comes back at once.
   *
   * @return lets them go before they are finished, for a client that has left
   * @throws ModelException if the prompt does not fit, holds a token that is none, or the model no
   *     longer works
   * @throws BusyException if too many wait already
   */
  Runnable ask(Ask ask, Answers answers);

  /** Hears of samples, in the thread that decodes; it must not take long. */
  interface Answers {
    /** Whether {@link #grown} is of interest. */
    boolean streams();

    /** A sample has a token more. */
    void grown(int index, String text);

    /** A sample is finished. */
    void finished(int index, Completion completion);

    /** The model no longer works: nothing more comes. */
    void failed(String why);
  }

  /** Too many wait already. */
  final class BusyException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public BusyException(String message) {
      super(message);
    }
  }

  @Override
  void close();
}
