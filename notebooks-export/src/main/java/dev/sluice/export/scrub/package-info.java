/**
 * Personal data and secrets in texts, and what is written in their place. Patterns are
 * conservative: what has a checksum is checked, and what could be a number of a calculation is
 * kept.
 */
@NullMarked
package dev.sluice.export.scrub;

import org.jspecify.annotations.NullMarked;
