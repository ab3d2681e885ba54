/** Values of templates with the semantics of Python's. */
@NullMarked
package dev.sluice.jinja.value;

import org.jspecify.annotations.NullMarked;
