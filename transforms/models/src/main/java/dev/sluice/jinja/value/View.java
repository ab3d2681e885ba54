package dev.sluice.jinja.value;

import java.util.List;

/**
 * What {@code keys()}, {@code values()} and {@code items()} of a dict give: can be counted and
 * walked, not indexed.
 *
 * @param type Python's name of it
 */
public record View(String type, List<Object> items) {}
