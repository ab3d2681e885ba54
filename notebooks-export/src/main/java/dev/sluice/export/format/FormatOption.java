package dev.sluice.export.format;

import org.jspecify.annotations.Nullable;

/**
 * A value that a format takes from the person who exports.
 *
 * @param name such as {@code data_source}
 * @param byDefault the value if none is given; null if one must be given
 * @param doc one sentence that says what it is
 */
public record FormatOption(String name, @Nullable String byDefault, String doc) {}
