package dev.sluice.records;

import dev.sluice.records.schema.Column;

/**
 * One criterion of a rubric.
 *
 * @param id name within the rubric, such as {@code line_0} or {@code answer}
 */
public record Criterion(
    @Column("Name within the rubric.") String id,
    @Column("What is asked of the solution, or the value that it should show.") String text,
    @Column("Weight in the rubric's score, at least 0.") double weight,
    @Column("How it is checked: equals, contains, matches, calculator or judge.") String check) {}
