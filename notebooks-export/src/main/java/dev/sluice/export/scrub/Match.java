package dev.sluice.export.scrub;

/**
 * A place in a text to be replaced.
 *
 * @param start its first character
 * @param end the character after its last
 */
record Match(int start, int end, Kind kind) {}
