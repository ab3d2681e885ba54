package dev.sluice.stages.prompts;

/** The form in which a family of prompts asks. */
public enum Form {
  /** An instruction, for models that follow one. */
  CHAT,
  /** Worked examples that the model goes on with as plain text; suits small and base models. */
  FEW_SHOT
}
