package dev.sluice.methods.prompt;

/** The form in which a prompt asks. */
public enum Form {
  /** An instruction, for models that follow one. */
  CHAT,
  /** Worked examples that the model goes on with as plain text; suits small and base models. */
  FEW_SHOT
}
