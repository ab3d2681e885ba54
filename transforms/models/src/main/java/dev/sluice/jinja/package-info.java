/**
 * An interpreter for the part of Jinja that chat templates and prompts use, with bounded work. It
 * knows no model.
 */
@NullMarked
package dev.sluice.jinja;

import org.jspecify.annotations.NullMarked;
