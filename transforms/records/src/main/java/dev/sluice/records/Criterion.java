package dev.sluice.records;

/**
 * One criterion of a rubric.
 *
 * @param id name within the rubric, such as {@code line_0} or {@code answer}
 * @param text what is asked of the solution, or the value that it should show
 * @param weight weight of the criterion in the rubric's score, at least 0
 * @param check how it is checked: {@code equals} (the line or answer named by the id equals the
 *     text), {@code contains}, {@code matches}, {@code calculator} or {@code judge}
 */
public record Criterion(String id, String text, double weight, String check) {}
