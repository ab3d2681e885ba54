package dev.sluice.records;

/**
 * The tokens of one step.
 *
 * @param begin index of the step's first token within the completion
 * @param end index after its last token
 */
public record StepSpan(int begin, int end) {}
