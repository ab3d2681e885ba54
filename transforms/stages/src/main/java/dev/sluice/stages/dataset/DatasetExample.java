package dev.sluice.stages.dataset;

/**
 * A text to learn, exactly as a row has it.
 *
 * @param prompt the text before the completion; carries no loss
 * @param completion the text that is learnt
 */
public record DatasetExample(String prompt, String completion) {}
