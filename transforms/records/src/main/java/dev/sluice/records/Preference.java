package dev.sluice.records;

/**
 * A pair of solutions of which one is preferred: a row of the table {@code preferences}.
 *
 * @param preferenceId hash of both solutions' ids
 * @param problemId the problem's id
 * @param prompt the problem's question
 * @param chosen text of the preferred solution
 * @param rejected text of the other
 * @param margin score of the chosen minus score of the rejected
 * @param strength confidence in the order, 0 to 1
 * @param chosenId solution id of the chosen
 * @param rejectedId solution id of the rejected
 */
public record Preference(
    String preferenceId,
    String problemId,
    String prompt,
    String chosen,
    String rejected,
    double margin,
    double strength,
    String chosenId,
    String rejectedId) {}
