package dev.sluice.records;

import dev.sluice.records.schema.Column;

/** The tokens of one step. */
public record StepSpan(
    @Column("Index of the step's first token.") int begin,
    @Column("Index after its last token.") int end) {}
