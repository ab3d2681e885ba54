/**
 * Final answers: reading one out of a reply, reading a reference, and comparing the two by value.
 * Pure, and bounded in digits, depth and work. The grammar is in {@code docs/spec/answers.md}.
 */
@NullMarked
package dev.sluice.methods.answers;

import org.jspecify.annotations.NullMarked;
